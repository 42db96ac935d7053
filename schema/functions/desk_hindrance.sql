-- desk_hindrance(round): the first thing that keeps a draft from going on, with a detail; no row
-- when nothing does. 'no_dates'; 'opens_past'; 'edition' (yes/no without a proposed edition);
-- 'no_question'; 'no_pot'; 'no_proposals'; 'pot_empty' (detail: its name); 'pot_least' (the same:
-- more must be chosen from it than it has); 'least' (more must be chosen than there are); 'pots_most'
-- (pots together ask for more than may be chosen); 'too_dear' (detail: number of a proposal that
-- costs more than its pot); 'over_cap' (detail: number and cost of one above the cap, and the cap in
-- money); 'exclusion_one' (detail: number of one that excludes nothing), 'exclusion_pots' (the same,
-- with one of another pot); 'number_clash' (detail: number, and the round that holds it then).
-- Called by other functions only. Locks: none.
create function api.desk_hindrance(p_round integer)
returns table (reason text, detail text)
language sql volatile
set search_path = wardmote, pg_temp
as $$
    with r as (select * from round where id = p_round),
    p as (select * from proposal where round_id = p_round and state = 'published'),
    x as (select e.ordinal, min(p.number) as number, count(*) as n,
                 count(distinct p.pot_id) as pots
          from exclusion e join p on p.id = e.proposal_id
          where e.round_id = p_round group by e.ordinal),
    found(rank, reason, detail) as (
        select 1, 'no_dates', '' from r where r.opens_at is null or r.closes_at is null
        union all
        select 2, 'opens_past', '' from r where r.opens_at <= clock_timestamp()
        union all
        select 3, 'edition', '' from r
        left join agreement_edition e on e.id = r.edition_id and api.edition_state(e) = 'proposed'
        where r.kind = 'yes_no' and e.id is null
        union all
        select 4, 'no_question', '' from r
        where r.kind = 'yes_no' and (select count(*) from p) <> 1
        union all
        select 5, 'no_pot', '' from r
        where r.kind <> 'yes_no' and not exists (select from pot t where t.round_id = p_round)
        union all
        select 6, 'no_proposals', '' from r
        where r.kind <> 'yes_no' and not exists (select from p)
        union all
        select 6 + t.ordinal, 'pot_empty', t.name from pot t
        where t.round_id = p_round and not exists (select from p where p.pot_id = t.id)
        union all
        select 16, 'least', '' from r
        where r.kind <> 'yes_no' and r.min_picks > (select count(*) from p)
        union all
        select 17, 'pot_least', t.name from pot t
        where t.round_id = p_round and t.min_picks > (select count(*) from p where p.pot_id = t.id)
        union all
        select 18, 'pots_most', '' from r
        where r.max_picks < (select sum(t.min_picks) from pot t where t.round_id = p_round)
        union all
        select 20, 'too_dear', to_char(p.number, 'FM0000')
        from p join pot t on t.id = p.pot_id where p.cost > t.amount
        union all
        select 21, 'over_cap', to_char(p.number, 'FM0000') || ' costs £'
               || to_char(p.cost / 100.0, 'FM999,999,999,990.00') || ', and '
               || r.cap_percent || '% of its pot is £'
               || to_char(t.amount * r.cap_percent / 100 / 100.0, 'FM999,999,999,990.00')
        from r cross join p join pot t on t.id = p.pot_id
        where p.cost * 100 > t.amount * r.cap_percent
        union all
        select 22, 'exclusion_one', to_char(x.number, 'FM0000') from x where x.n = 1
        union all
        select 23, 'exclusion_pots', to_char(x.number, 'FM0000') from x where x.pots > 1
        union all
        select 30, 'number_clash', to_char(p.number, 'FM0000') || ' (' || o.title || ')'
        from p cross join r
        join number_in_use u on u.number = p.number
                            and u.during && tstzrange(r.opens_at, r.closes_at + r.grace)
        join round o on o.id = u.round_id
    )
    select f.reason, f.detail from found f order by f.rank, f.detail limit 1
$$;
