-- areas_public(slug): areas with their agreement in short. slug null: all, cities first, by name.
-- Called by: server/store_places.c. Outcomes: one row an area. Locks: none.
create function api.areas_public(p_slug text)
returns table (slug text, name text, kind text, about text, population integer,
               households integer, parent_name text, edition integer, pledges integer,
               providers integer, adopted_on timestamptz, review_on timestamptz,
               proposed integer, open_rounds integer)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select n.slug, n.name, n.kind, n.about, n.population, n.households, u.name, e.edition,
           (select count(*)::integer from pledge g
            where g.edition_id = e.id and g.state <> 'declined'),
           (select count(distinct g.provider_id)::integer from pledge g
            where g.edition_id = e.id and g.state <> 'declined'),
           api.noon(api.edition_adopted_on(e)), api.noon(e.review_on),
           (select max(f.edition) from agreement_edition f
            where f.neighbourhood_id = n.id and api.edition_state(f) = 'proposed'),
           (select count(*)::integer from round r
            where r.neighbourhood_id = n.id and r.eligibility <> 'practice'
              and api.round_phase(r) = 'open')
    from neighbourhood n
    left join neighbourhood u on u.id = n.parent_id
    left join agreement_edition e on e.neighbourhood_id = n.id
                                 and api.edition_state(e) = 'adopted'
    where p_slug is null or n.slug = p_slug
    order by array_position(array['city', 'ward', 'parish', 'sub_area'], n.kind), n.name
$$;
grant execute on function api.areas_public(text) to wardmote_web;
