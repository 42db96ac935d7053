-- desk_may(officer, neighbourhood, roles): has this officer one of these roles in this area, or in one
-- that holds it? An auditor has the role 'auditor' in every area. Without roles: 'ward_officer'.
-- Called by other functions only. Locks: none.
create function api.desk_may(p_officer integer, p_neighbourhood integer,
                             variadic p_roles text[] default '{ward_officer}') returns boolean
language sql stable
set search_path = wardmote, pg_temp
as $$
    select exists (select from officer_area a
                   join officer o on o.id = a.officer_id and o.disabled_at is null
                   join neighbourhood_within w on w.within_id = a.neighbourhood_id
                   where a.officer_id = p_officer and w.neighbourhood_id = p_neighbourhood
                     and a.role = any (p_roles))
           or 'auditor' = any (p_roles) and p_neighbourhood is not null
              and api.desk_role(p_officer, 'auditor')
$$;
