-- voter_ballot(round, voter, credential, generation): may this voter vote in this round, and does a
-- ballot of theirs stand? `revision` null: they never voted. Called by: server/store_votes.c.
-- Outcomes: one row; none when the session is no longer good. Locks: none.
create function api.voter_ballot(p_round integer, p_voter bigint, p_credential bigint,
                                 p_generation integer)
returns table (in_reach boolean, area_name text, revision integer, withdrawn boolean,
               channel smallint, cast_at timestamptz, receipt bigint)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select exists (select from neighbourhood_within w join round r on r.id = p_round
                   where w.neighbourhood_id = v.neighbourhood_id
                     and w.within_id = r.neighbourhood_id),
           n.name, h.revision, h.withdrawn, h.channel, h.cast_at, h.receipt
    from voter v
    join neighbourhood n on n.id = v.neighbourhood_id
    left join ballot b on b.round_id = p_round and b.voter_id = v.id
    left join revision h on h.round_id = b.round_id and h.voter_id = b.voter_id
                        and h.revision = b.current_revision
    where v.id = p_voter and api.voter_now(p_voter, p_credential, p_generation)
$$;
grant execute on function api.voter_ballot(integer, bigint, bigint, integer) to wardmote_web;
