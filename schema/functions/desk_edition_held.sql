-- desk_edition_held(officer, edition): an edition of this officer's areas, its row locked; or a row
-- of nulls. Called by other functions only. Locks: its row.
create function api.desk_edition_held(p_officer integer, p_edition integer)
returns wardmote.agreement_edition
language sql
set search_path = wardmote, pg_temp
as $$
    select e.* from agreement_edition e
    where e.id = p_edition and api.desk_may(p_officer, e.neighbourhood_id)
    for update
$$;
