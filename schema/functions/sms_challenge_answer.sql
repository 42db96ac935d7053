-- sms_challenge_answer(inbox, number, digits, place, refuses): a text of five digits. `number`: its
-- sender's, sealed; `digits`: their keyed hash; `place`: what else it said; `refuses`: it said NO.
-- The right digits make the number a voter (of the innermost area that the waiting text votes in,
-- or the one that a postcode or name tells) and declare what the rounds require.
-- Called by: sms/inbox_look.c. Outcomes: 'none' (nothing waits for this number); 'wrong' with how many
-- tries are left; 'ended' (the third wrong one); 'age', 'format', 'elsewhere' with its area,
-- 'unknown' as api.voter_declare says, and the challenge goes on; 'void' (officers voided the
-- number); 'good' with the text that waited: its inbox id where its time is kept (the answer came
-- within the grace), else the answer's own. The challenge is over once the text is answered
-- (api.sms_answer). Locks: rows of sms_challenge, advisory (6, number), the voter's.
create function api.sms_challenge_answer(p_inbox bigint, p_number bytea, p_digits bytea,
                                         p_place text, p_refuses boolean)
returns table (outcome text, tries_left integer, area text, challenge bigint, cast_inbox bigint,
               body_sealed bytea, residence text)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_text  inbox;
    v_first inbox;
    v       sms_challenge;
    v_cred  credential;
    v_round round;
    v_area  integer;
    v_age   integer;
    v_cast  timestamptz;
    v_kept  boolean := true;
    v_said  text;
    v_lies  text;
begin
    select * into v_text from inbox i where i.id = p_inbox;
    select * into v from sms_challenge c
    where c.sender_key = v_text.sender_key and c.ended_at is null and c.digits_key = p_digits
      and c.created_at > clock_timestamp() - interval '2 hours'
    order by c.id desc limit 1 for update;
    if v.id is null then
        with bumped as (
            update sms_challenge c
            set wrong = c.wrong + 1, ended_at = case when c.wrong >= 2 then clock_timestamp() end
            where c.sender_key = v_text.sender_key and c.ended_at is null
              and c.created_at > clock_timestamp() - interval '2 hours'
            returning c.wrong
        )
        select max(3 - b.wrong) into tries_left from bumped b;
        return query select case when tries_left is null then 'none' when tries_left > 0
                                 then 'wrong' else 'ended' end,
                            tries_left, null::text, null::bigint, null::bigint, null::bytea,
                            null::text;
        return;
    end if;
    select * into v_first from inbox i where i.id = v.inbox_id;
    v_age := substring(regexp_replace(p_place, '[A-Za-z]+ *[0-9]+[A-Za-z]? *[0-9]+[A-Za-z]+', '')
                       from '\m\d{1,2}\M')::integer;

    perform pg_advisory_xact_lock(6, hashtext(encode(v.sender_key, 'hex')));
    select coalesce(
        (select n.id from neighbourhood n
         left join postcode p on p.neighbourhood_id = n.id and p.postcode = api.postcode_read(
             substring(p_place from '[A-Za-z]{1,2} *[0-9][0-9A-Za-z]? *[0-9][A-Za-z]{2}'))
         where (p.postcode is not null or lower(n.name) = lower(p_place))
           and exists (select from neighbourhood_within w
                       join round r on r.neighbourhood_id = w.within_id
                                   and r.id = any (v.rounds)
                       where w.neighbourhood_id = n.id)
         order by p.postcode is null, n.id limit 1),
        (select r.neighbourhood_id from round r where r.id = any (v.rounds)
         order by (select count(*) from neighbourhood_within w
                   where w.neighbourhood_id = r.neighbourhood_id) desc, r.id limit 1))
    into v_area;
    if v_area is not null then
        v_cred := api.phone_voter(v.sender_key, p_number, v_area);
    else
        select * into v_cred from credential c where c.lookup = v.sender_key and c.kind = 'phone';
    end if;
    if v_cred.voided_at is not null then
        return query select 'void', null::integer, null::text, v.id, null::bigint, null::bytea,
                            null::text;
        return;
    end if;

    for v_round in select * from round r where r.id = any (v.rounds) order by r.id loop
        v_cast := case when v_first.sent_at between v_first.received_at - v_round.grace
                                                and v_first.received_at
                       then v_first.sent_at else v_first.received_at end;
        if v_text.received_at > v_cast + v_round.grace then
            v_kept := false;
            v_cast := v_text.received_at;
        end if;
        continue when (v_round.minimum_age is null and v_round.residence = 'none')
            or exists (select from declaration d
                       where d.round_id = v_round.id and d.voter_id = v_cred.voter_id
                         and (v_round.minimum_age is null or d.old_enough)
                         and (v_round.residence = 'none' or d.residence <> ''));
        select d.outcome, d.area into v_said, v_lies
        from voter w
        cross join lateral api.voter_declare(
            v_round.id, w.id, v_cred.id, w.generation,
            not p_refuses and coalesce(v_age >= v_round.minimum_age, true),
            case when v_round.residence = 'postcode'
                 then substring(p_place from '[A-Za-z]{1,2} *[0-9][0-9A-Za-z]? *[0-9][A-Za-z]{2}')
                 else p_place end, 2::smallint, v_cast) d
        where w.id = v_cred.voter_id
        limit 1; -- a text tells one mistake at a time
        if v_said in ('age', 'format', 'elsewhere', 'unknown') then
            return query select v_said, null::integer, coalesce(v_lies, h.name), v.id,
                                null::bigint, null::bytea, v_round.residence
                         from neighbourhood h where h.id = v_round.neighbourhood_id;
            return;
        end if;
    end loop;
    if p_refuses then
        return query select 'age', null::integer, null::text, v.id, null::bigint, null::bytea,
                            null::text;
        return;
    end if;
    return query select 'good', null::integer, null::text, v.id,
                        case when v_kept then v_first.id else p_inbox end, v_first.body_sealed,
                        null::text;
end
$$;
grant execute on function api.sms_challenge_answer(bigint, bytea, bytea, text, boolean)
    to wardmote_sms;
