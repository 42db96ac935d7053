-- desk_person_roles(officer, other): what another, or oneself, does, a row a role: see officer_roles. Of
-- one who is disabled too: they have it again when they come back.
-- Called by: server/store_people.c. Locks: none.
create function api.desk_person_roles(p_officer integer, p_other integer)
returns table (role text, area text, area_name text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select r.role, r.area, r.area_name from api.officer_roles(p_other) r
    where p_other = p_officer or api.desk_person_may(p_officer, p_other, false) = ''
$$;
grant execute on function api.desk_person_roles(integer, integer) to wardmote_desk;
