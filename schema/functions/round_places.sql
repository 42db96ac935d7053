-- round_places(round): where somebody who may vote in this round can live: the areas right below the
-- round's own, or that itself where there is none below. For the declaration of residence.
-- Called by: server/store_votes.c. Outcomes: one row a place, by name; none for a draft.
-- Locks: none.
create function api.round_places(p_round integer)
returns table (slug text, name text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select n.slug, n.name
    from round r
    join neighbourhood n on n.parent_id = r.neighbourhood_id
                         or (n.id = r.neighbourhood_id
                             and not exists (select from neighbourhood c where c.parent_id = n.id))
    where r.id = p_round and r.frozen
    order by n.name
$$;
grant execute on function api.round_places(integer) to wardmote_web;
