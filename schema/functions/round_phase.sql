-- round_phase(state, opens, closes): where a round stands for residents, by the database's clock:
-- draft, soon (not open yet), open, closed (being counted, or counted and not yet approved),
-- published. Called by other functions only. Locks: none.
create function api.round_phase(p_state text, p_opens timestamptz, p_closes timestamptz)
returns text
language sql stable as $$
    select case when p_state in ('draft', 'review', 'approved') then 'draft'
                when clock_timestamp() < p_opens then 'soon'
                when clock_timestamp() < p_closes then 'open'
                when p_state in ('published', 'archived') then 'published'
                else 'closed' end
$$;
