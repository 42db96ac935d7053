-- area_outline(slug): an area's outline, its own or those of the areas right within it (of a city: its
-- wards) where all of them have one, and whom to credit. Called by: server/store_outline.c. Outcomes: one row, or none. Locks: none.
create function api.area_outline(p_slug text)
returns table (name text, outline text, credit text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select n.name, coalesce(o.outline, c.outline), coalesce(o.credit, c.credit)
    from neighbourhood n
    left join neighbourhood_outline o on o.neighbourhood_id = n.id
    left join lateral (
        select string_agg(w.outline, ';' order by w.neighbourhood_id) as outline, max(w.credit) as credit
        from neighbourhood k left join neighbourhood_outline w on w.neighbourhood_id = k.id
        where k.parent_id = n.id and (n.kind <> 'city' or k.kind = 'ward')
        having bool_and(w.neighbourhood_id is not null)) c on true
    where n.slug = p_slug and coalesce(o.outline, c.outline) is not null
$$;
grant execute on function api.area_outline(text) to wardmote_web;
