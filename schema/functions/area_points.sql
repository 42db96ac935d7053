-- area_points(slug): where the projects lie that an area's residents vote on now or soon, in its own
-- rounds, by number. Called by: server/store_outline.c. Locks: none.
create function api.area_points(p_slug text)
returns table (number smallint, lat integer, lon integer)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select p.number, p.lat, p.lon
    from neighbourhood n
    join round r on r.neighbourhood_id = n.id and r.frozen and r.eligibility <> 'practice'
                and api.round_phase(r) in ('open', 'soon')
    join proposal p on p.round_id = r.id and p.state = 'published' and p.lat is not null
    where n.slug = p_slug
    order by p.number
$$;
grant execute on function api.area_points(text) to wardmote_web;
