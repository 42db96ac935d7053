-- sms_release(token, why, ids, alone): gives back texts whose second transaction failed. Each will be
-- claimed alone, the later the more often it failed (1 s doubling, at most 5 minutes). Nothing happens
-- to those that are done after all (the answer to COMMIT was lost).
-- why: failed; ours (the database had trouble of its own), full (its disk has no room). The latter two
-- are no text's fault: texts come back as they were, uncharged, five seconds later; for `full` an alarm
-- is raised if there is room for it. That holds also when the trouble outlasted the lease, and a claim
-- since (api.sms_claim) set these texts apart: `ids` are those that were claimed, `alone` how.
-- Called by: sms/inbox.c. Outcomes: how many were given back. Locks: the lease,
-- then inbox rows.
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
        update inbox i
        set alone = p_alone, attempts = greatest(i.attempts - p_alone::integer, 0)
        where i.id = any (p_ids) and i.state = 'new'
          and i.id not in (select h.id from inbox_lease l, unnest(l.ids) h(id));
    end if;
    update inbox i
    set alone = i.alone or not v_ours,
        next_at = clock_timestamp()
                + case when v_ours then interval '5 seconds'
                       when i.attempts = 0 then interval '0'
                       else least(300, 2 ^ (i.attempts - 1)) * interval '1 second' end,
        attempts = i.attempts - (v_ours and i.alone)::integer
    where i.id = any (v_held) and i.done_at is null; -- by its id: see sms_answer
    get diagnostics v_rows = row_count;
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
