-- round_spent(round, now): is this round's result final for 28 days at `now`? Then nobody may
-- challenge it any more, and who voted how is not kept longer. Called by other functions only.
-- Locks: none.
create function api.round_spent(p_round integer, p_now timestamptz) returns boolean
language sql stable
set search_path = wardmote, pg_temp
as $$
    select exists (select from result x
                   where x.round_id = p_round and x.version = api.result_shown(p_round)
                     and coalesce(x.final_at, x.published_at) + interval '28 days' <= p_now)
$$;
