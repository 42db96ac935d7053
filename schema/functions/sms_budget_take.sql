-- sms_budget_take(pence, bulk): reserves money before a text is sent; false when the day's budget
-- (sms_limits) has no room: bulk may use four fifths of it, replies all. At four fifths an alarm
-- is raised, and another when the first text is refused. Free texts and no budget: true.
-- Called by other functions only. Locks: the day's row.
create function api.sms_budget_take(p_pence numeric, p_bulk boolean) returns boolean
language plpgsql
set search_path = wardmote, pg_temp
as $$
declare
    v_day  constant date := (clock_timestamp() at time zone 'Europe/London')::date;
    v_cap  numeric; -- null: no budget
    v_most numeric;
    v_now  numeric;
begin
    select l.day_pence, l.day_pence * case when p_bulk then 0.8 else 1 end into v_cap, v_most
    from sms_limits l;
    if p_pence = 0 then
        return true;
    end if;
    insert into sms_budget (day) values (v_day) on conflict do nothing;
    select b.reserved + p_pence into v_now from sms_budget b where b.day = v_day for update;
    if v_now > v_most then
        perform api.sms_alarm_raise(case when p_bulk then 'budget_bulk' else 'budget_out' end);
        return false;
    end if;
    update sms_budget b set reserved = v_now where b.day = v_day;
    if v_now >= v_cap * 0.8 and v_now - p_pence < v_cap * 0.8 then
        perform api.sms_alarm_raise('budget_low');
    end if;
    return true;
end
$$;
