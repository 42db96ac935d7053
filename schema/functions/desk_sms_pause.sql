-- desk_sms_pause(officer, name, pause): an officer leaves a provider alone until it is resumed, or
-- all bulk texts (name ''). Resuming also ends a provider's daily limit, and what waited goes at
-- once; what ran out of time meanwhile is not sent.
-- Called by: server/store_sms.c. Outcomes: 'paused'; 'resumed'; 'not_found'; 'role'.
-- Locks: sms_limits or the provider's row, then outbox rows that wait (skip locked).
create function api.desk_sms_pause(p_officer integer, p_name text, p_pause boolean) returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
begin
    if not api.desk_texts_may(p_officer) then
        return 'role';
    elsif p_name = '' then
        update sms_limits set bulk_paused_at = case when p_pause then clock_timestamp() end;
    else
        update sms_gateway g
        set paused_until = case when p_pause then 'infinity'::timestamptz end,
            paused_why = case when p_pause then 'an officer' end
        where g.name = p_name;
        if not found then
            return 'not_found';
        end if;
    end if;
    if not p_pause then
        perform api.sms_out_wake(case when p_name = '' then 'paused' else 'gateway' end);
    end if;
    insert into audit (officer_id, action, object)
    values (p_officer, case when p_pause then 'sms.pause' else 'sms.resume' end,
            case when p_name = '' then 'bulk texts' else 'provider ' || p_name end);
    return case when p_pause then 'paused' else 'resumed' end;
end
$$;
grant execute on function api.desk_sms_pause(integer, text, boolean) to wardmote_desk;
