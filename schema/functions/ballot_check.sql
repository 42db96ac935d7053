-- ballot_check(round, numbers, weights): would these picks be accepted? The ballot form asks before
-- the check page, a text before its number is asked for digits; the rule itself is api.cast_judge.
-- Called by: server/store_votes.c, sms/inbox_look.c.
-- Outcomes: one row: outcome null when they would, else a number of enum cast_outcome with its
-- detail and limit; none when there is no such round. Locks: none.
create function api.ballot_check(p_round integer, p_numbers smallint[], p_weights smallint[])
returns table (outcome integer, detail bigint, "limit" bigint)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select j.outcome, j.detail, j.limit
    from round r
    left join lateral api.cast_judge(array[r.id], array_fill(1, array[cardinality(p_numbers)]),
                                     p_numbers, p_weights) j on true
    where r.id = p_round and r.frozen
$$;
grant execute on function api.ballot_check(integer, smallint[], smallint[]) to wardmote_web,
    wardmote_sms;
