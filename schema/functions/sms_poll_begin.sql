-- sms_poll_begin(provider): is it time to read the provider's list of texts to us: a minute after
-- the last time, and all that it keeps once a night (the first time after 3 o'clock in York). One
-- daemon at a time: the lease is five minutes.
-- Called by: sms/poller.c. Outcomes: no row when it is not time, or somebody else reads; else up
-- to when everything was read already (null: never) and whether all is to be read.
-- Locks: the provider's row.
create function api.sms_poll_begin(p_provider text)
returns table (known_until timestamptz, whole boolean)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_now   constant timestamptz := clock_timestamp();
    -- The last three o'clock that was.
    v_night constant timestamptz := (date_trunc('day', v_now at time zone 'Europe/London'
                                                       - interval '3 hours')
                                     + interval '3 hours') at time zone 'Europe/London';
    p       sms_poll;
begin
    insert into sms_poll (provider) values (p_provider) on conflict do nothing;
    select * into p from sms_poll x where x.provider = p_provider for update skip locked;
    if not found or p.lease_until > v_now or p.last_ok > v_now - interval '1 minute' then
        return;
    end if;
    update sms_poll x set lease_until = v_now + interval '5 minutes' where x.provider = p_provider;
    return query select p.last_ok - interval '10 minutes',
        p.last_full is null or p.last_full < v_night;
end
$$;
grant execute on function api.sms_poll_begin(text) to wardmote_sms;
