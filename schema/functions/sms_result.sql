-- sms_result(sender_key, place, number): the latest published result of a place (else of an area that it
-- lies in), or of
-- the round that has a number (0: none was named). Called by: sms/inquiry.c.
-- Outcomes: 'result': one row a winner, or one row without a number when nothing won or a question
-- was decided; spent and budget of all pots, pence. `asked`: this row is the number that was asked for,
-- which is told even if it did not win, with wardmote-count's word for its reason and what that
-- needs: its votes, cost and score; left: what was left when its turn came, or what it got; needed:
-- how much it needed; share: percent; other: the project that took its place or its voters' money;
-- budget: of its pot. A question has its reason always, and needed: ballots. Or one row: 'counting' (voting closed, no result yet),
-- 'embargoed' (the same; `closes` says when the result becomes public),
-- 'open' (no result before it closes), 'none', 'which' (no place is known), 'unknown' (no such place
-- or number). Locks: none.
create function api.sms_result(p_sender bytea, p_place text, p_number smallint)
returns table (outcome text, area text, closes text, ballots integer, question boolean,
               adopted boolean, yes bigint, no bigint, spent bigint, budget bigint,
               number smallint, short_name text, won boolean, asked boolean,
               reason text, votes bigint, cost bigint, "left" bigint, score bigint,
               needed text, share text, other_number smallint, other text)
language plpgsql stable security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_area  integer;
    v_round round;
    v_phase text;
    v_at    timestamptz;
begin
    if p_number > 0 then
        select r.* into v_round from proposal p join round r on r.id = p.round_id and r.frozen
                            and r.eligibility <> 'practice'
        where p.number = p_number and p.state <> 'draft'
        order by api.round_phase(r) = 'published' desc, r.closes_at desc limit 1;
    else
        v_area := api.sms_place(p_sender, p_place);
        select r.* into v_round
        from neighbourhood_within w
        join round r on r.neighbourhood_id = w.within_id and r.frozen
                    and r.eligibility <> 'practice'
                    and r.opens_at <= clock_timestamp()
        where w.neighbourhood_id = v_area
        order by api.round_phase(r) = 'published' desc, r.neighbourhood_id = v_area desc,
                 r.closes_at desc limit 1;
    end if;
    v_phase := api.round_phase(v_round);
    if v_round.id is null or v_phase <> 'published' then
        v_at := api.result_comes(v_round.id);
        return query
        select case when p_number = 0 and v_area is null then 'which'
                    when v_area = 0 or (p_number > 0 and v_round.id is null) then 'unknown'
                    when v_round.id is null then 'none'
                    when v_at is not null then 'embargoed'
                    when v_phase = 'closed' then 'counting' else 'open' end,
               coalesce((select n.name from neighbourhood n
                         where n.id = coalesce(v_round.neighbourhood_id, v_area)), p_place),
               api.sms_when(coalesce(v_at, v_round.closes_at)), 0, false, false, 0::bigint, 0::bigint, 0::bigint,
               0::bigint, p_number, ''::text, false, false, null::text, null::bigint, null::bigint,
               null::bigint, null::bigint, null::text, null::text, null::smallint, null::text;
        return;
    end if;
    return query
    with part as (
        select a.outcome::jsonb as said from result_part a
        where a.round_id = v_round.id and a.version = api.result_shown(v_round.id)
    ), total as (
        select bool_or((p.said ->> 'adopted')::boolean) as adopted,
               sum((p.said ->> 'yes')::bigint)::bigint as yes,
               sum((p.said ->> 'no')::bigint)::bigint as no,
               (sum((p.said ->> 'cost')::numeric) * 100)::bigint as spent,
               (sum((p.said ->> 'budget')::numeric) * 100)::bigint as budget
        from part p
    ), line as (
        select (l.said ->> 'id')::smallint as number, l.said,
               (p.said ->> 'budget')::numeric as budget, p.said -> 'parameters' as terms
        from part p
        cross join lateral jsonb_array_elements(p.said -> 'proposals') l(said)
        where l.said ->> 'id' = to_char(p_number, 'FM0000')
    ), asked as (
        select l.number, l.said ->> 'reason' as reason, (l.said ->> 'votes')::bigint as votes,
               ((l.said ->> 'cost')::numeric * 100)::bigint as cost,
               (coalesce(l.said ->> 'part_funded_with', l.said ->> 'left_when_reached')::numeric
                * 100)::bigint as left_then,
               coalesce(l.said ->> 'score', l.said ->> 'votes')::numeric::bigint as score,
               case l.said ->> 'reason'
               when 'below_threshold' then l.terms ->> 'threshold'
               when 'below_minimum' then case when (l.said ->> 'votes')::bigint
                                                   < (l.terms ->> 'minimum_votes')::bigint
                                              then l.terms ->> 'minimum_votes' end
               end as needed,
               case l.said ->> 'reason' when 'below_minimum' then l.terms ->> 'minimum_share'
                                        when 'above_cap' then l.terms ->> 'maximum_cost'
               end as share,
               coalesce(l.said ->> 'excluded_by', l.said #>> '{money_went_to,0,id}')::smallint
                   as other,
               (l.budget * 100)::bigint as budget
        from line l
    ), told as (
        select p.number, p.short_name, p.number = p_number as asked,
               exists (select from part x
                       where x.said -> 'winners' ? to_char(p.number, 'FM0000')) as won
        from proposal p where p.round_id = v_round.id and p.state <> 'draft'
    )
    select 'result', n.name, api.sms_when(v_round.closes_at), x.ballots, v_round.kind = 'yes_no',
           t.adopted, t.yes, t.no, t.spent, coalesce(a.budget, t.budget), w.number, w.short_name,
           w.won, w.asked,
           case when v_round.kind = 'yes_no' then (select p.said ->> 'reason' from part p limit 1)
                when w.asked then a.reason end,
           a.votes, a.cost, a.left_then, a.score,
           case when v_round.kind = 'yes_no'
                then (select p.said #>> '{parameters,minimum_votes}' from part p limit 1)
                else a.needed end,
           a.share, a.other, o.short_name
    from neighbourhood n
    join result x on x.round_id = v_round.id and x.version = api.result_shown(v_round.id)
    cross join total t
    left join told w on case when p_number > 0 then w.asked
                             else w.won or v_round.kind = 'yes_no' end
    left join asked a on a.number = w.number
    left join proposal o on o.round_id = v_round.id and o.number = a.other
    where n.id = v_round.neighbourhood_id
    order by w.number;
end
$$;
grant execute on function api.sms_result(bytea, text, smallint) to wardmote_sms;
