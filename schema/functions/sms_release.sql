-- sms_release(token): gives back texts whose second transaction failed. Each will be claimed
-- alone, the later the more often it failed (1 s doubling, at most 5 minutes). Nothing happens to
-- those that are done after all (the answer to COMMIT was lost).
-- Called by: sms/inbox.c. Outcomes: how many were given back. Locks: the lease, then inbox rows.
create function api.sms_release(p_token bigint) returns integer
language plpgsql security definer
set search_path = wardmote, pg_temp
set enable_seqscan = off
as $$
declare
    v_rows integer;
begin
    with lease as (
        delete from inbox_lease l where l.token = p_token returning l.ids
    )
    update inbox i
    set alone = true,
        next_at = clock_timestamp()
                + case when i.attempts = 0 then interval '0'
                       else least(300, 2 ^ (i.attempts - 1)) * interval '1 second' end
    from lease l, unnest(l.ids) u(id)
    where i.id = u.id and i.state = 'new';
    get diagnostics v_rows = row_count;
    return v_rows;
end
$$;
grant execute on function api.sms_release(bigint) to wardmote_sms;
