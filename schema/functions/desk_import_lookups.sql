-- desk_import_lookups(officer, import, lookups): which keyed hashes of a file's codes, or of its
-- numbers, are a credential's already, on any register: their places in the array (from 1).
-- Called by: server/store_import.c. Locks: none.
create function api.desk_import_lookups(p_officer integer, p_import integer, p_lookups bytea[])
returns setof integer
language sql stable security definer
set search_path = wardmote, pg_temp
set work_mem = '64MB'
as $$
    select l.item::integer
    from unnest(p_lookups) with ordinality l(lookup, item)
    where l.lookup in (select c.lookup from credential c)
      and (select i.id from api.import_held(p_officer, p_import) i) is not null
$$;
grant execute on function api.desk_import_lookups(integer, integer, bytea[]) to wardmote_desk;
