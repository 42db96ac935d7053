-- desk_import_uprns(officer, import, uprns): which UPRNs of a file stand on its register already: their
-- places in the array (from 1).
-- Called by: server/store_import.c. Locks: none.
-- No nested loops: nothing is indexed by UPRN, and nothing estimates arrays.
create function api.desk_import_uprns(p_officer integer, p_import integer, p_uprns text[])
returns setof integer
language sql stable security definer
set search_path = wardmote, pg_temp
set enable_nestloop = off set work_mem = '64MB'
as $$
    select u.item::integer
    from unnest(p_uprns) with ordinality u(uprn, item)
    where u.uprn in (select a.uprn from register_address a
                     where a.register_id = (select i.register_id
                                            from api.import_held(p_officer, p_import) i))
$$;
grant execute on function api.desk_import_uprns(integer, integer, text[]) to wardmote_desk;
