-- round_pots(round): the money of a round that is frozen, with the limits of each pot of its own (or
-- null).
-- Called by: server/store_rounds.c. Outcomes: one row a pot, in order. Locks: none.
create function api.round_pots(p_round integer)
returns table (ordinal integer, name text, amount bigint, source text, min_picks integer,
               max_picks integer)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select t.ordinal, t.name, t.amount, t.source, t.min_picks, t.max_picks
    from pot t join round r on r.id = t.round_id
    where t.round_id = p_round and r.frozen
    order by t.ordinal
$$;
grant execute on function api.round_pots(integer) to wardmote_web, wardmote_desk;
