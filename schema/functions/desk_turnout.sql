-- desk_turnout(round): how many may vote and how many ballots stand, by channel. Counts only,
-- never choices. Called by other functions only. Locks: none.
create function api.desk_turnout(p_round integer)
returns table (eligible bigint, web bigint, texts bigint, paper bigint, withdrawn bigint)
language sql stable
set search_path = wardmote, pg_temp
as $$
    select (select count(*) from voter v
            join neighbourhood_within w on w.neighbourhood_id = v.neighbourhood_id
            join round r on r.neighbourhood_id = w.within_id
            where r.id = p_round),
           count(*) filter (where x.channel = 1 and not x.withdrawn),
           count(*) filter (where x.channel = 2 and not x.withdrawn),
           count(*) filter (where x.channel = 3 and not x.withdrawn),
           count(*) filter (where x.withdrawn)
    from ballot b
    join revision x on x.round_id = b.round_id and x.voter_id = b.voter_id
                   and x.revision = b.current_revision
    where b.round_id = p_round
$$;
