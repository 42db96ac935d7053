-- round_state(round): its state now. A result that a second officer approved for a later moment makes
-- its round published then, by the clock alone; the row says so once somebody has its lock (see
-- api.round_settle). Called by other functions only. Locks: none.
create function api.round_state(p_round wardmote.round) returns text
language sql stable
set search_path = wardmote, pg_temp
as $$
    select case when p_round.state = 'result_review'
                 and exists (select from result x where x.round_id = p_round.id
                                                    and x.published_at <= clock_timestamp())
                then 'published' else p_round.state end
$$;
