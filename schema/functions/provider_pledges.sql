-- provider_pledges(key_hash): what a provider's private link shows: its pledges of that edition, in
-- order, with the edition's title, area and state on each row. No row: the link is no good (any more).
-- Called by: server/store_provider.c. Locks: none.
create function api.provider_pledges(p_key bytea)
returns table (edition text, area text, state text, provider text, id integer, promise text,
               standard text, measure text, due timestamptz, answer text, reason text, asked text,
               answered_by text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select e.title, n.name, e.state, v.name, g.id, g.promise, g.standard, g.measure,
           api.noon(g.due), g.state, g.reason, g.asked, g.answered_by
    from provider_link l
    join agreement_edition e on e.id = l.edition_id
    join neighbourhood n on n.id = e.neighbourhood_id
    join provider v on v.id = l.provider_id
    join pledge g on g.edition_id = e.id and g.provider_id = v.id
    where l.key_hash = p_key
    order by g.ordinal
$$;
grant execute on function api.provider_pledges(bytea) to wardmote_web;
