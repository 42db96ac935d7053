-- sms_out_intend(now, ids, providers, body_keys, costs): writes the intent to send these texts, by whom
-- and at what price, before any call is made: an attempt each.
-- Called by api.sms_out_begin only, which holds the rows. Locks: none beyond.
create function api.sms_out_intend(p_now timestamptz, p_ids bigint[], p_providers text[],
                                   p_body_keys bytea[], p_costs numeric[])
returns void
language plpgsql -- which keeps its plans
set search_path = wardmote, pg_temp
set enable_seqscan = off
as $$
begin
    with let as materialized (
        select * from unnest(p_ids, p_providers, p_body_keys, p_costs) u(id, provider, body_key, cost)
    ), written as (
        update outbox x
        set attempts = x.attempts + 1, provider = u.provider, body_key = u.body_key,
            lease_until = p_now + interval '60 seconds',
            reserved = case when u.cost > 0 then u.cost else x.reserved end,
            reserved_on = case when u.cost > 0 then (p_now at time zone 'Europe/London')::date
                               else x.reserved_on end
        from let u where x.id = u.id
        returning x.id, x.attempts, x.provider
    )
    insert into attempt (outbox_id, n, provider)
    select w.id, w.attempts, w.provider from written w;
end
$$;
