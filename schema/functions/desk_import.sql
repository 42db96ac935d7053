-- desk_import(officer, import): what the dry run of a file found. `whole`: its rows are still there;
-- they come and go together, so that one tells of all.
-- Called by: server/store_import.c. One row; none: not this officer's, or it was imported.
-- Locks: none.
create function api.desk_import(p_officer integer, p_import integer)
returns table (register integer, name text, sha256 bytea, persons boolean, rows integer,
               bad integer, whole boolean, voters bigint)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select g.id, g.name, i.sha256, i.persons, i.rows, i.bad,
           exists (select from register_import_row w where w.import_id = i.id),
           case when i.persons then i.rows else i.rows * g.codes_per_address::bigint end
    from register_import i
    join register g on g.id = i.register_id and g.retired_at is null
                   and api.desk_may(p_officer, g.neighbourhood_id)
    where i.id = p_import and i.officer_id = p_officer and i.done_at is null and i.checked
$$;
grant execute on function api.desk_import(integer, integer) to wardmote_desk;
