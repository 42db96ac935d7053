-- desk_count_job(officer, slug): the latest count of a round that was asked for: by whom, how far
-- it is (`running`), or how it ended. No row: none was, or it is not this officer's. Called by:
-- server/store_count_job.c. Locks: none.
create function api.desk_count_job(p_officer integer, p_slug text)
returns table (asked_by text, asked_at timestamptz, running boolean, step text, part integer,
               parts integer, outcome text, correction text)
language sql security definer
set search_path = wardmote, pg_temp
as $$
    select o.name, j.asked_at, j.finished_at is null, j.step, j.part, j.parts, j.outcome, j.correction
    from count_job j join officer o on o.id = j.asked_by
    where j.round_id = api.desk_round_seen(p_officer, p_slug)
    order by j.id desc limit 1
$$;
grant execute on function api.desk_count_job(integer, text) to wardmote_desk;
