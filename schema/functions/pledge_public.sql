-- pledge_public(area slug, pledge): the promise of a pledge with which help is welcome: of an edition
-- that is put forward or in force, and not declined; no row else. Called by: server/store_offer.c.
-- Locks: none.
create function api.pledge_public(p_area text, p_pledge integer) returns table (promise text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select g.promise
    from pledge g
    join agreement_edition e on e.id = g.edition_id
    join neighbourhood n on n.id = e.neighbourhood_id
    where g.id = p_pledge and n.slug = p_area and g.state <> 'declined'
      and api.edition_state(e) in ('proposed', 'adopted')
$$;
grant execute on function api.pledge_public(text, integer) to wardmote_web;
