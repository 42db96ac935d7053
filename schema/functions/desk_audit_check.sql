-- desk_audit_check(officer, whole): audit_verify's row for administrators and auditors, none for others;
-- `broken` 0 when nothing is. Called by: server/store_audit.c. Locks: audit_verified's row.
create function api.desk_audit_check(p_officer integer, p_whole boolean)
returns table (checked_from bigint, checked_to bigint, total bigint, broken bigint, head text,
               whole_at timestamptz, whole_to bigint)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
begin
    if api.desk_role(p_officer, 'administrator', 'auditor') then
        return query
        select c.checked_from, c.checked_to, c.total, coalesce(c.broken, 0), coalesce(c.head, ''),
               c.whole_at, c.whole_to
        from api.audit_verify(p_whole) c;
    end if;
end
$$;
grant execute on function api.desk_audit_check(integer, boolean) to wardmote_desk;
