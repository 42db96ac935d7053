-- sms_code(lookups, phones, sender_keys, ats): whose voting codes are these? One row a text by its
-- ordinal. A look-up of null is a code that cannot be one (wrong check digit). Every try leaves a
-- row in code_try; a sender with five wrong ones in an hour is limited, and then not even a right
-- code is looked at. Unknown and void codes are alike. Where `phones` says so there is no code, and
-- the look-up is the sender's number: that proves nothing, and is no try.
-- With the voter: the name of the area that the code is for, whether a ballot of the voter's
-- stands in a round that was open at `at`, and the projects that those ballots chose, in a ranking
-- the first choice first: only where this sender's texts cast them all, as in MY VOTE, since a code
-- may be in other hands than the phone that used it.
-- Called by: sms/inbox.c. Outcomes: voter null: wrong code, or `limited`. Locks: none.
create function api.sms_code(p_lookup bytea[], p_phone boolean[], p_sender_key bytea[],
                             p_at timestamptz[])
returns table (item integer, voter bigint, generation integer, limited boolean, area text,
               voted boolean, standing text)
language plpgsql security definer -- which keeps its plan from call to call
set search_path = wardmote, pg_temp
set enable_seqscan = off -- plans made while the tables were empty stay for long
as $$
#variable_conflict use_column
begin
    return query
    with asked as (
        select a.n::integer as n, a.lookup, a.phone, a.sender_key, a.at,
               not a.phone and (select count(*) from code_try f
                where f.phone_key = a.sender_key and f.outcome = 'wrong'
                  and f.at > clock_timestamp() - interval '1 hour') >= 5 as limited
        from unnest(p_lookup, p_phone, p_sender_key, p_at) with ordinality
             a(lookup, phone, sender_key, at, n)
    ), found as materialized (
        select a.*, v.id as voter, v.generation, v.neighbourhood_id
        from asked a
        left join credential c on c.lookup = a.lookup and c.voided_at is null
                              and c.kind = case when a.phone then 'phone' else 'code' end
                              and not a.limited
        left join voter v on v.id = c.voter_id
    ), tried as (
        insert into code_try (door, outcome, phone_key)
        select 2, case when f.limited then 'wait' when f.voter is null then 'wrong' else 'good' end,
               f.sender_key
        from found f where not f.phone
    ), place as materialized ( -- of few areas come many texts
        select n.id, n.name from neighbourhood n
        where n.id in (select f.neighbourhood_id from found f)
    ), reach as materialized (
        select w.neighbourhood_id, r.id, r.kind, r.opens_at, r.closes_at + r.grace as until
        from place p
        join neighbourhood_within w on w.neighbourhood_id = p.id
        join round r on r.neighbourhood_id = w.within_id and r.state = 'scheduled'
        where r.opens_at <= (select max(f.at) from found f)
          and r.closes_at + r.grace > (select min(f.at) from found f)
    ), stands as materialized (
        select f.n, r.id as round, r.kind, h.numbers, h.weights,
               coalesce((select i.sender_key = f.sender_key from inbox i where i.id = h.inbox_id),
                        false) as mine
        from found f
        join reach r on r.neighbourhood_id = f.neighbourhood_id
                    and r.opens_at <= f.at and f.at < r.until
        join ballot b on b.round_id = r.id and b.voter_id = f.voter
        join revision h on h.round_id = b.round_id and h.voter_id = b.voter_id
                       and h.revision = b.current_revision and not h.withdrawn
    ), said as materialized (
        select s.n,
               case when bool_and(s.mine) then string_agg(
                   (select string_agg(to_char(k.number, 'FM0000'), ' '
                                      order by case s.kind when 'ranking' then k.weight end, k.number)
                    from unnest(s.numbers, s.weights) k(number, weight)), ' ' order by s.round)
                   filter (where s.kind <> 'yes_no') end as standing
        from stands s group by s.n
    )
    select f.n, f.voter, f.generation, f.limited, p.name, s.n is not null, s.standing
    from found f
    left join place p on p.id = f.neighbourhood_id
    left join said s on s.n = f.n
    order by f.n;
end
$$;
grant execute on function api.sms_code(bytea[], boolean[], bytea[], timestamptz[]) to wardmote_sms;
