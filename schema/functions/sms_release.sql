-- sms_release(token, full): gives back texts whose second transaction failed. Each will be claimed
-- alone, the later the more often it failed (1 s doubling, at most 5 minutes). Nothing happens to
-- those that are done after all (the answer to COMMIT was lost). `full`: the database's disk was
-- full, which is no text's fault: they come back as they were, uncharged, five seconds later, and an
-- alarm is raised if there is room for it.
-- Called by: sms/inbox.c. Outcomes: how many were given back. Locks: inbox rows.
create function api.sms_release(p_token bigint, p_full boolean default false)
returns integer
language plpgsql security definer
set search_path = wardmote, pg_temp
set enable_seqscan = off
as $$
declare
    v_rows integer;
begin
    update inbox i
    set state = 'new', alone = i.alone or not p_full, lease_token = null, lease_until = null,
        next_at = clock_timestamp()
                + case when p_full then interval '5 seconds'
                       when i.attempts = 0 then interval '0'
                       else least(300, 2 ^ (i.attempts - 1)) * interval '1 second' end,
        attempts = i.attempts - (p_full and i.alone)::integer
    where i.lease_token = p_token and i.state = 'leased';
    get diagnostics v_rows = row_count;
    if p_full then
        begin
            perform api.sms_alarm_raise('database_full');
        exception when insufficient_resources then
            null;
        end;
    end if;
    return v_rows;
end
$$;
grant execute on function api.sms_release(bigint, boolean) to wardmote_sms;
