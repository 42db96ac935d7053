-- sign_in_check(id, digits, address, network, language): the digits that were texted, typed. The first time
-- that a number proves itself it becomes a voter on the register of mobile numbers of its area;
-- one number is one voter everywhere. Who comes from another area than before moves there, unless
-- they cast a ballot. From then on it is texted in `language`, unless that is null or it chose one
-- by text. Who ticked the box for bulk texts has now proved the number: it is consent.
-- Called by: server/store_phone.c, outside a transaction, so that the try is kept. Outcomes: 'good'
-- with voter, credential and generation; 'wrong'; 'ended' (three wrong answers, used, or unknown);
-- 'late' (the digits are older than ten minutes); 'void' (officers voided this number).
-- Each call writes one row of code_try. Locks: the sign-in's row, advisory (6, phone), the voter's.
create function api.sign_in_check(p_id uuid, p_digits bytea, p_address bytea, p_network bytea,
                                  p_language text default null)
returns table (outcome text, voter bigint, credential bigint, generation integer)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v         sign_in;
    v_outcome text;
    v_cred    credential;
begin
    select * into v from sign_in s where s.id = p_id for update;
    v_outcome := case
        when v.id is null or v.ended_at is not null or v.wrong >= 3 then 'ended'
        when v.sent_at < clock_timestamp() - interval '10 minutes' then 'late'
        when v.digits_key <> p_digits then case when v.wrong >= 2 then 'ended' else 'wrong' end
        else 'good' end;
    if v_outcome = 'wrong' or (v_outcome = 'ended' and v.ended_at is null and v.wrong = 2) then
        update sign_in s
        set wrong = s.wrong + 1,
            ended_at = case when s.wrong >= 2 then clock_timestamp() end
        where s.id = p_id;
    end if;
    insert into code_try (door, outcome, address_key, network_key, phone_key)
    values (3, case when v_outcome = 'good' then 'good' else 'wrong' end, p_address, p_network,
            v.phone_key);
    if v_outcome <> 'good' then
        return query select v_outcome, null::bigint, null::bigint, null::integer;
        return;
    end if;

    update sign_in s set ended_at = clock_timestamp(), number_sealed = null where s.id = p_id;
    perform pg_advisory_xact_lock(6, hashtext(encode(v.phone_key, 'hex')));
    v_cred := api.phone_voter(v.phone_key, v.number_sealed, v.neighbourhood_id);
    if v_cred.voided_at is not null then
        return query select 'void', null::bigint, null::bigint, null::integer;
        return;
    end if;
    if p_language is not null then
        insert into sms_language (recipient_key, language) values (v.phone_key, p_language)
        on conflict do nothing;
    end if;
    if v.news is not null then
        perform api.sms_consent_give(v.phone_key, v.number_sealed, v.neighbourhood_id, 'web',
                                     v.news);
    end if;
    return query select 'good', w.id, v_cred.id, w.generation
                 from voter w where w.id = v_cred.voter_id;
end
$$;
grant execute on function api.sign_in_check(uuid, bytea, bytea, bytea, text) to wardmote_web;
