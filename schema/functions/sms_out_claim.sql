-- sms_out_claim(max, provider, can_ask): leases texts to send, and unknown ones to ask about, to
-- one worker for 60 s (longer than any call may take), and writes the attempt before the call.
-- First it tidies up: a lease that ran out with its attempt unfinished is unknown (the call may
-- have been made); a text past its time is expired; an unknown one that cannot be asked about is
-- sent once more after 120 s without a receipt, and held for an officer if that is unknown too.
-- Called by: sms/outbox.c. Outcomes: a row a text: attempt 0 means ask, else send as attempt n.
-- Locks: outbox rows (skip locked).
create function api.sms_out_claim(p_max integer, p_provider text, p_can_ask boolean)
returns table (id bigint, token bigint, attempt integer, client_ref uuid, recipient_sealed bytea,
               sender text, body_sealed bytea)
language plpgsql security definer
set search_path = wardmote, pg_temp
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
    v_now   constant timestamptz := clock_timestamp();
    v_token bigint;
    v_ids   bigint[];
begin
    v_ids := array(select o.id from outbox o where o.state = 'leased' and o.lease_until < v_now
                   for update skip locked);
    update attempt a set finished_at = v_now, outcome = 'unknown', error = 'lease ran out'
    where a.outbox_id = any (v_ids) and a.finished_at is null;
    update outbox o set state = 'unknown', lease_token = null, lease_until = null,
                        last_error = 'lease ran out',
                        next_at = v_now + api.sms_out_pause('unknown', o.attempts,
                                                            p_can_ask and o.provider = p_provider)
    where o.id = any (v_ids);
    perform api.sms_settle(u.id) from unnest(v_ids) u(id);

    update outbox o
    set state = case when o.expires_at <= v_now then 'expired' when o.asked = 0 then 'queued'
                     else 'held' end,
        asked = o.asked + 1, lease_token = null, lease_until = null
    from (select x.id from outbox x
          where x.next_at <= v_now
            and (x.state = 'unknown' and (x.provider <> p_provider or not p_can_ask)
                 or x.state in ('queued', 'unknown') and x.expires_at <= v_now)
            and (x.lease_until is null or x.lease_until < v_now)
          for update skip locked) e
    where o.id = e.id;

    v_ids := array(
        select o.id from outbox o
        where o.next_at <= v_now and o.state in ('queued', 'unknown')
          and (o.lease_until is null or o.lease_until < v_now)
        order by o.next_at, o.id limit p_max for update skip locked);
    if cardinality(v_ids) = 0 then
        return;
    end if;

    v_token := nextval('lease_token');
    return query
    with claimed as (
        update outbox o
        set lease_token = v_token, lease_until = v_now + interval '60 seconds',
            provider = p_provider, done_at = null,
            attempts = o.attempts + (o.state = 'queued')::integer,
            state = case o.state when 'queued' then 'leased' else o.state end
        where o.id = any (v_ids)
        returning o.*
    ), intent as (
        insert into attempt (outbox_id, n, provider)
        select c.id, c.attempts, p_provider from claimed c where c.state = 'leased'
    )
    select c.id, v_token, case c.state when 'leased' then c.attempts::integer else 0 end,
           c.client_ref, c.recipient_sealed, c.sender, c.body_sealed
    from claimed c order by c.next_at, c.id;
end
$$;
grant execute on function api.sms_out_claim(integer, text, boolean) to wardmote_sms;
