-- desk_import_looked(officer, import, rows, bad, parts, addresses, has_codes, ...): ends a look at a
-- file: how many rows it has, how many of them with something wrong, in how many parts it was kept
-- (0 where something is wrong), how many addresses it adds, and the rows to show as arrays of equal
-- length: number, area found (null: the register's) and as the file says it, address, postcode,
-- UPRN, whether it holds a code and a number, and what is wrong ('': nothing).
-- Called by: server/store_import.c. Outcome: false: not this officer's, or more than 200,000 rows, or
-- more than 100 to show. Locks: the import's row.
create function api.desk_import_looked(
    p_officer integer, p_import integer, p_rows integer, p_bad integer, p_parts integer,
    p_addresses integer, p_has_codes boolean, p_n integer[], p_area integer[], p_said text[],
    p_address text[], p_postcode text[], p_uprn text[], p_code boolean[], p_phone boolean[],
    p_problem text[])
returns boolean
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
begin
    update register_import i
    set rows = p_rows, bad = p_bad, parts = p_parts, addresses = p_addresses,
        has_codes = p_has_codes, checked = true
    where i.id = (api.import_held(p_officer, p_import)).id and not i.checked
      and p_rows between 0 and 200000 and cardinality(p_n) <= 100;
    if not found then
        return false;
    end if;
    insert into register_import_sample (import_id, n, neighbourhood_id, area, address, postcode,
                                        uprn, code, phone, problem)
    select p_import, r.n, r.area, r.said, r.address, r.postcode, r.uprn, r.code, r.phone, r.problem
    from unnest(p_n, p_area, p_said, p_address, p_postcode, p_uprn, p_code, p_phone, p_problem)
         r(n, area, said, address, postcode, uprn, code, phone, problem);
    return true;
end
$$;
grant execute on function api.desk_import_looked(integer, integer, integer, integer, integer,
    integer, boolean, integer[], integer[], text[], text[], text[], text[], boolean[], boolean[],
    text[]) to wardmote_desk;
