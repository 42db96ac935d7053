-- pledges_public(edition): the pledges of an edition that is no draft, in order. `from_resident`: it
-- came from a resident's idea.
-- Called by: server/store_places.c. Outcomes: one row a pledge. Locks: none.
create function api.pledges_public(p_edition integer)
returns table (provider text, promise text, standard text, measure text, due timestamptz,
               state text, reason text, checked_on timestamptz, check_result text, evidence text,
               id integer, evidence_link text, from_resident boolean)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select v.name, g.promise, g.standard, g.measure, api.noon(g.due), g.state, g.reason,
           api.noon(g.checked_on), g.check_result, g.evidence, g.id, g.evidence_link,
           exists (select from idea i where i.pledge_id = g.id)
    from pledge g
    join provider v on v.id = g.provider_id
    join agreement_edition e on e.id = g.edition_id
    where g.edition_id = p_edition and e.state <> 'draft'
    order by g.ordinal
$$;
grant execute on function api.pledges_public(integer) to wardmote_web;
