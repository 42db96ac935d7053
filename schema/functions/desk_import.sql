-- desk_import(officer, import): what the look at a file found. `whole`: what it kept is still there
-- (after a crash it is not).
-- Called by: server/store_import_seen.c. One row; none: not this officer's, imported, or given up.
-- Locks: none.
create function api.desk_import(p_officer integer, p_import integer)
returns table (register integer, name text, sha256 bytea, persons boolean, rows integer,
               bad integer, whole boolean, voters bigint)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select g.id, g.name, i.sha256, i.persons, i.rows, i.bad,
           exists (select from register_import_sample s where s.import_id = i.id)
           and i.parts = (select count(*) from register_import_part p where p.import_id = i.id),
           case when i.persons then i.rows else i.rows * g.codes_per_address::bigint end
    from api.import_held(p_officer, p_import) i
    join register g on g.id = i.register_id
    where i.checked
$$;
grant execute on function api.desk_import(integer, integer) to wardmote_desk;
