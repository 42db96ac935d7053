-- sms_out_tidy(now, askable): what api.sms_out_claim does before it claims; see there.
-- Called by other functions only. Locks: outbox rows (skip locked).
create function api.sms_out_tidy(p_now timestamptz, p_askable text[]) returns void
language plpgsql
set search_path = wardmote, pg_temp
set enable_seqscan = off
as $$
declare
    v_ids bigint[];
begin
    v_ids := array(select o.id from outbox o where o.state = 'leased' and o.lease_until < p_now
                   order by o.lease_until -- as the index has them, and no other
                   for update skip locked);
    if cardinality(v_ids) > 0 then
        with cut as (
            update attempt a set finished_at = p_now, outcome = 'unknown', error = 'lease ran out'
            where a.outbox_id = any (v_ids) and a.finished_at is null
            returning a.outbox_id
        )
        update outbox o
        set state = case when c.outbox_id is null then 'queued' else 'unknown' end,
            lease_token = null, lease_until = null,
            bound = o.bound or c.outbox_id is not null,
            last_error = case when c.outbox_id is null then o.last_error else 'lease ran out' end,
            next_at = case when c.outbox_id is null then p_now
                           else p_now + api.sms_out_pause('unknown', 0,
                                                          o.provider = any (p_askable)) end
        from unnest(v_ids) u(id) left join cut c on c.outbox_id = u.id
        where o.id = u.id;
        perform api.sms_settle(u.id) from unnest(v_ids) u(id);
    end if;

    -- By ids, as above: joined, with plans made while the table was empty, every text would be compared.
    v_ids := array(
        select x.id from outbox x
        where x.state = 'unknown' and x.next_at <= p_now and x.provider <> all (p_askable)
          and x.expires_at > p_now and (x.lease_until is null or x.lease_until < p_now)
        for update skip locked);
    update outbox o
    set state = case when o.asked = 0 and o.class = 'reply' then 'queued' else 'held' end,
        asked = o.asked + 1, lease_token = null, lease_until = null
    where o.id = any (v_ids);
end
$$;
