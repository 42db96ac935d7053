-- cast_lock(voters, rounds, patient): first half of a cast. Takes the rounds' advisory locks
-- (shared), then the voters' rows (ascending), and returns what C needs to compute commitments:
-- one row an item whose voter was locked, by its ordinal from 1.
-- Called by: common/cast.c. Outcomes: an item without a row was locked by someone else, or, with
-- p_patient, has no such voter.
-- Locks: round (shared) -> voters. With p_patient waits up to 2 s for a voter, then 55P03.
--
-- The planner switches, and the limit of what is looked up, keep that to an index: see cast_write.
create function api.cast_lock(p_voter bigint[], p_round integer[], p_patient boolean)
returns table (item integer, voter_uuid uuid, last_revision integer)
language plpgsql security definer
set search_path = wardmote, pg_temp
set plan_cache_mode = force_generic_plan
set enable_mergejoin = off set enable_seqscan = off set enable_memoize = off
as $$
declare
    v_id   bigint[];
    v_uuid uuid[];
begin
    if p_round[1] = all (p_round) then
        perform pg_advisory_xact_lock_shared(1, p_round[1]);
    else
        perform pg_advisory_xact_lock_shared(1, d.r)
        from (select distinct u.r from unnest(p_round) u(r) order by u.r) d;
    end if;

    if p_patient then
        perform set_config('lock_timeout', '2s', true);
        select array_agg(l.id), array_agg(l.uuid) into v_id, v_uuid
        from (select v.id, v.uuid from voter v where v.id = any (p_voter)
              order by v.id for no key update) l;
    else
        select array_agg(l.id), array_agg(l.uuid) into v_id, v_uuid
        from (select v.id, v.uuid from voter v where v.id = any (p_voter)
              order by v.id for no key update skip locked) l;
    end if;

    -- A statement of its own, so that its snapshot is younger than the locks.
    return query
    select i.n, l.uuid, coalesce(b.last_revision, 0)
    from (select unnest(p_voter) as voter, unnest(p_round) as round,
                 generate_subscripts(p_voter, 1) as n) i
    join (select unnest(v_id) as id, unnest(v_uuid) as uuid) l on l.id = i.voter
    left join lateral (select b.last_revision from ballot b
                       where b.round_id = i.round and b.voter_id = i.voter limit 1) b on true;
end
$$;
grant execute on function api.cast_lock(bigint[], integer[], boolean) to wardmote_web, wardmote_sms;
