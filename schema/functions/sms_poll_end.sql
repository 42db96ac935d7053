-- sms_poll_end(provider, whole, only_by_poll, good): the list was read to its end (good), or not.
-- only_by_poll: texts that no webhook had brought; more than none raises an alarm, but not when
-- the list was read for the first time.
-- Called by: sms/poller.c. Locks: the provider's row.
create function api.sms_poll_end(p_provider text, p_whole boolean, p_only_by_poll integer,
                                 p_good boolean) returns void
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    p sms_poll;
begin
    select * into p from sms_poll x where x.provider = p_provider for update;
    if p_only_by_poll > 0 and p.last_ok is not null then
        perform api.sms_alarm_raise('webhook_lost:' || p_provider);
    end if;
    update sms_poll x
    set lease_until = case when not p_good then clock_timestamp() + interval '1 minute' end,
        last_ok = case when p_good then clock_timestamp() else x.last_ok end,
        last_full = case when p_good and p_whole then clock_timestamp() else x.last_full end,
        only_by_poll = x.only_by_poll + p_only_by_poll
    where x.provider = p_provider;
end
$$;
grant execute on function api.sms_poll_end(text, boolean, integer, boolean) to wardmote_sms;
