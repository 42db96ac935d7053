-- desk_sms_gateway(officer, name, price, price_abroad, rate, pause_until): what an officer or
-- operator says about a provider; null leaves a value as it is. A pause in the past ends it.
-- Called by: the desk. Locks: the provider's row.
create function api.desk_sms_gateway(p_officer integer, p_name text, p_price numeric,
                                    p_price_abroad numeric, p_rate real, p_pause_until timestamptz)
returns void
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
begin
    insert into sms_gateway (name) values (p_name) on conflict do nothing;
    update sms_gateway g
    set price = coalesce(p_price, g.price), price_abroad = coalesce(p_price_abroad, g.price_abroad),
        rate = coalesce(p_rate, g.rate), burst = greatest(coalesce(p_rate, g.burst), 1),
        paused_until = coalesce(p_pause_until, g.paused_until),
        paused_why = case when p_pause_until is not null then 'an officer' else g.paused_why end
    where g.name = p_name;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'sms.gateway', 'provider ' || p_name,
            jsonb_build_object('price', p_price, 'price_abroad', p_price_abroad, 'rate', p_rate,
                               'pause_until', p_pause_until));
end
$$;
grant execute on function api.desk_sms_gateway(integer, text, numeric, numeric, real, timestamptz)
    to wardmote_desk;
