-- desk_import_postcodes(officer, import, postcodes): where the postcodes of a file lie. One row for
-- each that is known, with its place in the array (from 1); `area` is null where it lies in none of
-- the register's.
-- Called by: server/store_import.c. Locks: none.
create function api.desk_import_postcodes(p_officer integer, p_import integer, p_postcodes text[])
returns table (item integer, area integer)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select a.item::integer, w.neighbourhood_id
    from api.import_held(p_officer, p_import) i
    join register g on g.id = i.register_id
    cross join unnest(p_postcodes) with ordinality a(typed, item)
    join postcode p on p.postcode = api.postcode_read(a.typed)
    left join neighbourhood_within w on w.neighbourhood_id = p.neighbourhood_id
                                    and w.within_id = g.neighbourhood_id
$$;
grant execute on function api.desk_import_postcodes(integer, integer, text[]) to wardmote_desk;
