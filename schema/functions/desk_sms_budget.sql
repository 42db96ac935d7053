-- desk_sms_budget(officer, day_pence): the day's budget for texts; null: none. Texts that waited
-- for tomorrow's are looked at again at once.
-- Called by: the desk. Locks: sms_limits, outbox rows that wait.
create function api.desk_sms_budget(p_officer integer, p_day_pence numeric) returns void
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
begin
    update sms_limits set day_pence = p_day_pence;
    update outbox set next_at = clock_timestamp()
    where state = 'queued' and last_error = 'budget';
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'sms.budget', 'texts', jsonb_build_object('day_pence', p_day_pence));
end
$$;
grant execute on function api.desk_sms_budget(integer, numeric) to wardmote_desk;
