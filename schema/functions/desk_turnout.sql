-- desk_turnout(round): how many may vote and how many ballots stand, by channel; withdrawn ones and
-- those that two officers declared void stand no more. Counts only, never choices. Called by other
-- functions only. Locks: none.
create function api.desk_turnout(p_round integer)
returns table (eligible bigint, web bigint, texts bigint, paper bigint, withdrawn bigint,
               assisted bigint, voided bigint)
language sql stable
set search_path = wardmote, pg_temp
as $$
    select (select count(*) from voter v
            join register g on g.id = v.register_id
            join neighbourhood_within w on w.neighbourhood_id = v.neighbourhood_id
            join round r on r.neighbourhood_id = w.within_id
            where r.id = p_round and api.register_holds(g.kind, g.retired_at, r.eligibility)),
           count(*) filter (where x.channel = 1 and stands),
           count(*) filter (where x.channel = 2 and stands),
           count(*) filter (where x.channel = 3 and stands),
           count(*) filter (where x.withdrawn),
           count(*) filter (where x.channel = 4 and stands),
           count(*) filter (where u.round_id is not null)
    from ballot b
    join revision x on x.round_id = b.round_id and x.voter_id = b.voter_id
                   and x.revision = b.current_revision
    left join revision_void u on u.round_id = x.round_id and u.voter_id = x.voter_id
                             and u.revision = x.revision
    cross join lateral (select not x.withdrawn and u.round_id is null as stands) s
    where b.round_id = p_round
$$;
