-- voter_ballot(round, voter, credential, generation): may this voter vote in this round, and does a
-- ballot of theirs stand? `revision` null: they never voted. `in_area`: they live in its area;
-- `in_reach`: and are on a register that votes in it. `declared`: what the round asks before the
-- first ballot, if anything, was declared. `voided`: two officers declared the ballot void, and
-- why. Called by: server/store_votes.c.
-- Outcomes: one row; none when the session is no longer good. Locks: none.
create function api.voter_ballot(p_round integer, p_voter bigint, p_credential bigint,
                                 p_generation integer)
returns table (in_reach boolean, area_name text, revision integer, withdrawn boolean,
               channel smallint, cast_at timestamptz, receipt bigint, in_area boolean,
               declared boolean, voided boolean, void_reason text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select w.within_id is not null and api.register_holds(g.kind, g.retired_at, r.eligibility),
           n.name, h.revision, h.withdrawn, h.channel, h.cast_at, h.receipt,
           w.within_id is not null,
           (r.minimum_age is null or coalesce(d.old_enough, false))
           and (r.residence = 'none' or coalesce(d.residence, '') <> ''),
           x.revision is not null, m.reason
    from voter v
    join register g on g.id = v.register_id
    join neighbourhood n on n.id = v.neighbourhood_id
    left join round r on r.id = p_round
    left join neighbourhood_within w on w.neighbourhood_id = v.neighbourhood_id
                                    and w.within_id = r.neighbourhood_id
    left join declaration d on d.round_id = p_round and d.voter_id = v.id
    left join ballot b on b.round_id = p_round and b.voter_id = v.id
    left join revision h on h.round_id = b.round_id and h.voter_id = b.voter_id
                        and h.revision = b.current_revision
    left join revision_void x on x.round_id = h.round_id and x.voter_id = h.voter_id
                             and x.revision = h.revision
    left join amendment m on m.id = x.amendment_id
    where v.id = p_voter and api.voter_now(p_voter, p_credential, p_generation)
$$;
grant execute on function api.voter_ballot(integer, bigint, bigint, integer) to wardmote_web;
