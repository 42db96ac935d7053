-- sms_start(recipient_key): takes STOP back, also where the provider had told us of it: that the
-- text START came through means that the provider lets the number through again.
-- Called by: sms/inbox.c (START). Outcomes: whether there was anything to take back.
-- Locks: its rows.
create function api.sms_start(p_key bytea) returns boolean
language sql security definer
set search_path = wardmote, pg_temp
as $$
    with gone as (delete from sms_stop s where s.recipient_key = p_key returning 1)
    select exists (select from gone)
$$;
grant execute on function api.sms_start(bytea) to wardmote_sms;
