-- sms_standing(voters, sender_keys, ats): the ballots of these voters that stand in rounds which
-- were open at `at` or closed in the four weeks before, for MY VOTE and UNDO. One row a pick, in a
-- ranking the first choice first; one row with a null number for a blank ballot. `mine`: the text
-- that cast it came from this sender; `takes`: a text of that moment can still change it; `voided`:
-- two officers declared it void.
-- Called by: sms/inbox.c. Locks: none.
create function api.sms_standing(p_voter bigint[], p_sender_key bytea[], p_at timestamptz[])
returns table (item integer, round integer, kind text, agreement boolean, area text, opens text,
               closes text, ended boolean, takes boolean, channel smallint, cast_words text,
               mine boolean, voided boolean, receipt bigint, points integer, number smallint,
               weight smallint, short_name text, cost bigint, pot integer, pot_amount bigint)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select a.n::integer, r.id, r.kind, r.edition_id is not null, h.name, api.sms_when(r.opens_at),
           api.sms_when(r.closes_at), r.closes_at <= clock_timestamp(),
           r.state = 'scheduled' and a.at < r.closes_at + r.grace, x.channel,
           api.sms_when(x.cast_at),
           coalesce(i.sender_key = a.sender_key, false), d.revision is not null, x.receipt,
           r.points_sum::integer, k.number, k.weight, p.short_name, p.cost, t.ordinal::integer,
           t.amount
    from unnest(p_voter, p_sender_key, p_at) with ordinality a(voter, sender_key, at, n)
    join voter v on v.id = a.voter
    join neighbourhood_within w on w.neighbourhood_id = v.neighbourhood_id
    join round r on r.neighbourhood_id = w.within_id and r.frozen
                and a.at < r.closes_at + interval '28 days'
    join ballot b on b.round_id = r.id and b.voter_id = v.id
    join neighbourhood h on h.id = r.neighbourhood_id
    join revision x on x.round_id = b.round_id and x.voter_id = b.voter_id
                   and x.revision = b.current_revision and not x.withdrawn
    left join revision_void d on d.round_id = x.round_id and d.voter_id = x.voter_id
                             and d.revision = x.revision
    left join inbox i on i.id = x.inbox_id
    left join lateral unnest(x.numbers, x.weights) k(number, weight) on true
    left join proposal p on p.round_id = r.id and p.number = k.number and p.state <> 'draft'
    left join pot t on t.id = p.pot_id
    order by a.n, r.closes_at <= a.at, r.kind = 'yes_no', r.closes_at, r.id,
             case when r.kind = 'ranking' then k.weight end, k.number
$$;
grant execute on function api.sms_standing(bigint[], bytea[], timestamptz[]) to wardmote_sms;
