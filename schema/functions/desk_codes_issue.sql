-- desk_codes_issue(officer, area, lookups, addresses): new voters of an area, each with a voting
-- code, of which only the keyed hash comes here. Arrays of equal length; an address may be ''.
-- One row a code, in order, with its printed serial; no rows: the area is not this officer's.
-- Called by: server/store_desk.c. Locks: advisory 5 (serials).
create function api.desk_codes_issue(p_officer integer, p_area text, p_lookups bytea[],
                                     p_addresses text[])
returns table (item integer, serial text)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_area     neighbourhood;
    v_register integer;
    v_batch    integer;
    v_next     record;
begin
    select * into v_area from neighbourhood n
    where n.slug = p_area and api.desk_may(p_officer, n.id);
    if v_area.id is null or cardinality(p_lookups) = 0 then
        return;
    end if;
    v_next := api.serial_next(v_area.id);
    insert into register (name, neighbourhood_id) values ('Voting codes, ' || v_area.name, v_area.id)
    on conflict (name) do nothing;
    select g.id into v_register from register g where g.name = 'Voting codes, ' || v_area.name;
    insert into code_batch (neighbourhood_id, register_id, codes, created_by)
    values (v_area.id, v_register, cardinality(p_lookups), p_officer) returning id into v_batch;
    return query
    with voters as (
        insert into voter (register_id, neighbourhood_id)
        select v_register, v_area.id from generate_series(1, cardinality(p_lookups))
        returning id
    ), numbered as (
        select v.id, row_number() over (order by v.id) as n from voters v
    )
    insert into credential (voter_id, kind, lookup, serial, address_ref, batch_id)
    select v.id, 'code', u.lookup, v_next.prefix || to_char(v_next.last + u.n, 'FM000000'),
           u.address, v_batch
    from unnest(p_lookups, p_addresses) with ordinality u(lookup, address, n)
    join numbered v on v.n = u.n
    order by u.n
    returning substr(serial, 4)::integer - v_next.last, serial;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'codes.issue', 'batch ' || v_batch,
            jsonb_build_object('area', p_area, 'codes', cardinality(p_lookups)));
end
$$;
grant execute on function api.desk_codes_issue(integer, text, bytea[], text[]) to wardmote_desk;
