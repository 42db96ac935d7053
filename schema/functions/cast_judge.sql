-- cast_judge(round, kind, min, max, numbers, weights): do these picks obey the round's limits?
-- One row: outcome (null: they do; else a number of enum cast_outcome), detail and limit as
-- common/cast.h says. The one place where a ballot's limits live; the ballot form and the SMS
-- daemon ask it through others. Called by: api.cast_write, api.ballot_check. Locks: none.
create function api.cast_judge(p_round integer, p_kind text, p_min integer, p_max integer,
                               p_numbers smallint[], p_weights smallint[])
returns table (outcome integer, detail bigint, "limit" bigint)
language sql stable as $$
    with pick as (
        select k.number, k.weight, p.state, p.cost, p.pot_id
        from unnest(p_numbers, p_weights) k(number, weight)
        left join wardmote.proposal p
               on p.round_id = p_round and p.number = k.number and p.state <> 'draft'
    ), sum as (
        select count(*) as n, min(number) filter (where state is null) as unknown,
               min(number) filter (where state = 'withdrawn') as withdrawn,
               min(number) filter (where weight <> 1
                                     and not (p_kind = 'yes_no' and weight = 0)) as bad
        from pick
    ), over as (
        select o.cost - t.amount as pence, t.amount
        from (select pot_id, sum(cost)::bigint as cost from pick
              where p_kind = 'knapsack' group by pot_id) o
        join wardmote.pot t on t.id = o.pot_id
        where o.cost > t.amount
        order by t.ordinal limit 1
    )
    select case when s.unknown is not null then 8
                when s.withdrawn is not null then 9
                when s.bad is not null then 13
                when s.n > p_max then 11
                when s.n < p_min then 12
                when o.pence is not null then 10 end,
           case when s.unknown is not null then s.unknown::bigint
                when s.withdrawn is not null then s.withdrawn::bigint
                when s.bad is not null then s.bad::bigint
                when s.n > p_max or s.n < p_min then s.n
                else o.pence end,
           case when s.n > p_max then p_max::bigint
                when s.n < p_min then p_min::bigint
                else o.amount end
    from sum s left join over o on true
$$;
