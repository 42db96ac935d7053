-- desk_edition_held(officer, edition, roles): an edition of an area in which this officer has one of
-- these roles ('ward_officer' without them), its row locked; or a row of nulls. Called by other functions only. Locks: see api.edition_settle; its row.
create function api.desk_edition_held(p_officer integer, p_edition integer,
                                      variadic p_roles text[] default '{ward_officer}')
returns wardmote.agreement_edition
language sql
set search_path = wardmote, pg_temp
as $$
    select api.edition_settle(e.neighbourhood_id) from agreement_edition e where e.id = p_edition;
    select e.* from agreement_edition e
    where e.id = p_edition and api.desk_may(p_officer, e.neighbourhood_id, variadic p_roles)
    for update
$$;
