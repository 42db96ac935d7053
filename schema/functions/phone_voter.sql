-- phone_voter(phone, number, area): the credential of a number that proved itself, made with its
-- voter when there is none. A voter of the registers of mobile numbers who cast no ballot moves to
-- the area that was named; one on the council's own list stays where that says.
-- Called by api.sign_in_check, under the lock of the number. Locks: the voter's row.
create function api.phone_voter(p_phone bytea, p_number bytea, p_area integer)
returns wardmote.credential
language plpgsql
set search_path = wardmote, pg_temp
as $$
declare
    v_cred     credential;
    v_register integer;
    v_name     constant text := 'Mobile numbers, '
                                || (select n.name from neighbourhood n where n.id = p_area);
begin
    select c.* into v_cred from credential c where c.lookup = p_phone and c.kind = 'phone';
    if v_cred.voided_at is not null then
        return v_cred;
    end if;
    insert into register (name, kind, neighbourhood_id) values (v_name, 'phones', p_area)
    on conflict (name) do nothing;
    select g.id into v_register from register g where g.name = v_name;
    if v_cred.id is not null then
        perform from voter w where w.id = v_cred.voter_id for no key update;
        update voter w set register_id = v_register, neighbourhood_id = p_area
        where w.id = v_cred.voter_id and w.register_id <> v_register
          and not exists (select from ballot b where b.voter_id = w.id)
          and exists (select from register g where g.id = w.register_id and g.kind = 'phones');
        return v_cred;
    end if;
    with born as (
        insert into voter (register_id, neighbourhood_id) values (v_register, p_area) returning id
    )
    insert into credential (voter_id, kind, lookup, number_sealed, issued_as)
    select b.id, 'phone', p_phone, p_number, 'phone' from born b
    returning * into v_cred;
    return v_cred;
end
$$;
