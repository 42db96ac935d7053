-- import_addresses(import, register, area, codes): each row an address, with `codes` voters, in the
-- file's order.
-- Returns how many voters. Called by api.desk_import_confirm only. Locks: none.
create function api.import_addresses(p_import integer, p_register integer, p_area integer,
                                     p_codes integer)
returns bigint
language sql
set search_path = wardmote, pg_temp set work_mem = '64MB'
as $$
    with added as (
        insert into register_address (register_id, neighbourhood_id, address, postcode, uprn)
        select p_register, coalesce(w.neighbourhood_id, p_area), w.address, w.postcode, w.uprn
        from register_import_row w where w.import_id = p_import
        order by w.n
        returning id, neighbourhood_id
    ), voters as (
        insert into voter (register_id, neighbourhood_id, address_id)
        select p_register, a.neighbourhood_id, a.id
        from added a cross join generate_series(1, p_codes)
        returning 1
    )
    select count(*) from voters
$$;
