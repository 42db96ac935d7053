-- desk_round_id(officer, slug, roles): the round, or null where there is none or this officer has none
-- of these roles in its area: nobody can tell the two apart. Without roles: 'ward_officer'.
-- Called by other functions only. Locks: none.
create function api.desk_round_id(p_officer integer, p_slug text,
                                  variadic p_roles text[] default '{ward_officer}') returns integer
language sql stable
set search_path = wardmote, pg_temp
as $$
    select r.id from round r
    where r.slug = p_slug and api.desk_may(p_officer, r.neighbourhood_id, variadic p_roles)
$$;
