-- desk_import_check(officer, import): ends a dry run: finds each row's area, and what is wrong with
-- it that the reader could not see: an area that is unknown or not the register's; a UPRN, code or
-- number that stands in an earlier row, or on a register already.
-- Called by: server/store_import.c, after the rows. Outcome: true; false: not this officer's.
-- Locks: the import's row.
-- No nested loops: the rows came in this transaction, and nothing estimates them. All rows are read
-- once to see which questions arise, and once more for each that does.
create function api.desk_import_check(p_officer integer, p_import integer) returns boolean
language plpgsql security definer
set search_path = wardmote, pg_temp
set enable_nestloop = off set work_mem = '64MB'
as $$
declare
    v_import   register_import;
    v_register register;
    v_any      record;
begin
    select * into v_import from register_import i
    where i.id = p_import and i.officer_id = p_officer and i.done_at is null for update;
    if v_import.id is null then
        return false;
    end if;
    select * into v_register from register g where g.id = v_import.register_id;
    select bool_or(w.area <> '') as area, bool_or(w.area = '') as no_area,
           bool_or(w.uprn <> '') and not v_import.persons as uprn,
           bool_or(w.code_lookup is not null) as code,
           bool_or(w.phone_lookup is not null) as phone
    into v_any from register_import_row w where w.import_id = p_import;

    if v_any.area then -- few names for many rows
        update register_import_row w
        set neighbourhood_id = d.area,
            problem = case when w.problem <> '' then w.problem
                           when d.area is null then 'no area here has this name'
                           else w.problem end
        from (select a.name, (select n.id from neighbourhood n
                              join neighbourhood_within u
                                on u.neighbourhood_id = n.id
                               and u.within_id = v_register.neighbourhood_id
                              where lower(n.name) = lower(a.name) or n.slug = lower(a.name)
                                 or n.ons_code = a.name
                              order by n.id limit 1) as area
              from (select distinct r.area as name from register_import_row r
                    where r.import_id = p_import and r.area <> '') a) d
        where w.import_id = p_import and w.area = d.name;
    end if;
    if v_any.no_area and exists (select from postcode) then
        update register_import_row w
        set neighbourhood_id = case when u.within_id is not null then p.neighbourhood_id end,
            problem = case when w.problem <> '' then w.problem
                           when u.within_id is null then 'the postcode lies in another area'
                           else w.problem end
        from postcode p
        left join neighbourhood_within u on u.neighbourhood_id = p.neighbourhood_id
                                        and u.within_id = v_register.neighbourhood_id
        where w.import_id = p_import and w.area = '' and p.postcode = api.postcode_read(w.postcode);
    end if;

    if v_any.uprn then
        update register_import_row w set problem = 'this UPRN stands in row ' || d.first || ' already'
        from (select r.uprn, min(r.n) as first from register_import_row r
              where r.import_id = p_import and r.uprn <> ''
              group by r.uprn having count(*) > 1) d
        where w.import_id = p_import and w.uprn = d.uprn and w.n > d.first and w.problem = '';
        if exists (select from register_address a where a.register_id = v_register.id) then
            update register_import_row w set problem = 'this UPRN is on the register already'
            from register_address a
            where w.import_id = p_import and w.problem = '' and w.uprn <> ''
              and a.register_id = v_register.id and a.uprn = w.uprn;
        end if;
    end if;
    if v_any.code then
        update register_import_row w set problem = 'this code stands in row ' || d.first || ' already'
        from (select r.code_lookup, min(r.n) as first from register_import_row r
              where r.import_id = p_import and r.code_lookup is not null
              group by r.code_lookup having count(*) > 1) d
        where w.import_id = p_import and w.code_lookup = d.code_lookup and w.n > d.first
          and w.problem = '';
        update register_import_row w set problem = 'this code was issued already'
        from credential c
        where w.import_id = p_import and w.problem = '' and c.lookup = w.code_lookup;
    end if;
    if v_any.phone then
        update register_import_row w set problem = 'this number stands in row ' || d.first || ' already'
        from (select r.phone_lookup, min(r.n) as first from register_import_row r
              where r.import_id = p_import and r.phone_lookup is not null
              group by r.phone_lookup having count(*) > 1) d
        where w.import_id = p_import and w.phone_lookup = d.phone_lookup and w.n > d.first
          and w.problem = '';
        update register_import_row w set problem = 'this number is on a register already'
        from credential c
        where w.import_id = p_import and w.problem = '' and c.lookup = w.phone_lookup;
    end if;

    update register_import i
    set rows = s.n, bad = s.bad, checked = true
    from (select count(*) as n, count(*) filter (where w.problem <> '') as bad
          from register_import_row w where w.import_id = p_import) s
    where i.id = p_import;
    return true;
end
$$;
grant execute on function api.desk_import_check(integer, integer) to wardmote_desk;
