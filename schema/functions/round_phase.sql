-- round_phase(round): where a round stands for residents, by the database's clock: draft, soon (not
-- open yet), open, closed (being counted, or counted and not public yet), published. Called by other
-- functions only. Locks: none.
create function api.round_phase(p_round wardmote.round) returns text
language sql stable
set search_path = wardmote, pg_temp
as $$
    select case when p_round.state in ('draft', 'review', 'approved') then 'draft'
                when clock_timestamp() < p_round.opens_at then 'soon'
                when clock_timestamp() < p_round.closes_at then 'open'
                when api.round_state(p_round) in ('published', 'archived') then 'published'
                else 'closed' end
$$;
