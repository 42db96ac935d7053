-- voter_picks(round, voter, credential, generation): what the standing ballot of this voter says,
-- for the ballot paper when it is changed. Called by: server/store_votes.c.
-- Outcomes: one row a pick; none when there is no ballot, it was withdrawn, or the session is no
-- longer good. Locks: none.
create function api.voter_picks(p_round integer, p_voter bigint, p_credential bigint,
                                p_generation integer)
returns table (number smallint, weight smallint)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select k.number, k.weight
    from ballot b
    join revision h on h.round_id = b.round_id and h.voter_id = b.voter_id
                   and h.revision = b.current_revision
    cross join unnest(h.numbers, h.weights) k(number, weight)
    where b.round_id = p_round and b.voter_id = p_voter
      and api.voter_now(p_voter, p_credential, p_generation)
    order by k.number
$$;
grant execute on function api.voter_picks(integer, bigint, bigint, integer) to wardmote_web;
