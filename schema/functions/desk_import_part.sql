-- desk_import_part(import, part): takes a part of a file out of what the look kept, in the
-- transaction of api.desk_import_take; null: another's, or no such part.
-- Called by: server/store_import_add.c (role wardmote_import). Locks: none.
create function api.desk_import_part(p_import integer, p_part integer) returns bytea
language sql security definer
set search_path = wardmote, pg_temp
as $$
    delete from register_import_part p using register_import i
    where p.import_id = p_import and p.part = p_part and i.id = p_import
      and i.taken_in = pg_current_xact_id_if_assigned()
    returning p.rows
$$;
grant execute on function api.desk_import_part(integer, integer) to wardmote_import;
