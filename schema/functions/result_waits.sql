-- result_waits(round): the version of a published round's result that is a correction and waits for
-- a second officer. Null: none. Called by other functions only. Locks: none.
create function api.result_waits(p_round integer) returns integer
language sql stable
set search_path = wardmote, pg_temp
as $$
    select x.version from result x
    where x.round_id = p_round and x.correction <> '' and x.published_at is null
      and x.dropped_at is null
$$;
