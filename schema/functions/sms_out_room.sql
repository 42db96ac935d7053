-- sms_out_room(now, known): how many texts the buckets have tokens for now: the one of all texts, and
-- those of the providers `known` (null: any) together. A provider that rests (its breaker is open,
-- its daily limit is reached, an officer paused it) counts as full: its texts are put off until it
-- wakes (api.sms_out_begin). At least a token's worth of time may pass between two looks.
-- Called by other functions only. Outcomes: a whole number from 0. Locks: none.
create function api.sms_out_room(p_now timestamptz, p_known text[]) returns bigint
language sql stable
set search_path = wardmote, pg_temp
as $$
    select floor(least(
        (select least(l.rate, l.tokens + l.rate * extract(epoch from p_now - l.tokens_at)::real)
         from sms_limits l),
        coalesce((select sum(case when greatest(g.paused_until, g.open_until, p_now) > p_now
                                  then g.burst
                                  else least(g.burst, g.tokens + g.rate
                                             * extract(epoch from p_now - g.tokens_at)::real) end)
                  from sms_gateway g where p_known is null or g.name = any (p_known)), 1)))::bigint
$$;
