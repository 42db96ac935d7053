-- desk_import_rows(officer, import, ...): some thousand rows of a file, as arrays of equal length:
-- number as a spreadsheet shows it, address, postcode, UPRN and area as the file says them, keyed
-- hash of a code, keyed hash and seal of a number, and what the reader found wrong ('': nothing). An
-- array may be null: nothing in any row.
-- Called by: server/store_import.c. Outcome: how many were taken; 0: not this officer's import.
-- Locks: none.
create function api.desk_import_rows(
    p_officer integer, p_import integer, p_n integer[], p_address text[], p_postcode text[],
    p_uprn text[], p_area text[], p_code bytea[], p_phone bytea[], p_sealed bytea[],
    p_problem text[])
returns integer
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_rows integer;
begin
    insert into register_import_row (import_id, n, address, postcode, uprn, area, code_lookup,
                                     phone_lookup, phone_sealed, problem)
    select p_import, r.n, coalesce(r.address, ''), coalesce(r.postcode, ''), coalesce(r.uprn, ''),
           coalesce(r.area, ''), r.code, r.phone, r.sealed, coalesce(r.problem, '')
    from unnest(p_n, p_address, p_postcode, p_uprn, p_area, p_code, p_phone, p_sealed, p_problem)
         r(n, address, postcode, uprn, area, code, phone, sealed, problem)
    where exists (select from register_import i
                  where i.id = p_import and i.officer_id = p_officer and i.done_at is null);
    get diagnostics v_rows = row_count;
    return v_rows;
end
$$;
grant execute on function api.desk_import_rows(integer, integer, integer[], text[], text[], text[],
    text[], bytea[], bytea[], bytea[], text[]) to wardmote_desk;
