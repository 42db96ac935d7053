-- sms_code(lookups, phones, sender_keys, ats): whose voting codes are these? One row a text by its
-- ordinal. A look-up of null is a code that cannot be one (wrong check digit). Every try leaves a
-- row in code_try; a sender with five wrong ones in an hour is limited, and then not even a right
-- code is looked at. Unknown and void codes are alike. Where `phones` says so there is no code, and
-- the look-up is the sender's number: that proves nothing, and is no try.
-- With the voter: the name of the area that the code is for, whether a ballot of the voter's
-- stands in a round that was open at `at`, and the projects that those ballots chose.
-- Called by: sms/inbox.c. Outcomes: voter null: wrong code, or `limited`. Locks: none.
create function api.sms_code(p_lookup bytea[], p_phone boolean[], p_sender_key bytea[],
                             p_at timestamptz[])
returns table (item integer, voter bigint, generation integer, limited boolean, area text,
               voted boolean, standing text)
language sql security definer
set search_path = wardmote, pg_temp
as $$
    with asked as (
        select a.n::integer as n, a.lookup, a.phone, a.sender_key, a.at,
               not a.phone and (select count(*) from code_try f
                where f.phone_key = a.sender_key and f.outcome = 'wrong'
                  and f.at > clock_timestamp() - interval '1 hour') >= 5 as limited
        from unnest(p_lookup, p_phone, p_sender_key, p_at) with ordinality
             a(lookup, phone, sender_key, at, n)
    ), found as (
        select a.*, v.id as voter, v.generation, n.name as area
        from asked a
        left join credential c on c.lookup = a.lookup and c.voided_at is null
                              and c.kind = case when a.phone then 'phone' else 'code' end
                              and not a.limited
        left join voter v on v.id = c.voter_id
        left join neighbourhood n on n.id = v.neighbourhood_id
    ), tried as (
        insert into code_try (door, outcome, phone_key)
        select 2, case when f.limited then 'wait' when f.voter is null then 'wrong' else 'good' end,
               f.sender_key
        from found f where not f.phone
    )
    select f.n, f.voter, f.generation, f.limited, f.area, s.voted,
           s.standing
    from found f
    left join lateral (
        select count(*) > 0 as voted,
               string_agg((select string_agg(to_char(k.number, 'FM0000'), ' ')
                           from unnest(h.numbers) k(number)), ' ' order by r.id)
                   filter (where r.kind <> 'yes_no') as standing
        from neighbourhood_within w
        join round r on r.neighbourhood_id = w.within_id and r.state = 'scheduled'
                    and r.opens_at <= f.at and f.at < r.closes_at + r.grace
        join ballot b on b.round_id = r.id and b.voter_id = f.voter
        join revision h on h.round_id = b.round_id and h.voter_id = b.voter_id
                       and h.revision = b.current_revision and not h.withdrawn
        where w.neighbourhood_id = (select v.neighbourhood_id from voter v where v.id = f.voter)
    ) s on f.voter is not null
    order by f.n
$$;
grant execute on function api.sms_code(bytea[], boolean[], bytea[], timestamptz[]) to wardmote_sms;
