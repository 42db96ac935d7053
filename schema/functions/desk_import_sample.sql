-- desk_import_sample(officer, import): the first 20 rows with something wrong, else the first 20.
-- Called by: server/store_import.c. Locks: none.
create function api.desk_import_sample(p_officer integer, p_import integer)
returns table (n integer, address text, postcode text, uprn text, area text, code boolean,
               phone boolean, problem text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select w.n, w.address, w.postcode, w.uprn, coalesce(a.name, w.area),
           w.code_lookup is not null, w.phone_lookup is not null, w.problem
    from register_import i
    join register g on g.id = i.register_id
    cross join lateral (
        select r.* from register_import_row r
        where r.import_id = i.id and (i.bad = 0 or r.problem <> '')
        order by r.n limit 20) w
    left join neighbourhood a on a.id = coalesce(w.neighbourhood_id, case when w.problem = ''
                                                 then g.neighbourhood_id end)
    where i.id = p_import and i.officer_id = p_officer and i.done_at is null
    order by w.n
$$;
grant execute on function api.desk_import_sample(integer, integer) to wardmote_desk;
