-- edition_changes_public(edition): api.edition_changes of an edition that is no draft. Called by:
-- server/store_places.c. Locks: none.
create function api.edition_changes_public(p_edition integer)
returns table (what text, provider text, promise text, standard text, measure text, due timestamptz,
               was_provider text, was_promise text, was_standard text, was_measure text,
               was_due timestamptz, reason text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select c.* from agreement_edition e cross join lateral api.edition_changes(e.id) c
    where e.id = p_edition and e.state <> 'draft'
$$;
grant execute on function api.edition_changes_public(integer) to wardmote_web;
