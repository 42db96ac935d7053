-- desk_audit_check(officer): audit_check's row for an administrator, none for others; `broken` 0 when
-- nothing is. Called by: server/store_audit.c. Locks: none.
create function api.desk_audit_check(p_officer integer)
returns table (checked bigint, broken bigint, head text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select c.checked, coalesce(c.broken, 0), coalesce(c.head, '')
    from api.audit_check() c where api.desk_role(p_officer, 'administrator')
$$;
grant execute on function api.desk_audit_check(integer) to wardmote_desk;
