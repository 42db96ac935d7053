-- desk_role(officer, roles): has this officer one of these roles (officer_role), and is not disabled?
-- Called by other functions only. Locks: none.
create function api.desk_role(p_officer integer, variadic p_roles text[]) returns boolean
language sql stable
set search_path = wardmote, pg_temp
as $$
    select exists (select from officer_role r
                   join officer o on o.id = r.officer_id and o.disabled_at is null
                   where r.officer_id = p_officer and r.role = any (p_roles))
$$;
