-- count_corrects(round): is a count asked for that corrects a published result? Called by other
-- functions only. Locks: none.
create function api.count_corrects(p_round integer) returns boolean
language sql stable
set search_path = wardmote, pg_temp
as $$
    select exists (select from count_job j join round r on r.id = j.round_id
                   where j.round_id = p_round and j.finished_at is null and j.correction <> ''
                     and r.state = 'published')
$$;
