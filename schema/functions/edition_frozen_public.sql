-- edition_frozen_public(edition): the canonical text of an edition, byte for byte as it was put
-- forward; no row for a draft, or where none was kept. Called by: server/store_places.c. Locks: none.
create function api.edition_frozen_public(p_edition integer) returns table (frozen_text text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select e.frozen_text from agreement_edition e
    where e.id = p_edition and e.state <> 'draft' and e.frozen_text is not null
$$;
grant execute on function api.edition_frozen_public(integer) to wardmote_web;
