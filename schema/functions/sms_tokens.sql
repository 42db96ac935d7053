-- sms_tokens(tokens, at, rate, most, now): what a bucket holds now that held `tokens` at `at`, and
-- gets `rate` a second up to `most`. One that was looked at a moment after `now` (by somebody whose
-- clock was read later) got nothing yet; one looked at later than that was so before the clock was
-- set back, and is full: it would stand still until the clock came there again. Pure.
-- Called by other functions only. Locks: none.
create function api.sms_tokens(p_tokens real, p_at timestamptz, p_rate real, p_most real,
                               p_now timestamptz) returns real
language sql immutable as $$
    select case when p_at > p_now + interval '1 minute' then p_most
                else least(p_most, p_tokens + p_rate
                                   * greatest(extract(epoch from p_now - p_at), 0)::real) end
$$;
