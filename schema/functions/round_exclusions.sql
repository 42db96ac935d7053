-- round_exclusions(round): proposals of a frozen round of which one at most can win, group by group.
-- Called by: server/store_rounds.c. Outcomes: one row a proposal in a group, by group and number.
-- Locks: none.
create function api.round_exclusions(p_round integer)
returns table (ordinal smallint, number smallint)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select x.ordinal, p.number
    from exclusion x
    join round r on r.id = x.round_id
    join proposal p on p.id = x.proposal_id
    where x.round_id = p_round and r.frozen and p.state = 'published'
    order by x.ordinal, p.number
$$;
grant execute on function api.round_exclusions(integer) to wardmote_web;
