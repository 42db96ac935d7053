-- sms_gateway_pick(names): the first of these providers that may be called now, with a token of
-- its bucket taken. A provider whose breaker opened gets one call, the probe, when its pause is
-- over, and no other until that call's lease would be.
-- Called by other functions only. Outcomes: the provider's name; or null and when to look again
-- (null with no names).
-- Locks: rows of sms_gateway, in the order named.
create function api.sms_gateway_pick(p_names text[], out name text, out again timestamptz)
language plpgsql
set search_path = wardmote, pg_temp
as $$
declare
    v_now  constant timestamptz := clock_timestamp();
    v_name text;
    v_from timestamptz;
    v_has  real;
    g      sms_gateway;
begin
    foreach v_name in array p_names loop
        insert into sms_gateway (name) values (v_name) on conflict do nothing;
        select * into g from sms_gateway x where x.name = v_name for update;
        v_has := least(g.burst, g.tokens + g.rate * extract(epoch from v_now - g.tokens_at)::real);
        v_from := greatest(g.paused_until, g.open_until, v_now);
        if v_from = v_now and v_has < 1 then
            v_from := v_now + (1 - v_has) / g.rate * interval '1 second' + interval '1 millisecond';
        end if;
        if v_from = v_now then
            update sms_gateway x
            set tokens = v_has - 1, tokens_at = v_now, probing = g.opened > 0,
                open_until = case when g.opened > 0 then v_now + interval '60 seconds' end
            where x.name = v_name;
            name := v_name;
            again := null;
            return;
        end if;
        again := least(again, v_from);
    end loop;
end
$$;
