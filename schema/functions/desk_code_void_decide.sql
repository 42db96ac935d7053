-- desk_code_void_decide(officer, serial, grant): a second officer grants, or refuses, that a code
-- is voided with which a ballot was cast: the amendment that waits for it is decided, by the one
-- function that decides them all. Who asked may take it back by refusing, never grant.
-- Called by: server/store_register.c. Outcomes: 'granted'; 'refused'; 'own' (who asked cannot
-- grant); 'none' (nothing waits, or not in this officer's areas); 'voided' (it is void meanwhile).
-- Locks: the voter's row, then the amendment's.
create function api.desk_code_void_decide(p_officer integer, p_serial text, p_grant boolean)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v         credential := api.desk_code_held(p_officer, p_serial, 'ward_officer', 'approver');
    v_outcome text;
begin
    select d.outcome into v_outcome
    from amendment a cross join api.desk_amendment_decide(p_officer, a.id, p_grant) d
    where a.credential_id = v.id and a.granted is null;
    return coalesce(v_outcome, 'none');
end
$$;
grant execute on function api.desk_code_void_decide(integer, text, boolean) to wardmote_desk;
