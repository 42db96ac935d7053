-- cast_judge(rounds, items, numbers, weights): do these ballots obey their rounds' limits? Ballot i
-- is for round rounds[i]; pick k belongs to ballot items[k] (from 1). One row a ballot that breaks a
-- limit: its ordinal, outcome (a number of enum cast_outcome), detail and limit as common/cast.h
-- says. A ballot without a row obeys. The one place where a ballot's limits live.
-- Called by: api.cast_write, api.ballot_check. Locks: none.
--
-- All ballots are judged together, by joins and groups: a look-up a ballot costs three times as
-- much. cast_write forbids hash joins for its own sake; here the tables are small, and "any" keeps
-- the scans to the rounds in question. Ranks 1 to n without a gap or a double are the bits 1 to n:
-- their union, and n of them.
create function api.cast_judge(p_round integer[], p_item integer[], p_number smallint[],
                               p_weight smallint[])
returns table (item integer, outcome integer, detail bigint, "limit" bigint)
language plpgsql stable
set search_path = wardmote, pg_temp
set enable_hashjoin = on
as $$
#variable_conflict use_column
begin
    return query
    with drawn as materialized ( -- a ballot's picks, pot by pot
        select k.item, p.pot_id, count(*) as picks, sum(p.cost) as cost,
               sum(k.weight) as points, max(k.weight) as most, min(k.weight) as least,
               bit_or(case when k.weight between 1 and 60 then 1::bigint << k.weight
                           else 0 end) as ranks,
               min(k.number) filter (where p.id is null) as unknown,
               min(k.number) filter (where p.state = 'withdrawn') as withdrawn,
               min(k.number) filter (where k.weight <> 1) as not_one,
               min(k.number) filter (where k.weight not in (0, 1)) as not_yes_or_no,
               min(k.number) filter (where k.weight < 1) as not_positive
        from unnest(p_item, p_number, p_weight) k(item, number, weight)
        left join proposal p
               on p.round_id = p_round[k.item] and p.number = k.number and p.state <> 'draft'
              and p.round_id = any (p_round)
        group by k.item, p.pot_id
    ), summed as (
        select d.item, sum(d.picks) as picks, sum(d.points) as points, max(d.most) as most,
               bit_or(d.ranks) as ranks, min(d.unknown) as unknown,
               min(d.withdrawn) as withdrawn, min(d.not_one) as not_one,
               min(d.not_yes_or_no) as not_yes_or_no, min(d.not_positive) as not_positive,
               bool_or(d.cost > t.amount) as over
        from drawn d left join pot t on t.id = d.pot_id and t.round_id = any (p_round)
        group by d.item
    ), held as materialized (
        select r.id, r.kind, r.min_picks, r.max_picks, r.blank_allowed, r.points_sum, r.points_max,
               exists (select from pot t where t.round_id = r.id
                       and (t.min_picks is not null or t.max_picks is not null)) as pot_limits
        from round r where r.id = any (p_round)
    ), judged as (
        select i.n as item, r.id as round, r.min_picks, r.max_picks, r.points_sum, r.points_max,
               coalesce(s.picks, 0)::bigint as picks, s.points, s.unknown, s.withdrawn,
               r.pot_limits and s.picks > 0 as pot_limits,
               case r.kind when 'yes_no' then s.not_yes_or_no
                           when 'points' then s.not_positive
                           when 'ranking' then null
                           else s.not_one end as bad,
               s.picks is null and not r.blank_allowed as empty,
               r.kind = 'knapsack' and s.over as over,
               r.kind = 'points' and s.most > r.points_max as over_max,
               r.kind = 'points' and s.points > r.points_sum as over_points,
               r.kind = 'ranking'
               and s.ranks is distinct from (1::bigint << (s.picks::integer + 1)) - 2 as bad_ranks
        from unnest(p_round) with ordinality i(round, n)
        join held r on r.id = i.round
        left join summed s on s.item = i.n
    ), found as (
        select j.*,
               case when j.unknown is not null then 8
                    when j.withdrawn is not null then 9
                    when j.bad is not null then 13
                    when j.empty then 21
                    when j.picks > j.max_picks then 11
                    when j.picks > 0 and j.picks < j.min_picks then 12
                    when j.bad_ranks and j.picks > 0 then 20
                    when j.over_max then 19
                    when j.over_points then 18
                    when j.over then 10 end as outcome
        from judged j
        where j.unknown is not null or j.withdrawn is not null or j.bad is not null or j.empty
           or j.picks > j.max_picks or (j.picks > 0 and j.picks < j.min_picks) or j.over
           or j.over_max or j.over_points or (j.bad_ranks and j.picks > 0) or j.pot_limits
    )
    select f.item::integer, coalesce(f.outcome, o.outcome),
           case f.outcome
               when 8 then f.unknown::bigint
               when 9 then f.withdrawn::bigint
               when 13 then f.bad::bigint
               when 18 then f.points::bigint
               when 19 then (select min(k.number) from unnest(p_item, p_number, p_weight)
                                 k(item, number, weight)
                             where k.item = f.item and k.weight > f.points_max)::bigint
               when 20 then (select min(k.number) from unnest(p_item, p_number, p_weight)
                                 k(item, number, weight)
                             where k.item = f.item
                               and (k.weight < 1 or k.weight > f.picks
                                    or exists (select from unnest(p_item, p_number, p_weight)
                                                   o(item, number, weight)
                                               where o.item = f.item and o.weight = k.weight
                                                 and o.number < k.number)))::bigint
               when 11 then f.picks
               when 12 then f.picks
               when 21 then 0
               else o.detail end,
           case f.outcome
               when 11 then f.max_picks
               when 12 then f.min_picks
               when 18 then f.points_sum
               when 19 then f.points_max
               else o.limit end
    from found f
    left join lateral ( -- the first pot, in the frozen order, that says no
        select case when f.over and d.cost > t.amount then 10
                    when d.picks > t.max_picks then 22 else 23 end as outcome,
               case when f.over and d.cost > t.amount then (d.cost - t.amount)::bigint
                    else t.ordinal * 1000 + coalesce(d.picks, 0) end as detail,
               case when f.over and d.cost > t.amount then t.amount
                    when d.picks > t.max_picks then t.max_picks
                    else t.min_picks end as "limit"
        from pot t left join drawn d on d.pot_id = t.id and d.item = f.item
        where t.round_id = f.round
          and case when f.outcome = 10 then d.cost > t.amount
                   else f.pot_limits and (d.picks > t.max_picks
                                          or coalesce(d.picks, 0) < t.min_picks) end
        order by t.ordinal limit 1) o on f.outcome is null or f.outcome = 10
    where f.outcome is not null or o.outcome is not null;
end
$$;
