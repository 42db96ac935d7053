-- desk_sms_replay(officer, reference): an officer sends a text once more that ended without being
-- sent, or whose outcome stayed unknown: with twelve new tries, and a day to be sent in.
-- Called by: server/store_sms.c. Outcomes: 'queued'; 'not_found'; 'erased' (its words or its number
-- are gone); 'not_over' (it was sent, or is still under way); 'role' (not an officer who looks
-- after texts). Locks: outbox row.
create function api.desk_sms_replay(p_officer integer, p_reference uuid) returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    o outbox;
begin
    if not api.desk_texts_may(p_officer) then
        return 'role';
    end if;
    select * into o from outbox x where x.client_ref = p_reference for update;
    if not found then
        return 'not_found';
    elsif o.state not in ('dead', 'held', 'expired', 'cancelled') then
        return 'not_over';
    elsif o.body_sealed is null or o.recipient_sealed is null then
        return 'erased';
    end if;
    update outbox x
    set state = 'queued', tries_from = o.attempts, asked = 0, next_at = clock_timestamp(),
        expires_at = clock_timestamp() + interval '24 hours', done_at = null
    where x.id = o.id;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'sms.replay', 'text ' || p_reference,
            jsonb_build_object('was', o.state, 'error', o.last_error));
    return 'queued';
end
$$;
grant execute on function api.desk_sms_replay(integer, uuid) to wardmote_desk;
