-- sms_release(token, why, ids, alone): gives back texts whose second transaction failed. Each will be
-- claimed alone, the later the more often it failed (1 s doubling, at most 5 minutes). Nothing happens
-- to those that are done after all (the answer to COMMIT was lost).
-- why: failed; ours (the database had trouble of its own), full (its disk has no room). The latter two
-- are no text's fault: texts come back as they were, uncharged, five seconds later; for `full` an alarm
-- is raised if there is room for it. That holds also when the trouble outlasted the lease, and a claim
-- since (api.sms_claim) set these texts apart: `ids` are those that were claimed, `alone` how.
-- Called by: sms/inbox.c. Outcomes: how many were given back. Locks: the lease,
-- then inbox_waiting and inbox rows.
create function api.sms_release(p_token bigint, p_why text default 'failed',
                                p_ids bigint[] default '{}', p_alone boolean default false)
returns integer
language plpgsql security definer
set search_path = wardmote, pg_temp
set enable_seqscan = off
as $$
declare
    v_ours constant boolean := p_why <> 'failed';
    v_held bigint[];
    v_rows integer;
begin
    delete from inbox_lease l where l.token = p_token returning l.ids into v_held;
    if v_held is null and v_ours then
        with back as (
            update inbox_waiting w set alone = p_alone
            where w.inbox_id = any (p_ids)
              and w.inbox_id not in (select h.id from inbox_lease l, unnest(l.ids) h(id))
            returning w.inbox_id
        )
        update inbox i set attempts = greatest(i.attempts - 1, 0)
        from back b where p_alone and i.id = b.inbox_id and i.id = any (p_ids);
    end if;
    update inbox_waiting w
    set alone = w.alone or not v_ours,
        next_at = clock_timestamp()
                + case when v_ours then interval '5 seconds'
                       when i.attempts = 0 then interval '0'
                       else least(300, 2 ^ (i.attempts - 1)) * interval '1 second' end
    from inbox i
    where w.inbox_id = any (v_held) and i.id = w.inbox_id and i.id = any (v_held);
    get diagnostics v_rows = row_count;
    update inbox i set attempts = i.attempts - 1
    from inbox_waiting w
    where v_ours and w.inbox_id = any (v_held) and w.alone and i.id = w.inbox_id and i.id = any (v_held);
    if p_why = 'full' then
        begin
            perform api.sms_alarm_raise('database_full');
        exception when insufficient_resources then
            null;
        end;
    end if;
    return v_rows;
end
$$;
grant execute on function api.sms_release(bigint, text, bigint[], boolean) to wardmote_sms;
