-- sms_numbers(voters, numbers, ats): what do these numbers mean to these voters? A voter may be
-- null: a text without a code. One row a number that some round has, by its ordinal; none when no
-- round that was ever scheduled has it.
-- A number belongs to one round of those open together. When none holds it at `at`, the nearest
-- in time is named, so that the reply can say "not open yet" or "closed": the cast decides.
-- Called by: sms/inbox.c. Outcomes: `ended`: the round takes no more texts now; times as replies
-- say them; `takes`: a text of that moment is in time; `eligibility` as the round has it; money in pence; cost and pot null in a yes_no round,
-- points null but in a points round. Locks: none.
create function api.sms_numbers(p_voter bigint[], p_number smallint[], p_at timestamptz[])
returns table (item integer, round integer, kind text, agreement boolean, area text,
               short_name text, cost bigint, pot integer, pot_amount bigint, opens text,
               closes text, ended boolean, points integer, point_max integer, eligibility text,
               takes boolean)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select a.n::integer, c.round, c.kind, c.edition_id is not null, c.area, c.short_name, c.cost,
           c.pot, c.amount, api.sms_when(c.opens_at), api.sms_when(c.closes_at),
           c.closes_at <= clock_timestamp(), c.points_sum::integer, c.points_max::integer,
           c.eligibility, c.takes
    from unnest(p_voter, p_number, p_at) with ordinality a(voter, number, at, n)
    cross join lateral (
        select r.id as round, r.kind, r.edition_id, h.name as area, p.short_name, p.cost,
               t.ordinal::integer as pot, t.amount, r.opens_at, r.closes_at, r.points_sum,
               r.points_max, r.eligibility,
               r.opens_at <= a.at and a.at < r.closes_at + r.grace as takes
        from proposal p
        join round r on r.id = p.round_id and r.frozen
        join neighbourhood h on h.id = r.neighbourhood_id
        left join pot t on t.id = p.pot_id
        where p.number = a.number and p.state <> 'draft'
        order by (r.opens_at <= a.at and a.at < r.closes_at + r.grace) desc,
                 exists (select from voter v
                         join neighbourhood_within w on w.neighbourhood_id = v.neighbourhood_id
                         join register g on g.id = v.register_id
                         where v.id = a.voter and w.within_id = r.neighbourhood_id
                           and api.register_holds(g.kind, g.retired_at, r.eligibility)) desc,
                 least(abs(extract(epoch from r.opens_at - a.at)),
                       abs(extract(epoch from r.closes_at - a.at))), r.id
        limit 1) c
    order by a.n
$$;
grant execute on function api.sms_numbers(bigint[], smallint[], timestamptz[]) to wardmote_sms;
