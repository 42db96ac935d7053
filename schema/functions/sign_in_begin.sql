-- sign_in_begin(id, phone, number, digits, sealed, area, postcode, address, network,
-- news, language): somebody who
-- wants to vote by mobile number. `phone` is the number's keyed hash, `number` its seal, `digits`
-- the keyed hash of the five digits and `sealed` their seal, which a text brings (a notice). `news`: the words of a box that was ticked,
-- asking for bulk texts; null where it was not. `language`: to text in; null: as the number is.
-- Called by: server/store_phone.c. Outcomes: 'sent'; 'area' (neither a neighbourhood nor a postcode
-- that says which); 'wait' (three sign-ins of this number in an hour, 5 of this address or 50 of
-- its network in 15 minutes, 2,000 in an hour in all). Whether a number voted before is not told.
-- Locks: advisory (6, phone).
create function api.sign_in_begin(
    p_id uuid, p_phone bytea, p_number bytea, p_digits bytea, p_sealed bytea, p_area text,
    p_postcode text, p_address bytea, p_network bytea, p_news text,
    p_language text default null)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_now  constant timestamptz := clock_timestamp();
    v_area integer;
begin
    perform pg_advisory_xact_lock(6, hashtext(encode(p_phone, 'hex')));
    select coalesce((select p.neighbourhood_id from postcode p
                     where p.postcode = api.postcode_read(p_postcode)),
                    (select n.id from neighbourhood n where n.slug = p_area))
    into v_area;
    if v_area is null then
        return 'area';
    elsif (select count(*) from sign_in s
           where s.phone_key = p_phone and s.created_at > v_now - interval '1 hour') >= 3
       or (select count(*) from sign_in s
           where s.address_key = p_address and s.created_at > v_now - interval '15 minutes') >= 5
       or (select count(*) from sign_in s
           where s.network_key = p_network and s.created_at > v_now - interval '15 minutes') >= 50
       or (select count(*) from sign_in s where s.created_at > v_now - interval '1 hour') >= 2000 then
        return 'wait';
    end if;
    insert into sign_in (id, phone_key, number_sealed, digits_key, neighbourhood_id, address_key,
                         network_key, news)
    values (p_id, p_phone, p_number, p_digits, v_area, p_address, p_network, p_news);
    insert into notice (kind, number_sealed, recipient_key, body_sealed, language)
    values ('sign_in_code', p_number, p_phone, p_sealed, p_language);
    perform pg_notify('sms_in', '');
    return 'sent';
end
$$;
grant execute on function api.sign_in_begin(uuid, bytea, bytea, bytea, bytea, text, text, bytea,
    bytea, text, text) to wardmote_web;
