-- desk_sms_replay_inbox(officer, inbox): an officer has a text read once more that was given up
-- after eight tries. It keeps the time at which it came, and so its place among ballots.
-- Called by: server/store_sms.c. Outcomes: 'queued'; 'not_found'; 'erased' (its words or its number
-- are gone); 'not_over'; 'role' (not an officer who looks after texts). Locks: inbox row.
create function api.desk_sms_replay_inbox(p_officer integer, p_inbox bigint) returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    i inbox;
begin
    if not api.desk_texts_may(p_officer) then
        return 'role';
    end if;
    select * into i from inbox x where x.id = p_inbox for update;
    if not found then
        return 'not_found';
    elsif i.state <> 'dead' then
        return 'not_over';
    elsif i.body_sealed is null or i.sender_sealed is null then
        return 'erased';
    end if;
    update inbox x
    set state = 'new', attempts = 0, outcome = null, done_at = null
    where x.id = p_inbox;
    insert into inbox_waiting (inbox_id, sender_key, alone) values (i.id, i.sender_key, true);
    insert into audit (officer_id, action, object)
    values (p_officer, 'sms.replay_inbox', 'text in ' || p_inbox);
    perform pg_notify('sms_in', '');
    return 'queued';
end
$$;
grant execute on function api.desk_sms_replay_inbox(integer, bigint) to wardmote_desk;
