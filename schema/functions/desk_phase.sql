-- desk_phase(round): where a round stands now, in one word: draft, review, approved, scheduled, open,
-- closed (texts sent in time may still arrive), to_count, counted, result_review, embargoed (approved;
-- it becomes public at its moment), published, archived.
-- Nothing flips a flag: it follows from the clock. Called by other functions only. Locks: none.
create function api.desk_phase(p_round wardmote.round) returns text
language sql volatile
set search_path = wardmote, pg_temp
as $$
    select case when s.state = 'result_review'
                 and exists (select from result x where x.round_id = p_round.id
                                                    and x.published_at is not null) then 'embargoed'
                when s.state <> 'scheduled' then s.state
                when clock_timestamp() < p_round.opens_at then 'scheduled'
                when clock_timestamp() < p_round.closes_at then 'open'
                when clock_timestamp() < p_round.closes_at + p_round.grace then 'closed'
                else 'to_count' end
    from (select api.round_state(p_round) as state) s
$$;
