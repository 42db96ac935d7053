-- desk_code_void(officer, serial, reason): voids a code that was lost or went astray. One officer
-- is enough while no ballot was cast with it; afterwards a second one must grant it (an amendment
-- of kind void_code waits for api.desk_code_void_decide).
-- Called by: server/store_register.c. Outcomes: 'void'; 'asked' (a second officer must grant it);
-- 'waiting' (asked before); 'already' (void before); 'reason' (none, or too long); 'not_found'
-- (no such serial in this officer's areas). Locks: the voter's row, before the ballot is looked
-- for, so that a ballot on its way is either seen or refused.
create function api.desk_code_void(p_officer integer, p_serial text, p_reason text)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v credential;
begin
    v := api.desk_code_held(p_officer, p_serial, 'ward_officer', 'clerk');
    if v.id is null then
        return 'not_found';
    elsif v.voided_at is not null then
        return 'already';
    elsif length(btrim(coalesce(p_reason, ''))) not between 1 and 400 then
        return 'reason';
    elsif exists (select from ballot b where b.voter_id = v.voter_id)
          or exists (select from amendment a where a.credential_id = v.id and a.granted is null) then
        return (select a.outcome from api.desk_amendment_ask(
                    p_officer, 'void_code', null, null, null, null, v.serial, btrim(p_reason)) a);
    end if;
    perform api.code_void_now(v.id, p_officer, btrim(p_reason));
    insert into audit (officer_id, action, object)
    values (p_officer, 'code.void', 'code ' || v.serial);
    return 'void';
end
$$;
grant execute on function api.desk_code_void(integer, text, text) to wardmote_desk;
