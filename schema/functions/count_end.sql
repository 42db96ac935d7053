-- count_end(job, attempt, outcome): a count that came to an end, with a result (api.count_store
-- ended it already) or without; its officer reads why. Called by: server/store_count_job.c.
-- Outcomes: true; false: it was over, or another worker's. Locks: the job's row; gives back the
-- session's lock of api.count_take.
create function api.count_end(p_job integer, p_attempt integer, p_outcome text) returns boolean
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_mine boolean;
begin
    update count_job j set finished_at = clock_timestamp(), outcome = p_outcome
    where j.id = p_job and j.attempt = p_attempt and j.finished_at is null;
    v_mine := found;
    perform pg_advisory_unlock_all();
    return v_mine;
end
$$;
grant execute on function api.count_end(integer, integer, text) to wardmote_desk;
