-- cast_judge(rounds, numbers, weights): do these ballots obey their rounds' limits? Ballot i has
-- picks numbers[i] and weights[i], array literals such as '{1271,2716}'. One row a ballot that
-- breaks a limit: its ordinal from 1, outcome (a number of enum cast_outcome), detail and limit as
-- common/cast.h says. A ballot without a row obeys. The one place where a ballot's limits live.
-- Called by: api.cast_write, api.ballot_check. Locks: none.
--
-- All ballots are judged together, by joins and groups: a look-up a ballot costs three times as
-- much. cast_write forbids hash joins for its own sake; here the tables are small, and "any" keeps
-- the scans to the rounds in question.
create function api.cast_judge(p_round integer[], p_numbers text[], p_weights text[])
returns table (item integer, outcome integer, detail bigint, "limit" bigint)
language plpgsql stable
set search_path = wardmote, pg_temp
set enable_hashjoin = on
as $$
#variable_conflict use_column
begin
    return query
    with pick as (
        select i.n as item, i.round, unnest(i.numbers::smallint[]) as number,
               unnest(i.weights::smallint[]) as weight
        from unnest(p_round, p_numbers, p_weights) with ordinality i(round, numbers, weights, n)
    ), drawn as materialized (
        select k.item, p.pot_id, count(*) as picks, sum(p.cost) as cost,
               min(k.number) filter (where p.id is null) as unknown,
               min(k.number) filter (where p.state = 'withdrawn') as withdrawn,
               min(k.number) filter (where k.weight <> 1) as not_one,
               min(k.number) filter (where k.weight not in (0, 1)) as not_yes_or_no
        from pick k
        left join proposal p
               on p.round_id = k.round and p.number = k.number and p.state <> 'draft'
              and p.round_id = any (p_round)
        group by k.item, p.pot_id
    ), summed as (
        select d.item, sum(d.picks) as picks, min(d.unknown) as unknown,
               min(d.withdrawn) as withdrawn, min(d.not_one) as not_one,
               min(d.not_yes_or_no) as not_yes_or_no, bool_or(d.cost > t.amount) as over
        from drawn d left join pot t on t.id = d.pot_id and t.round_id = any (p_round)
        group by d.item
    ), held as materialized (
        select r.id, r.kind, r.min_picks, r.max_picks from round r where r.id = any (p_round)
    ), judged as (
        select i.n as item, r.min_picks, r.max_picks, coalesce(s.picks, 0)::bigint as picks,
               s.unknown, s.withdrawn, case when r.kind = 'yes_no' then s.not_yes_or_no
                                            else s.not_one end as bad,
               r.kind = 'knapsack' and s.over as over
        from unnest(p_round) with ordinality i(round, n)
        join held r on r.id = i.round
        left join summed s on s.item = i.n
    )
    select j.item::integer,
           case when j.unknown is not null then 8
                when j.withdrawn is not null then 9
                when j.bad is not null then 13
                when j.picks > j.max_picks then 11
                when j.picks < j.min_picks then 12
                else 10 end,
           case when j.unknown is not null then j.unknown
                when j.withdrawn is not null then j.withdrawn
                when j.bad is not null then j.bad
                when j.picks > j.max_picks or j.picks < j.min_picks then j.picks
                else o.pence end,
           case when j.picks > j.max_picks then j.max_picks
                when j.picks < j.min_picks then j.min_picks
                else o.amount end
    from judged j
    left join lateral (
        select (d.cost - t.amount)::bigint as pence, t.amount
        from drawn d join pot t on t.id = d.pot_id
        where d.item = j.item and d.cost > t.amount
        order by t.ordinal limit 1) o on j.over
    where j.unknown is not null or j.withdrawn is not null or j.bad is not null
       or j.picks > j.max_picks or j.picks < j.min_picks or j.over;
end
$$;
