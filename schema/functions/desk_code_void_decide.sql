-- desk_code_void_decide(officer, serial, grant): a second officer grants, or refuses, that a code
-- is voided with which a ballot was cast. Who asked may take it back by refusing, never grant.
-- Called by: server/store_register.c. Outcomes: 'granted'; 'refused'; 'own' (who asked cannot
-- grant); 'none' (nothing waits, or not in this officer's areas). Locks: the voter's row, then
-- the amendment's.
create function api.desk_code_void_decide(p_officer integer, p_serial text, p_grant boolean)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v   credential;
    v_a amendment;
begin
    v := api.desk_code_held(p_officer, p_serial);
    select * into v_a from amendment a
    where a.credential_id = v.id and a.granted is null for update;
    if v_a.id is null then
        return 'none';
    elsif p_grant and v_a.asked_by = p_officer then
        return 'own';
    end if;
    update amendment a
    set granted = p_grant, decided_by = p_officer, decided_at = clock_timestamp()
    where a.id = v_a.id;
    if p_grant then
        perform api.code_void_now(v.id, p_officer, v_a.reason);
    end if;
    insert into audit (officer_id, action, object)
    values (p_officer, case when p_grant then 'code.void' else 'code.void_refuse' end,
            'code ' || v.serial);
    return case when p_grant then 'granted' else 'refused' end;
end
$$;
grant execute on function api.desk_code_void_decide(integer, text, boolean) to wardmote_desk;
