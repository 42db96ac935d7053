-- result_shown(round): the version of a round's result that stands: the latest that two officers
-- published and whose moment has come. Null: none is. Called by other functions only. Locks: none.
create function api.result_shown(p_round integer) returns integer
language sql stable
set search_path = wardmote, pg_temp
as $$
    select max(x.version) from result x
    where x.round_id = p_round and x.published_at <= clock_timestamp()
$$;
