-- desk_codes_register(officer, register, lookups): a voting code for each voter of a register who
-- has none that is good and never had one, as far as the look-ups reach. One row a code with its
-- item (from 1), serial and address; none: not this officer's, retired, of phones, or nobody
-- waits for a code. Called by: server/store_register.c. Locks: advisory 5 (serials).
--
-- No nested loops: estimates made before an import would have each voter look through all.
create function api.desk_codes_register(p_officer integer, p_register integer, p_lookups bytea[])
returns table (item integer, serial text, address text, area text)
language plpgsql security definer
set search_path = wardmote, pg_temp
set enable_nestloop = off
as $$
#variable_conflict use_column
declare
    v_register register;
    v_batch    integer;
    v_next     record;
    v_codes    integer;
begin
    select * into v_register from register g
    where g.id = p_register and g.retired_at is null and g.kind <> 'phones'
      and api.desk_may(p_officer, g.neighbourhood_id);
    if v_register.id is null or cardinality(p_lookups) = 0 then
        return;
    end if;
    v_next := api.serial_next(v_register.neighbourhood_id);
    select least(cardinality(p_lookups), count(*)) into v_codes
    from voter v where v.register_id = p_register
      and not exists (select from credential c where c.voter_id = v.id and c.kind = 'code');
    if v_codes = 0 then
        return;
    end if;
    insert into code_batch (neighbourhood_id, register_id, codes, created_by)
    values (v_register.neighbourhood_id, p_register, v_codes, p_officer) returning id into v_batch;
    return query
    with due as (
        select v.id, v.neighbourhood_id, a.address, a.postcode,
               row_number() over (order by v.address_id, v.id) as n
        from voter v left join register_address a on a.id = v.address_id
        where v.register_id = p_register
          and not exists (select from credential c where c.voter_id = v.id and c.kind = 'code')
    ), issued as (
        insert into credential (voter_id, kind, lookup, serial, address_ref, batch_id)
        select d.id, 'code', p.lookup, v_next.prefix || to_char(v_next.last + d.n, 'FM000000'),
               left(coalesce(d.address, ''), 120), v_batch
        from due d join unnest(p_lookups) with ordinality p(lookup, n) on p.n = d.n
        returning voter_id, serial
    )
    select d.n::integer, i.serial, concat_ws(', ', d.address, nullif(d.postcode, '')), n.name
    from issued i join due d on d.id = i.voter_id join neighbourhood n on n.id = d.neighbourhood_id
    order by d.n;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'codes.issue', 'batch ' || v_batch,
            jsonb_build_object('register', p_register, 'codes', v_codes));
end
$$;
grant execute on function api.desk_codes_register(integer, integer, bytea[]) to wardmote_desk;
