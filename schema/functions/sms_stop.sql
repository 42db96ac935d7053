-- sms_stop(recipient_key): this number wants no bulk texts any more. Its votes count as before
-- and are answered. Called by: sms/inbox.c (STOP). Locks: its row.
create function api.sms_stop(p_key bytea) returns void
language sql security definer
set search_path = wardmote, pg_temp
as $$
    insert into sms_stop (recipient_key, by) values (p_key, 'text') on conflict do nothing;
    update outbox o
    set state = 'cancelled', last_error = 'stopped', done_at = clock_timestamp()
    where o.recipient_key = p_key and o.class = 'bulk' and o.state = 'queued'
$$;
grant execute on function api.sms_stop(bytea) to wardmote_sms;
