-- desk_phase(state, opens_at, closes_at, grace): where a round stands now, in one word: draft,
-- review, approved, scheduled, open, closed (texts sent in time may still arrive), to_count,
-- counted, result_review, published, archived.
-- Nothing flips a flag: it follows from the clock. Called by other functions only. Locks: none.
create function api.desk_phase(p_state text, p_opens_at timestamptz, p_closes_at timestamptz,
                               p_grace interval) returns text
language sql volatile as $$
    select case when p_state <> 'scheduled' then p_state
                when clock_timestamp() < p_opens_at then 'scheduled'
                when clock_timestamp() < p_closes_at then 'open'
                when clock_timestamp() < p_closes_at + p_grace then 'closed'
                else 'to_count' end
$$;
