-- desk_import_keep(officer, import, part, rows): keeps a part of a file, packed, until the officer's
-- yes. Called by: server/store_import.c. Outcome: false: not this officer's. Locks: none.
create function api.desk_import_keep(p_officer integer, p_import integer, p_part integer,
                                     p_rows bytea)
returns boolean
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
begin
    insert into register_import_part (import_id, part, rows)
    select i.id, p_part, p_rows from api.import_held(p_officer, p_import) i
    where i.id is not null;
    return found;
end
$$;
grant execute on function api.desk_import_keep(integer, integer, integer, bytea)
    to wardmote_desk;
