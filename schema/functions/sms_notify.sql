-- sms_notify(): wakes the SMS daemons, which LISTEN on sms_in. A hint only: they look every
-- second anyhow. Called by: server/store_sms.c, at most every 100 ms (each NOTIFY holds a lock
-- that commits queue behind). Locks: none.
create function api.sms_notify() returns void
language sql security definer
set search_path = wardmote, pg_temp
as $$
    select pg_notify('sms_in', '')
$$;
grant execute on function api.sms_notify() to wardmote_web;
