-- count_step(job, attempt, step, part, parts): how far a count is. Called by:
-- server/store_count_job.c. Outcomes: true; false: another worker has the job by now, or it is
-- over. Locks: the job's row.
create function api.count_step(p_job integer, p_attempt integer, p_step text, p_part integer,
                               p_parts integer)
returns boolean
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
begin
    update count_job j set step = p_step, part = p_part, parts = p_parts
    where j.id = p_job and j.attempt = p_attempt and j.finished_at is null;
    return found;
end
$$;
grant execute on function api.count_step(integer, integer, text, integer, integer) to wardmote_desk;
