-- desk_sms_drop(officer, reference): an officer lets a text rest that ended unsent or whose outcome
-- stayed unknown: it needs nobody any more, and its words are erased as of any that is over.
-- Called by: server/store_sms.c. Outcomes: 'dropped'; 'not_found'; 'not_over' (it was sent, is under
-- way, or rests already); 'role' (not an officer who looks after texts). Locks: outbox row.
create function api.desk_sms_drop(p_officer integer, p_reference uuid) returns text
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
    elsif o.state not in ('dead', 'held', 'expired') then
        return 'not_over';
    end if;
    update outbox x
    set state = 'cancelled', last_error = 'dropped', done_at = clock_timestamp()
    where x.id = o.id;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'sms.drop', 'text ' || p_reference,
            jsonb_build_object('was', o.state, 'error', o.last_error));
    return 'dropped';
end
$$;
grant execute on function api.desk_sms_drop(integer, uuid) to wardmote_desk;
