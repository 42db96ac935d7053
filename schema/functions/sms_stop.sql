-- sms_stop(recipient_key): this number wants no bulk texts any more: those that wait are not sent,
-- and what it had asked for ends. Its votes count as before and are answered.
-- Called by: api.sms_answer (STOP). Locks: its rows.
create function api.sms_stop(p_key bytea) returns void
language sql security definer
set search_path = wardmote, pg_temp
as $$
    insert into sms_stop (recipient_key, by) values (p_key, 'text') on conflict do nothing;
    select api.sms_consent_end(p_key, 'text');
    update outbox o
    set state = 'cancelled', last_error = 'stopped', done_at = clock_timestamp()
    where o.recipient_key = p_key and o.class = 'bulk' and o.state = 'queued'
$$;
grant execute on function api.sms_stop(bytea) to wardmote_sms;
