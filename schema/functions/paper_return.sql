-- paper_return(round): where residents hand in paper ballots of a round, in an officer's words; ''
-- where nobody said. Called by: server/store_paper.c. Locks: none.
create function api.paper_return(p_round integer) returns text
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select coalesce((select t.words from paper_return t where t.round_id = p_round), '')
$$;
grant execute on function api.paper_return(integer) to wardmote_web;
