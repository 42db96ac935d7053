-- desk_sms_budget(officer, day_pence): the day's budget for texts; null: none. Texts that waited
-- for tomorrow's are looked at again at once.
-- Called by: server/store_sms.c. Outcomes: 'saved'; 'role' (not an officer who looks after texts).
-- Locks: sms_limits, outbox rows that wait (those that a daemon holds are left alone).
create function api.desk_sms_budget(p_officer integer, p_day_pence bigint) returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
begin
    if not api.desk_texts_may(p_officer) then
        return 'role';
    end if;
    update sms_limits set day_pence = p_day_pence;
    perform api.sms_out_wake('budget');
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'sms.budget', 'texts', jsonb_build_object('day_pence', p_day_pence));
    return 'saved';
end
$$;
grant execute on function api.desk_sms_budget(integer, bigint) to wardmote_desk;
