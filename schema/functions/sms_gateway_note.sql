-- sms_gateway_note(name, good): what came of a call, for the provider's breaker: five of the last
-- twenty calls that failed or whose outcome is unknown open it for 30 s; then one probe decides:
-- good closes it, bad opens it again for twice as long, up to ten minutes. Calls that were under
-- way when it opened may fail without making that longer.
-- Called by other functions only. Locks: the provider's row, if there is anything to note; texts
-- that waited for it, when it closes.
create function api.sms_gateway_note(p_name text, p_good boolean) returns void
language plpgsql
set search_path = wardmote, pg_temp
as $$
declare
    g        sms_gateway;
    v_recent text;
begin
    if p_good and exists (select from sms_gateway x where x.name = p_name and x.opened = 0
                            and position('x' in x.recent) = 0) then
        return;
    end if;
    select * into g from sms_gateway x where x.name = p_name for update;
    v_recent := right(g.recent || case when p_good then '.' else 'x' end, 20);
    if p_good then
        update sms_gateway x
        set recent = case when g.opened > 0 then '' else v_recent end, opened = 0,
            open_until = null, probing = false
        where x.name = p_name;
        -- What was put off until the probe's end need not wait for that.
        if g.opened > 0 then
            perform api.sms_out_wake('gateway');
        end if;
    elsif g.probing or g.opened = 0 and length(replace(v_recent, '.', '')) >= 5 then
        update sms_gateway x
        set recent = v_recent, opened = least(g.opened + 1, 30), probing = false,
            open_until = clock_timestamp()
                       + least(600, 30 * 2 ^ least(g.opened, 5)) * interval '1 second'
        where x.name = p_name;
        perform api.sms_alarm_raise('breaker:' || p_name);
    else
        update sms_gateway x set recent = v_recent where x.name = p_name;
    end if;
end
$$;
