-- result_comes(round): the moment, still ahead, at which a round's approved result becomes public. Null:
-- none waits for its moment. Called by other functions only. Locks: none.
create function api.result_comes(p_round integer) returns timestamptz
language sql volatile
set search_path = wardmote, pg_temp
as $$
    select max(x.published_at) from result x
    where x.round_id = p_round and x.published_at > clock_timestamp()
$$;
