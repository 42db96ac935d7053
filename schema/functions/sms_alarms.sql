-- sms_alarms(): what operators were not told yet, and now are: the caller logs it. A text that
-- came only by polling for want of its webhook, one that came again with other words, a breaker that
-- opened, a budget running out.
-- Called by: sms/sender.c every ten seconds. Locks: the alarms' rows.
create function api.sms_alarms() returns table (name text, times integer)
language sql security definer
set search_path = wardmote, pg_temp
as $$
    update sms_alarm a set told_at = clock_timestamp()
    where a.told_at is null
    returning a.name, a.times
$$;
grant execute on function api.sms_alarms() to wardmote_sms;
