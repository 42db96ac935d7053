-- sms_out_allow(text, names, abroad): the provider that may be called for this text now, with its
-- token, the token of all texts and the money taken; or null, when to look again and why:
-- gateway (none is free), rate (all texts), budget (tomorrow is another day).
-- Called by api.sms_out_begin only. Locks: rows of sms_gateway, sms_limits, sms_budget.
create function api.sms_out_allow(o wardmote.outbox, p_names text[], p_abroad boolean,
                                  out who text, out again timestamptz, out why text)
language plpgsql
set search_path = wardmote, pg_temp
as $$
declare
    v_now  constant timestamptz := clock_timestamp();
    v_has  real;
    v_cost numeric;
    l      sms_limits;
begin
    select * into l from sms_limits for update;
    v_has := least(l.rate, l.tokens + l.rate * extract(epoch from v_now - l.tokens_at)::real);
    if v_has < 1 then
        again := v_now + (1 - v_has) / l.rate * interval '1 second' + interval '1 millisecond';
        why := 'rate';
        return;
    end if;
    select p.name, p.again into who, again from api.sms_gateway_pick(p_names) p;
    if who is null then
        why := 'gateway';
        again := coalesce(again, v_now + interval '5 minutes');
        return;
    end if;
    select o.segments * case when p_abroad then g.price_abroad else g.price end into v_cost
    from sms_gateway g where g.name = who;
    if not api.sms_budget_take(v_cost, o.class = 'bulk') then
        who := null;
        why := 'budget';
        again := ((v_now at time zone 'Europe/London')::date + 1)::timestamp
                 at time zone 'Europe/London';
        return;
    end if;
    update sms_limits set tokens = v_has - 1, tokens_at = v_now;
    update outbox x
    set reserved = v_cost, reserved_on = (v_now at time zone 'Europe/London')::date
    where x.id = o.id and v_cost > 0;
end
$$;
