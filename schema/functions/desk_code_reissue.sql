-- desk_code_reissue(officer, serial, lookup, reason): a new code for the voter whose letter was
-- lost. It is the same voter, with one ballot a round; the old code is void from now on. A code
-- with which a ballot was cast must have been voided by two officers before.
-- Called by: server/store_register.c. One row. Outcomes: 'issued' with serial, address and area;
-- 'used' (void it first); 'newer' (this voter has a later code that is good); 'retired' (the
-- register is); 'reason'; 'not_found'. Locks: the voter's row, advisory 5 (serials).
create function api.desk_code_reissue(p_officer integer, p_serial text, p_lookup bytea,
                                      p_reason text)
returns table (outcome text, serial text, address text, area text)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v        credential;
    v_voter  voter;
    v_next   record;
    v_serial text;
    v_wrong  text;
begin
    v := api.desk_code_held(p_officer, p_serial, 'ward_officer', 'clerk');
    select * into v_voter from voter w where w.id = v.voter_id;
    v_wrong := case
        when v.id is null then 'not_found'
        when length(btrim(coalesce(p_reason, ''))) not between 1 and 400 then 'reason'
        when exists (select from register g
                     where g.id = v_voter.register_id and g.retired_at is not null) then 'retired'
        when exists (select from credential c
                     where c.voter_id = v.voter_id and c.kind = 'code' and c.id > v.id
                       and c.voided_at is null) then 'newer'
        when v.voided_at is null
             and exists (select from ballot b where b.voter_id = v.voter_id) then 'used'
        end;
    if v_wrong is not null then
        return query select v_wrong, null::text, null::text, null::text;
        return;
    end if;
    perform api.code_void_now(v.id, p_officer, btrim(p_reason));
    v_next := api.serial_next(v_voter.neighbourhood_id);
    v_serial := v_next.prefix || to_char(v_next.last + 1, 'FM000000');
    insert into credential (voter_id, kind, lookup, serial, address_ref, issued_as, issued_by,
                            replaces_id)
    values (v.voter_id, 'code', p_lookup, v_serial, v.address_ref, 'lost', p_officer, v.id);
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'code.reissue', 'code ' || v_serial,
            jsonb_build_object('instead_of', v.serial, 'reason', btrim(p_reason)));
    return query select 'issued', v_serial, v.address_ref, n.name
                 from neighbourhood n where n.id = v_voter.neighbourhood_id;
end
$$;
grant execute on function api.desk_code_reissue(integer, text, bytea, text) to wardmote_desk;
