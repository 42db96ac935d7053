-- desk_paper_open(officer, slug, collected, place, ballots): a sealed batch of paper ballots, with the
-- number that was counted when it was sealed. Its ballots count as cast when it was collected (as
-- written in Europe/London). Called by: server/store_paper.c.
-- Outcomes: 'opened' with its id; 'not_found'; 'state' (the round is not frozen); 'counted';
-- 'place'; 'ballots' (1 to 5,000); 'collected_bad', 'collected_gap', 'collected_twice' (see london_time);
-- 'collected_future'; 'collected' (not while the round was open). Locks: round (shared).
create function api.desk_paper_open(p_officer integer, p_slug text, p_collected text, p_place text,
                                    p_ballots integer)
returns table (outcome text, id integer)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_id    integer := api.desk_round_id(p_officer, p_slug, 'ward_officer', 'clerk');
    v_round round;
    v_at    record;
begin
    if v_id is null then
        return query select 'not_found', null::integer;
        return;
    end if;
    perform api.lock_round(v_id, false);
    select * into v_round from round r where r.id = v_id;
    select * into v_at from api.london_time(p_collected);
    outcome := case
        when not v_round.frozen then 'state'
        when v_round.state <> 'scheduled' then 'counted'
        when p_place is null or length(p_place) not between 1 and 120 then 'place'
        when p_ballots is null or p_ballots not between 1 and 5000 then 'ballots'
        when v_at.problem is not null then 'collected_' || v_at.problem
        when v_at.at > clock_timestamp() then 'collected_future'
        when v_at.at is null or v_at.at < v_round.opens_at or v_at.at >= v_round.closes_at
            then 'collected' end;
    if outcome is not null then
        return query select outcome, null::integer;
        return;
    end if;
    insert into paper_batch (round_id, collected_at, place, ballots, opened_by)
    values (v_id, v_at.at, p_place, p_ballots, p_officer) returning paper_batch.id into id;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'paper.open', 'batch ' || id,
            jsonb_build_object('round', p_slug, 'ballots', p_ballots, 'place', p_place));
    return query select 'opened', id;
end
$$;
grant execute on function api.desk_paper_open(integer, text, text, text, integer) to wardmote_desk;
