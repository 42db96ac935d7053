-- desk_import_credentials(import, ...): codes and numbers of a file's own, for voters that the same
-- transaction copied. Arrays of equal length: the voter, the row's place in the file (from 1), keyed
-- hash of a code, its address reference, keyed hash of a number, the number sealed; hashes may be
-- null.
-- Called by: server/store_import_add.c (role wardmote_import), in the transaction of
-- api.desk_import_take. How many voters were the file's. Fails with 23505 when a code or a number is
-- on a register already. Locks: none.
create function api.desk_import_credentials(
    p_import integer, p_voter bigint[], p_nth integer[], p_code bytea[], p_ref text[],
    p_phone bytea[], p_sealed bytea[])
returns integer
language sql security definer
set search_path = wardmote, pg_temp
as $$
    with given as materialized (
        select c.*, i.serial_prefix, i.serial_last
        from register_import i
        cross join unnest(p_voter, p_nth, p_code, p_ref, p_phone, p_sealed)
                   c(voter, nth, code, ref, phone, sealed)
        join voter v on v.id = c.voter and v.id >= i.first_id and v.id < i.first_id + i.voters
        where i.id = p_import and i.taken_in = pg_current_xact_id_if_assigned()
    ), codes as (
        insert into credential (voter_id, kind, lookup, serial, address_ref, issued_as)
        select g.voter, 'code', g.code,
               g.serial_prefix || to_char(g.serial_last + g.nth, 'FM000000'), left(g.ref, 120),
               'import'
        from given g where g.code is not null
    ), phones as (
        insert into credential (voter_id, kind, lookup, number_sealed, issued_as)
        select g.voter, 'phone', g.phone, g.sealed, 'import'
        from given g where g.phone is not null
    )
    select count(*)::integer from given
$$;
grant execute on function api.desk_import_credentials(integer, bigint[], integer[], bytea[], text[],
    bytea[], bytea[]) to wardmote_import;
