-- pledge_checks_public(edition): every check of the pledges of an edition that is no draft, of each the
-- newest first. Called by: server/store_places.c. Locks: none.
create function api.pledge_checks_public(p_edition integer)
returns table (pledge integer, checked_on timestamptz, result text, evidence text, link text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select c.pledge_id, api.noon(c.checked_on), c.result, c.evidence, c.link
    from pledge_check c
    join pledge g on g.id = c.pledge_id
    join agreement_edition e on e.id = g.edition_id
    where g.edition_id = p_edition and e.state <> 'draft'
    order by g.ordinal, c.checked_on desc, c.id desc
$$;
grant execute on function api.pledge_checks_public(integer) to wardmote_web;
