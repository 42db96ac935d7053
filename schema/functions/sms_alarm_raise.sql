-- sms_alarm_raise(name): notes something that an operator should know. While it was not told yet,
-- or was told less than an hour ago, it is only counted.
-- Called by other functions only. Locks: the alarm's row.
create function api.sms_alarm_raise(p_name text) returns void
language sql
set search_path = wardmote, pg_temp
as $$
    insert into sms_alarm as a (name) values (p_name)
    on conflict (name) do update
    set times = a.times + 1,
        since = case when a.told_at < clock_timestamp() - interval '1 hour' then clock_timestamp()
                     else a.since end,
        told_at = case when a.told_at < clock_timestamp() - interval '1 hour' then null
                       else a.told_at end
$$;
