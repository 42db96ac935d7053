-- desk_import_sample(officer, import): the first 20 rows with something wrong, else the first 20.
-- Called by: server/store_import_seen.c. Locks: none.
create function api.desk_import_sample(p_officer integer, p_import integer)
returns table (n integer, address text, postcode text, uprn text, area text, code boolean,
               phone boolean, problem text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select s.n, s.address, s.postcode, s.uprn, coalesce(a.name, s.area), s.code, s.phone, s.problem
    from api.import_held(p_officer, p_import) i
    join register g on g.id = i.register_id
    join register_import_sample s on s.import_id = i.id
    left join neighbourhood a on a.id = coalesce(s.neighbourhood_id, case when s.problem = ''
                                                 then g.neighbourhood_id end)
    order by s.n
$$;
grant execute on function api.desk_import_sample(integer, integer) to wardmote_desk;
