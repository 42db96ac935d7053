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
    v_prefix   text;
    v_last     integer;
begin
    select * into v_area from neighbourhood n
    where n.slug = p_area and api.desk_may(p_officer, n.id);
    if v_area.id is null or cardinality(p_lookups) = 0 then
        return;
    end if;
    perform pg_advisory_xact_lock(5, 0);
    insert into register (name) values ('Voting codes, ' || v_area.name)
    on conflict (name) do nothing;
    select g.id into v_register from register g where g.name = 'Voting codes, ' || v_area.name;
    insert into code_batch (neighbourhood_id, register_id, codes, created_by)
    values (v_area.id, v_register, cardinality(p_lookups), p_officer) returning id into v_batch;
    v_prefix := upper(case strpos(v_area.slug, '-')
                      when 0 then left(v_area.slug || 'x', 2)
                      else left(v_area.slug, 1)
                           || substr(v_area.slug, strpos(v_area.slug, '-') + 1, 1) end);
    select coalesce(max(substr(c.serial, 4)::integer), 0) into v_last
    from credential c where c.serial ~ ('^' || v_prefix || '-[0-9]{1,9}$');
    return query
    with voters as (
        insert into voter (register_id, neighbourhood_id)
        select v_register, v_area.id from generate_series(1, cardinality(p_lookups))
        returning id
    ), numbered as (
        select v.id, row_number() over (order by v.id) as n from voters v
    )
    insert into credential (voter_id, kind, lookup, serial, address_ref, batch_id)
    select v.id, 'code', u.lookup, v_prefix || '-' || to_char(v_last + u.n, 'FM000000'),
           u.address, v_batch
    from unnest(p_lookups, p_addresses) with ordinality u(lookup, address, n)
    join numbered v on v.n = u.n
    order by u.n
    returning substr(serial, 4)::integer - v_last, serial;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'codes.issue', 'batch ' || v_batch,
            jsonb_build_object('area', p_area, 'codes', cardinality(p_lookups)));
end
$$;
grant execute on function api.desk_codes_issue(integer, text, bytea[], text[]) to wardmote_desk;
