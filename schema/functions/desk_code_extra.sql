-- desk_code_extra(officer, serial, lookup, reason): one more voter at the address of this code,
-- who declared to live there and has no code, with a code. The register says how many extra ones
-- an address may have.
-- Called by: server/store_register.c. One row. Outcomes: 'issued' with serial, address and area;
-- 'cap' (with how many as serial); 'no_address' (the code is for none); 'retired'; 'reason';
-- 'not_found'. Locks: the voter's row, the register's, advisory 5 (serials).
create function api.desk_code_extra(p_officer integer, p_serial text, p_lookup bytea,
                                    p_reason text)
returns table (outcome text, serial text, address text, area text)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v          credential;
    v_voter    voter;
    v_register register;
    v_new      bigint;
    v_next     record;
    v_serial   text;
    v_wrong    text;
begin
    v := api.desk_code_held(p_officer, p_serial, 'ward_officer', 'clerk');
    select * into v_voter from voter w where w.id = v.voter_id;
    select * into v_register from register g where g.id = v_voter.register_id for no key update;
    v_wrong := case
        when v.id is null then 'not_found'
        when length(btrim(coalesce(p_reason, ''))) not between 1 and 400 then 'reason'
        when v_register.retired_at is not null then 'retired'
        when v.address_ref = '' then 'no_address'
        when (select count(*) from credential c join voter w on w.id = c.voter_id
              where w.register_id = v_register.id and c.issued_as = 'extra'
                and c.address_ref = v.address_ref
                and w.address_id is not distinct from v_voter.address_id)
             >= v_register.extra_cap then 'cap'
        end;
    if v_wrong is not null then
        return query select v_wrong, v_register.extra_cap::text, null::text, null::text;
        return;
    end if;
    insert into voter (register_id, neighbourhood_id, address_id)
    values (v_register.id, v_voter.neighbourhood_id, v_voter.address_id) returning id into v_new;
    v_next := api.serial_next(v_voter.neighbourhood_id);
    v_serial := v_next.prefix || to_char(v_next.last + 1, 'FM000000');
    insert into credential (voter_id, kind, lookup, serial, address_ref, issued_as, issued_by)
    values (v_new, 'code', p_lookup, v_serial, v.address_ref, 'extra', p_officer);
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'code.extra', 'code ' || v_serial,
            jsonb_build_object('beside', v.serial, 'reason', btrim(p_reason)));
    return query select 'issued', v_serial, v.address_ref, n.name
                 from neighbourhood n where n.id = v_voter.neighbourhood_id;
end
$$;
grant execute on function api.desk_code_extra(integer, text, bytea, text) to wardmote_desk;
