-- result_latest(round): the version of a round's result that officers work on: the latest that was
-- counted, published or not, but for a correction that was dropped. Null: it is not counted yet.
-- Called by other functions only. Locks: none.
create function api.result_latest(p_round integer) returns integer
language sql stable
set search_path = wardmote, pg_temp
as $$
    select max(x.version) from result x where x.round_id = p_round and x.dropped_at is null
$$;
