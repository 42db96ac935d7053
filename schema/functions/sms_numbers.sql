-- sms_numbers(voters, numbers, ats): what do these numbers mean to these voters? A voter may be
-- null: a text without a code. Many texts name the same few numbers: a row says once what some of them
-- mean, and `items` who they are: their ordinals, four bytes each (int4send), one after another; minus
-- the ordinal where a text of that moment is not in time. A number that no round that was ever
-- scheduled has is in no row.
-- A number belongs to one round of those open together. When none holds it at `at`, the nearest
-- in time is named, so that the reply can say "not open yet" or "closed": the cast decides.
-- Called by: sms/inbox_look.c. Outcomes: `ended`: the
-- round takes no more texts now; times as api.sms_when says them; `eligibility` as the round has it;
-- money in pence; cost and pot null in a yes_no round, points null but in a points round.
-- Locks: none.
create function api.sms_numbers(p_voter bigint[], p_number smallint[], p_at timestamptz[])
returns table (items bytea, round integer, kind text, agreement boolean, area text,
               short_name text, cost bigint, pot integer, pot_amount bigint, opens text,
               closes text, ended boolean, points integer, point_max integer, eligibility text)
language plpgsql stable security definer -- which keeps its plan from call to call
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    -- Each once: what is looked up by them compares every project with all of them.
    v_numbers constant smallint[] := array(select distinct u.number from unnest(p_number) u(number));
begin
    return query
    with place as materialized (
        select r.id, r.kind, r.edition_id, r.neighbourhood_id, r.eligibility, r.opens_at,
               r.closes_at, r.grace, r.points_sum::integer, r.points_max::integer,
               h.name as area, api.sms_when(r.opens_at) as opens,
               api.sms_when(r.closes_at) as closes, r.closes_at <= clock_timestamp() as ended
        from round r join neighbourhood h on h.id = r.neighbourhood_id
        where r.id in (select p.round_id from proposal p where p.number = any (v_numbers))
          and r.frozen and r.eligibility <> 'practice'
    ), meant as materialized (
        select p.number, p.short_name, p.cost, t.ordinal::integer as pot, t.amount, r.*,
               count(*) over (partition by p.number) > 1 as several
        from proposal p join place r on r.id = p.round_id left join pot t on t.id = p.pot_id
        where p.number = any (v_numbers) and p.state <> 'draft'
    ), asked as (
        select unnest(p_voter) as voter, unnest(p_number) as number, unnest(p_at) as at,
               generate_subscripts(p_number, 1) as n
    ), chosen as (
        select a.n, a.at, a.number, c.id, c.opens_at, c.closes_at + c.grace as until
        from asked a join meant c on c.number = a.number where not c.several
        union all (
        select distinct on (a.n) a.n, a.at, a.number, c.id, c.opens_at, c.closes_at + c.grace
        from asked a join meant c on c.number = a.number
        where c.several
        order by a.n, (c.opens_at <= a.at and a.at < c.closes_at + c.grace) desc,
                 exists (select from voter v
                     join neighbourhood_within w on w.neighbourhood_id = v.neighbourhood_id
                     join register g on g.id = v.register_id
                     where v.id = a.voter and w.within_id = c.neighbourhood_id
                       and api.register_holds(g.kind, g.retired_at, c.eligibility)) desc,
                 least(abs(extract(epoch from c.opens_at - a.at)),
                       abs(extract(epoch from c.closes_at - a.at))), c.id)
    ), grouped as (
        select h.number, h.id,
               string_agg(int4send(case when h.opens_at <= h.at and h.at < h.until then h.n
                                        else -h.n end), ''::bytea) as items
        from chosen h group by h.number, h.id
    )
    select g.items, c.id, c.kind, c.edition_id is not null, c.area, c.short_name, c.cost, c.pot,
           c.amount, c.opens, c.closes, c.ended, c.points_sum, c.points_max, c.eligibility
    from grouped g join meant c on c.number = g.number and c.id = g.id;
end
$$;
grant execute on function api.sms_numbers(bigint[], smallint[], timestamptz[]) to wardmote_sms;
