-- proposal_body(round, number): the long text (Markdown) of a proposal in a round that is no draft.
-- Called by: server/store_rounds.c. Outcomes: one row, or none. Locks: none.
create function api.proposal_body(p_round integer, p_number smallint) returns table (body text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select p.body from proposal p join round r on r.id = p.round_id
    where p.round_id = p_round and p.number = p_number
      and p.state <> 'draft' and r.frozen
$$;
grant execute on function api.proposal_body(integer, smallint) to wardmote_web;
