-- count_take(): takes the oldest count that nobody works on. Whoever takes it holds an advisory
-- lock of the class 3 in its session, which ends with it: a count whose server was killed is free
-- at once. The attempt's number tells a worker that lost its session from the one that came after.
-- One that came to no end five times is given up as 'count_failed'. Called by:
-- server/store_count_job.c, in a session that does nothing else. Outcomes: one row; none: there is
-- nothing to do. Locks: the jobs' rows (SKIP LOCKED).
create function api.count_take()
returns table (job integer, attempt integer, officer integer, slug text)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_job count_job;
begin
    perform pg_advisory_unlock_all();
    for v_job in
        select * from count_job j where j.finished_at is null order by j.id for update skip locked
    loop
        continue when not pg_try_advisory_lock(3, v_job.id);
        if v_job.attempt < 5 then
            update count_job j
            set attempt = j.attempt + 1, taken_at = clock_timestamp(), step = 'reading', part = 0
            where j.id = v_job.id;
            return query select v_job.id, v_job.attempt + 1, v_job.asked_by, r.slug
                         from round r where r.id = v_job.round_id;
            return;
        end if;
        update count_job j set finished_at = clock_timestamp(), outcome = 'count_failed'
        where j.id = v_job.id;
        perform pg_advisory_unlock(3, v_job.id);
    end loop;
end
$$;
grant execute on function api.count_take() to wardmote_desk;
