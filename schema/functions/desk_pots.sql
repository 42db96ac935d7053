-- desk_pots(officer, slug): a round's pots, in order; 0 where a limit is not set. Called by: server/store_desk_round.c.
-- Locks: none.
create function api.desk_pots(p_officer integer, p_slug text)
returns table (id integer, ordinal integer, name text, amount bigint, source text, min_picks integer,
               max_picks integer)
language sql security definer
set search_path = wardmote, pg_temp
as $$
    select p.id, p.ordinal, p.name, p.amount, p.source, coalesce(p.min_picks, 0),
           coalesce(p.max_picks, 0)
    from pot p
    where p.round_id = api.desk_round_seen(p_officer, p_slug)
    order by p.ordinal
$$;
grant execute on function api.desk_pots(integer, text) to wardmote_desk;
