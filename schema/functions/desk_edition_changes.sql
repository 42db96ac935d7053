-- desk_edition_changes(officer, edition): api.edition_changes of an edition of an officer's areas, a
-- draft too. Called by: server/store_agreement.c. Locks: none.
create function api.desk_edition_changes(p_officer integer, p_edition integer)
returns table (what text, provider text, promise text, standard text, measure text, due timestamptz,
               was_provider text, was_promise text, was_standard text, was_measure text,
               was_due timestamptz, reason text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select c.* from agreement_edition e cross join lateral api.edition_changes(e.id) c
    where e.id = p_edition and api.desk_sees(p_officer, e.neighbourhood_id)
$$;
grant execute on function api.desk_edition_changes(integer, integer) to wardmote_desk;
