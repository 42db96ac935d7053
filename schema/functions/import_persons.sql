-- import_persons(import, register, area): each row a person: a voter, with what the file says of
-- code and number, at an address that rows of the same words share. Returns how many voters.
-- Called by api.desk_import_confirm only. Locks: advisory 5 (serials) where there are codes.
create function api.import_persons(p_import integer, p_register integer, p_area integer)
returns bigint
language plpgsql
set search_path = wardmote, pg_temp
set enable_nestloop = off
as $$
declare
    v_next   record;
    v_voters bigint;
begin
    if exists (select from register_import_row w
               where w.import_id = p_import and w.code_lookup is not null) then
        v_next := api.serial_next(p_area);
    else
        select '' as prefix, 0 as last into v_next;
    end if;
    with person as materialized (
        select w.*, coalesce(w.neighbourhood_id, p_area) as area_id,
               nextval('voter_id_seq') as voter_id,
               dense_rank() over (order by w.address, w.postcode, w.uprn, w.neighbourhood_id)
                   as address_n,
               row_number() over (order by w.n) as nth
        from register_import_row w where w.import_id = p_import
    ), address as materialized (
        select distinct on (p.address_n) p.address_n, p.area_id, p.address, p.postcode, p.uprn,
               nextval('register_address_id_seq') as id
        from person p where p.address <> ''
        order by p.address_n
    ), addresses as (
        insert into register_address (id, register_id, neighbourhood_id, address, postcode, uprn)
            overriding system value
        select a.id, p_register, a.area_id, a.address, a.postcode, a.uprn from address a
    ), voters as (
        insert into voter (id, register_id, neighbourhood_id, address_id) overriding system value
        select p.voter_id, p_register, p.area_id, a.id
        from person p left join address a on a.address_n = p.address_n
        returning 1
    ), codes as (
        insert into credential (voter_id, kind, lookup, serial, address_ref, issued_as)
        select p.voter_id, 'code', p.code_lookup,
               v_next.prefix || to_char(v_next.last + p.nth, 'FM000000'), left(p.address, 120),
               'import'
        from person p where p.code_lookup is not null
    ), phones as (
        insert into credential (voter_id, kind, lookup, number_sealed, issued_as)
        select p.voter_id, 'phone', p.phone_lookup, p.phone_sealed, 'import'
        from person p where p.phone_lookup is not null
    )
    select count(*) into v_voters from voters;
    return v_voters;
end
$$;
