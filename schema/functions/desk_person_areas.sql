-- desk_person_areas(officer): every area for which an administrator may give roles.
-- Called by: server/store_people.c. Locks: none.
create function api.desk_person_areas(p_officer integer) returns table (slug text, name text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select n.slug, n.name from neighbourhood n
    where api.desk_role(p_officer, 'administrator')
    order by n.parent_id is not null, n.name
$$;
grant execute on function api.desk_person_areas(integer) to wardmote_desk;
