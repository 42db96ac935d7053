-- cast_judge(rounds, items, numbers, weights): do these ballots obey their rounds' limits? Ballot i
-- is for round rounds[i]; pick k belongs to ballot items[k] (from 1), and picks of one ballot are
-- neighbours. One row a ballot that breaks a limit: its ordinal, outcome (a number of enum
-- cast_outcome), detail and limit as common/cast.h says. A ballot without a row obeys. The one place
-- where a ballot's limits live.
-- Called by: api.cast_write, api.ballot_check. Locks: none.
--
-- All ballots are judged together, by joins and groups: a look-up a ballot costs three times as
-- much. What only a refusal tells (which number, which pot) is asked in a second statement, when
-- there is one. Ranks 1 to n without a gap or a double are the bits 1 to n: their union, and n of
-- them. Costs are added as doubles, which hold sixty of a hundred billion pence exactly.
--
-- What a batch costs here was measured in instructions. Plans are made once, and since nothing is
-- known of a batch then, they are told: no scans (of every council's proposals for one round's), no
-- nested loops. Arrays are unnested in a select's list, as in "from" each would be stored first, and
-- beside their subscripts, of which the planner expects many. Weights that are all one, as in most
-- rounds, are not looked at: null stands for them.
create function api.cast_judge(p_round integer[], p_item integer[], p_number smallint[],
                               p_weight smallint[])
returns table (item integer, outcome integer, detail bigint, "limit" bigint)
language plpgsql stable
set search_path = wardmote, pg_temp
set plan_cache_mode = force_generic_plan
set enable_hashjoin = on set enable_nestloop = off set enable_seqscan = off
as $$
#variable_conflict use_column
declare
    v_item    integer[]; -- ballots that break a limit, or may,
    v_outcome integer[]; -- and which; 0: not known without a look at every pot
    v_picks   bigint[];
    v_points  bigint[];
    v_rounds  integer[] := p_round[1:1]; -- a batch has few
    v_weight  constant smallint[] := -- null: all are one
        case when not 1 = all (p_weight) then p_weight end;
begin
    if not v_rounds[1] = all (p_round) then
        v_rounds := array(select distinct d.round from unnest(p_round) d(round));
    end if;
    select array_agg(j.item), array_agg(j.outcome), array_agg(j.picks), array_agg(j.points)
    into v_item, v_outcome, v_picks, v_points
    from (
        with held as materialized ( -- a batch has few rounds: once each, not once a ballot
            select r.id, r.kind, r.min_picks, r.max_picks, r.blank_allowed, r.points_sum,
                   r.points_max,
                   (select min(t.amount) from pot t where t.round_id = r.id) as least_amount,
                   exists (select from pot t where t.round_id = r.id
                           and (t.min_picks is not null or t.max_picks is not null)) as pot_limits
            from round r where r.id = any (v_rounds)
        )
        select i.n as item, coalesce(s.picks, 0) as picks, coalesce(s.points, s.picks) as points,
               case when s.picks > s.standing then 9
                    when case r.kind when 'yes_no' then s.least < 0 or s.most > 1
                                     when 'points' then s.least < 1
                                     when 'ranking' then false
                                     else s.least <> 1 or s.most <> 1 end then 13
                    when s.picks is null then case when not r.blank_allowed then 21 end
                    when s.picks > r.max_picks then 11
                    when s.picks < r.min_picks then 12
                    when r.kind = 'ranking'
                         and (s.least < 1 or coalesce(s.most, 1) > s.picks
                              or coalesce(s.ranks, 2) <> (1::bigint << (s.picks::integer + 1)) - 2)
                         then 20
                    when r.kind = 'points' and coalesce(s.most, 1) > r.points_max then 19
                    when r.kind = 'points' and coalesce(s.points, s.picks) > r.points_sum then 18
                    -- What the smallest pot can pay, every pot can.
                    when r.pot_limits or (r.kind = 'knapsack' and s.cost > r.least_amount) then 0
               end as outcome
        from (select unnest(p_round) as round, generate_subscripts(p_round, 1) as n) i
        join held r on r.id = i.round
        left join ( -- what a ballot's picks come to
            select k.item, count(*) as picks, count(p.number) as standing, sum(p.cost) as cost,
                   sum(k.weight) as points, max(k.weight) as most, min(k.weight) as least,
                   bit_or(1::bigint << (k.weight & 63)) as ranks
            from (select unnest(p_item) as item, unnest(p_number) as number,
                         unnest(v_weight) as weight, generate_subscripts(p_item, 1)) k
            left join (select p.round_id, p.number, p.cost::float8 as cost
                       from proposal p
                       where p.round_id = any (v_rounds) and p.state = 'published') p
                   on p.round_id = p_round[k.item] and p.number = k.number
            group by k.item) s on s.item = i.n) j
    where j.outcome is not null;
    if v_item is null then
        return;
    end if;

    return query
    with found as (
        select f.item, f.outcome, f.picks, f.points, r.id as round, r.kind, r.min_picks,
               r.max_picks, r.points_sum, r.points_max
        from unnest(v_item, v_outcome, v_picks, v_points) f(item, outcome, picks, points)
        join round r on r.id = p_round[f.item]
    ), wrong_pick as ( -- the least number that is wrong; one that is unknown before one withdrawn
        select distinct on (f.item) f.item, k.number,
               case when f.outcome = 9 and p.state is null then 8 else f.outcome end as outcome
        from found f
        cross join lateral (
            select p_number[n] as number, p_weight[n] as weight
            from generate_series(array_position(p_item, f.item),
                                 array_position(p_item, f.item) + f.picks::integer - 1) n) k
        left join proposal p on p.round_id = f.round and p.number = k.number and p.state <> 'draft'
        where case f.outcome
                  when 9 then p.state is distinct from 'published'
                  when 13 then case f.kind when 'yes_no' then k.weight not in (0, 1)
                                           when 'points' then k.weight < 1
                                           else k.weight <> 1 end
                  when 19 then k.weight > f.points_max
                  when 20 then k.weight < 1 or k.weight > f.picks
                               or exists (select from unnest(p_item, p_number, p_weight)
                                              o(item, number, weight)
                                          where o.item = f.item and o.weight = k.weight
                                            and o.number < k.number) end
        order by f.item, f.outcome = 9 and p.state is not null, k.number
    ), per_pot as (
        select p_item[k] as item, p.pot_id, count(*) as picks, sum(p.cost)::bigint as cost
        from generate_series(1, cardinality(p_item)) k
        join proposal p on p.round_id = p_round[p_item[k]] and p.number = p_number[k]
        where p_item[k] = any (v_item) and p.round_id = any (p_round)
        group by p_item[k], p.pot_id
    ), wrong_pot as ( -- the first pot, in the frozen order, that says no; money before limits
        select distinct on (f.item) f.item,
               case when v.over then 10 when d.picks > t.max_picks then 22 else 23 end as outcome,
               case when v.over then d.cost - t.amount
                    else t.ordinal * 1000 + coalesce(d.picks, 0) end as detail,
               case when v.over then t.amount when d.picks > t.max_picks then t.max_picks
                    else t.min_picks end as "limit"
        from found f
        join pot t on t.round_id = f.round
        left join per_pot d on d.item = f.item and d.pot_id = t.id
        cross join lateral (
            select f.kind = 'knapsack' and coalesce(d.cost > t.amount, false) as over) v
        where f.outcome = 0
          and (v.over or d.picks > t.max_picks or coalesce(d.picks, 0) < t.min_picks)
        order by f.item, v.over desc, t.ordinal
    )
    select f.item, coalesce(n.outcome, o.outcome, f.outcome),
           case f.outcome when 0 then o.detail
                          when 11 then f.picks
                          when 12 then f.picks
                          when 18 then f.points
                          when 21 then 0
                          else n.number end,
           case f.outcome when 0 then o.limit
                          when 11 then f.max_picks
                          when 12 then f.min_picks
                          when 18 then f.points_sum
                          when 19 then f.points_max end::bigint
    from found f
    left join wrong_pick n on n.item = f.item
    left join wrong_pot o on o.item = f.item
    where f.outcome <> 0 or o.item is not null;
end
$$;
