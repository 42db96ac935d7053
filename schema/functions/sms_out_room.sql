-- sms_out_room(now, known): how many texts the buckets have tokens for now: the one of all texts, and
-- those of the providers `known` (null: any) together. A provider that rests (its breaker is open,
-- its daily limit is reached, an officer paused it) counts as full: its texts are put off until it
-- wakes (api.sms_out_begin). At least a token's worth of time may pass between two looks.
-- An empty bucket of all texts is drawn from again once it holds what a tenth of a second gives: with a
-- backlog, a claim, its attempts and what came of them cost the same for five texts as for one.
-- A bucket holds at most a second's worth: at a rate below one a second there is never a whole token.
-- Called by other functions only. Outcomes: a whole number from 0. Locks: none.
create function api.sms_out_room(p_now timestamptz, p_known text[]) returns bigint
language sql stable
set search_path = wardmote, pg_temp
as $$
    select floor(least(
        (select case when t.held >= l.rate / 10 then t.held else 0 end
         from sms_limits l,
              lateral (select api.sms_tokens(l.tokens, l.tokens_at, l.rate, l.rate, p_now) as held) t),
        coalesce((select sum(case when greatest(g.paused_until, g.open_until, p_now) > p_now
                                  then g.burst
                                  else api.sms_tokens(g.tokens, g.tokens_at, g.rate, g.burst,
                                                      p_now) end)
                  from sms_gateway g where p_known is null or g.name = any (p_known)), 1)))::bigint
$$;
