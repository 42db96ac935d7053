-- desk_outline_begin(officer, sha256, credit, features): keeps what a file of outlines says until an
-- administrator has looked at it, for a day (api.retain). Called by: server/store_outline.c. Outcomes: its id, or null (no administrator). Locks: none.
create function api.desk_outline_begin(p_officer integer, p_sha256 bytea, p_credit text,
                                       p_features jsonb)
returns integer
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_id integer;
begin
    if not api.desk_role(p_officer, 'administrator') then
        return null;
    end if;
    insert into outline_import (officer_id, sha256, credit, features)
    values (p_officer, p_sha256, p_credit, p_features) returning id into v_id;
    return v_id;
end
$$;
grant execute on function api.desk_outline_begin(integer, bytea, text, jsonb) to wardmote_desk;
