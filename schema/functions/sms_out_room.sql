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
        (select api.sms_tokens(l.tokens, l.tokens_at, l.rate, l.rate, p_now) from sms_limits l),
        coalesce((select sum(case when greatest(g.paused_until, g.open_until, p_now) > p_now
                                  then g.burst
                                  else api.sms_tokens(g.tokens, g.tokens_at, g.rate, g.burst,
                                                      p_now) end)
                  from sms_gateway g where p_known is null or g.name = any (p_known)), 1)))::bigint
$$;
