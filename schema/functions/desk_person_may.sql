-- desk_person_may(officer, other, change): why this officer may not look at, or change, another: 'role'
-- (no administrator; an auditor may look), 'not_found', 'own' (nobody gives themself roles or a
-- link); '' where they may. Called by other functions only. Locks: none.
create function api.desk_person_may(p_officer integer, p_other integer, p_change boolean) returns text
language sql stable
set search_path = wardmote, pg_temp
as $$
    select case
        when not api.desk_role(p_officer, 'administrator')
             and (p_change or not api.desk_role(p_officer, 'auditor')) then 'role'
        when not exists (select from officer o where o.id = p_other) then 'not_found'
        when p_change and p_other = p_officer then 'own'
        else '' end
$$;
