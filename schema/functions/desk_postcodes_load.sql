-- desk_postcodes_load(officer, sha256, n, postcode, area, problem): puts a file's postcodes in the
-- place of all that the table held; all of them or none. Arrays of equal length: the row's number as
-- a spreadsheet shows it, the postcode and the area as the file says them, and what the reader found
-- wrong ('': nothing). A postcode is a whole one, which lies in one area, or a district or sector
-- ("YO24", "YO24 3"), which may have several rows; an area is a name, a slug or an ONS code.
-- Called by: server/store_postcode.c. Outcomes: one row 'loaded' with how many postcodes (n) and
-- parts (total); up to 20 rows 'bad', each with its number, its postcode and what is wrong, and how
-- many there are in all (total): nothing was changed; one row 'role' (not an administrator).
-- Locks: both tables against other loads; readers go on.
create function api.desk_postcodes_load(p_officer integer, p_sha256 bytea, p_n integer[],
                                        p_postcode text[], p_area text[], p_problem text[])
returns table (outcome text, n bigint, postcode text, problem text, total bigint)
language plpgsql security definer
set search_path = wardmote, pg_temp
set enable_nestloop = off set work_mem = '64MB'
as $$
#variable_conflict use_column
declare
    v_whole bigint;
    v_parts bigint;
begin
    if not api.desk_role(p_officer, 'administrator') then
        return query select 'role', 0::bigint, '', '', 0::bigint;
        return;
    end if;
    lock table postcode, postcode_part in share row exclusive mode;
    return query
        select 'bad', r.n::bigint, r.typed, r.problem, count(*) over ()
        from api.postcode_rows(p_n, p_postcode, p_area, p_problem) r
        where r.problem <> '' order by r.n limit 20;
    if found then
        return;
    end if;
    delete from postcode;
    delete from postcode_part;
    insert into postcode (postcode, neighbourhood_id)
    select distinct r.whole, r.area from api.postcode_rows(p_n, p_postcode, p_area, p_problem) r
    where r.whole is not null;
    get diagnostics v_whole = row_count;
    insert into postcode_part (part, neighbourhood_id)
    select distinct r.part, r.area from api.postcode_rows(p_n, p_postcode, p_area, p_problem) r
    where r.part is not null;
    get diagnostics v_parts = row_count;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'postcodes.load', 'postcodes',
            jsonb_build_object('postcodes', v_whole, 'parts', v_parts,
                               'sha256', encode(p_sha256, 'hex')));
    perform pg_notify('content', '');
    return query select 'loaded', v_whole, '', '', v_parts;
end
$$;
grant execute on function api.desk_postcodes_load(integer, bytea, integer[], text[], text[], text[])
    to wardmote_desk;
