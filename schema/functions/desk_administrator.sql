-- desk_administrator(officer): is this officer an administrator, and not disabled? Called by other
-- functions only. Locks: none.
create function api.desk_administrator(p_officer integer) returns boolean
language sql stable
set search_path = wardmote, pg_temp
as $$
    select exists (select from officer_role r
                   join officer o on o.id = r.officer_id and o.disabled_at is null
                   where r.officer_id = p_officer and r.role = 'administrator')
$$;
