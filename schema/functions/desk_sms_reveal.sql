-- desk_sms_reveal(officer, outward, reference, reason): an officer must see a whole number: who,
-- which and why stand in the audit before the seal is handed out.
-- Called by: server/store_sms.c, which opens the seal. Outcomes: 'shown' with the seal; 'reason'
-- (1 to 400 characters); 'erased'; 'not_found'; 'role'. Locks: none.
create function api.desk_sms_reveal(p_officer integer, p_outward boolean, p_reference text,
                                    p_reason text)
returns table (outcome text, sealed bytea)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_sealed bytea;
    v_found  boolean;
begin
    select true, t.sealed into v_found, v_sealed
    from api.desk_sms_text(p_officer, p_outward, p_reference) t;
    outcome := case when not api.desk_texts_may(p_officer) then 'role'
                    when v_found is null then 'not_found'
                    when length(btrim(coalesce(p_reason, ''))) not between 1 and 400 then 'reason'
                    when v_sealed is null then 'erased'
                    else 'shown' end;
    if outcome = 'shown' then
        insert into audit (officer_id, action, object, detail)
        values (p_officer, 'sms.reveal',
                case when p_outward then 'text ' else 'text in ' end || p_reference,
                jsonb_build_object('reason', btrim(p_reason)));
        sealed := v_sealed;
    end if;
    return next;
end
$$;
grant execute on function api.desk_sms_reveal(integer, boolean, text, text) to wardmote_desk;
