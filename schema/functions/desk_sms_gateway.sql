-- desk_sms_gateway(officer, name, price, price_abroad, rate): what an officer says about a
-- provider: pence a segment at home and abroad, texts a second; as typed.
-- Called by: server/store_sms.c. Outcomes: 'saved'; 'not_found'; 'role'; or all that is wrong, with
-- spaces between: 'price', 'abroad' (not a number of pence, 0 to 1,000 with at most four decimals),
-- 'rate' (not 0.1 to 5,000).
-- Locks: the provider's row.
create function api.desk_sms_gateway(p_officer integer, p_name text, p_price text,
                                    p_price_abroad text, p_rate text)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_pence constant text := '^[0-9]{1,4}(\.[0-9]{1,4})?$';
    v_wrong text;
begin
    if not api.desk_texts_may(p_officer) then
        return 'role';
    elsif not exists (select from sms_gateway g where g.name = p_name) then
        return 'not_found';
    end if;
    v_wrong := concat_ws(' ',
        case when p_price !~ v_pence then 'price'
             when p_price::numeric > 1000 then 'price' end,
        case when p_price_abroad !~ v_pence then 'abroad'
             when p_price_abroad::numeric > 1000 then 'abroad' end,
        case when p_rate !~ v_pence then 'rate'
             when p_rate::numeric not between 0.1 and 5000 then 'rate' end);
    if v_wrong <> '' then
        return v_wrong;
    end if;
    update sms_gateway g
    set price = p_price::numeric, price_abroad = p_price_abroad::numeric, rate = p_rate::real,
        burst = greatest(p_rate::real, 1)
    where g.name = p_name;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'sms.gateway', 'provider ' || p_name,
            jsonb_build_object('price', p_price::numeric, 'price_abroad', p_price_abroad::numeric,
                               'rate', p_rate::numeric));
    return 'saved';
end
$$;
grant execute on function api.desk_sms_gateway(integer, text, text, text, text)
    to wardmote_desk;
