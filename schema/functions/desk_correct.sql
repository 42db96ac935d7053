-- desk_correct(officer, slug, reason): has a published result counted anew, from the ballots as
-- they stand now, to be corrected: the new version waits for a second officer (api.result_publish),
-- and the one that stands stays public until then, and afterwards at its own address. The reason is
-- published. Called by: server/store_count_job.c. Outcomes: 'asked'; 'counting' (somebody asked
-- already); 'waits' (a correction waits for a second officer); 'not_found'; 'state' (no result is
-- published); 'reason' (none, or more than 400 characters); 'too_late' (the result is final so long
-- that the ballots' choices are erased); 'paper_waiting'. Locks: inbox (exclusive), then round
-- (exclusive).
create function api.desk_correct(p_officer integer, p_slug text, p_reason text) returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_id    integer := api.desk_round_id(p_officer, p_slug);
    v_round round;
begin
    if v_id is null then
        return 'not_found';
    end if;
    perform pg_advisory_xact_lock(2, 0);
    perform api.lock_round(v_id, true);
    perform api.round_settle(v_id);
    select * into v_round from round r where r.id = v_id;
    if v_round.state <> 'published' then
        return 'state';
    elsif p_reason is null or length(p_reason) not between 1 and 400 then
        return 'reason';
    elsif exists (select from count_job j where j.round_id = v_id and j.finished_at is null) then
        return 'counting';
    elsif api.result_waits(v_id) is not null then
        return 'waits';
    elsif api.round_spent(v_id, clock_timestamp()) then
        return 'too_late';
    elsif exists (select from paper_batch b where b.round_id = v_id and b.reconciled_at is null) then
        return 'paper_waiting';
    end if;
    insert into count_job (round_id, asked_by, correction) values (v_id, p_officer, p_reason);
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'result.correct', 'round ' || p_slug, jsonb_build_object('reason', p_reason));
    perform pg_notify('count', '');
    return 'asked';
end
$$;
grant execute on function api.desk_correct(integer, text, text) to wardmote_desk;
