-- one_ballot.sql: the reference for ballots_http: the fastest function that we could write by hand
-- to cast one ballot in one call, on the same tables and with the same checks as api.cast_lock,
-- api.cast_judge and api.cast_write: advisory lock, voter's lock, form key, generation, area,
-- opening, numbers, limits, pots; then the revision and the ballot. Same outcome numbers.
-- Not for use: knows web ballots only, and is handed the bytes that common/cast.c computes between
-- the two statements (hash, commitment, receipt), which spares it a round trip.
--
-- What made it faster, by CPU time a call: scalars instead of records, voter, round and area in the
-- query that locks, one aggregate over the proposals with the pot asked only once, plain insert or
-- update under the lock instead of on conflict, no security definer and no set: 200 to 90 us.
create schema bench;

-- More than one pot is not in the benchmark's round, and would cost the reference another query.
create function bench.pots_hold(p_round integer, p_numbers smallint[])
returns boolean
language sql stable as $$
    select coalesce(bool_and(o.cost <= t.amount), true)
    from (select p.pot_id, sum(p.cost) as cost from wardmote.proposal p
          where p.round_id = p_round and p.number = any (p_numbers) group by p.pot_id) o
    join wardmote.pot t on t.id = o.pot_id
$$;

create function bench.one_ballot(
    p_voter bigint, p_round integer, p_generation integer, p_key bytea, p_picks_hash bytea,
    p_numbers smallint[], p_weights smallint[], p_commitment bytea, p_receipt bigint)
returns integer
language plpgsql as $$
declare
    v_generation integer;
    v_within     integer;
    v_kind       text;
    v_min        integer;
    v_max        integer;
    v_state      text;
    v_opens      timestamptz;
    v_closes     timestamptz;
    v_now        timestamptz;
    v_last       integer;
    v_old_hash   bytea;
    v_n          integer;
    v_cost       bigint;
    v_first_pot  integer;
    v_last_pot   integer;
begin
    -- As an expression: perform would start an executor.
    if pg_advisory_xact_lock_shared(1, p_round) is null then
        return -1;
    end if;
    select v.generation, w.within_id, r.kind, r.min_picks, r.max_picks, r.state, r.opens_at,
           r.closes_at
    into v_generation, v_within, v_kind, v_min, v_max, v_state, v_opens, v_closes
    from wardmote.voter v
    left join wardmote.round r on r.id = p_round
    left join wardmote.neighbourhood_within w
           on w.neighbourhood_id = v.neighbourhood_id and w.within_id = r.neighbourhood_id
    where v.id = p_voter
    for no key update of v;
    v_now := clock_timestamp();
    -- A statement of its own, so that its snapshot is younger than the lock.
    select b.last_revision into v_last from wardmote.ballot b
    where b.round_id = p_round and b.voter_id = p_voter;
    if v_last is not null then
        select h.picks_hash into v_old_hash from wardmote.revision h
        where h.round_id = p_round and h.voter_id = p_voter and h.form_key = p_key limit 1;
        if v_old_hash is not null then
            return case when v_old_hash = p_picks_hash then 1 else 2 end;
        end if;
    end if;
    if v_state is null or v_state in ('draft', 'review', 'approved') then return 16; end if;
    if v_generation is distinct from p_generation then return 4; end if;
    if v_within is null then return 7; end if;
    if v_now < v_opens then return 5; end if;
    if v_state <> 'scheduled' or v_now >= v_closes then return 6; end if;
    if (1 = all (p_weights)) is not true then return 13; end if;
    select count(*), sum(p.cost), min(p.pot_id), max(p.pot_id)
    into v_n, v_cost, v_first_pot, v_last_pot
    from wardmote.proposal p
    where p.round_id = p_round and p.number = any (p_numbers) and p.state = 'published';
    if v_n <> cardinality(p_numbers) then return 8; end if;
    if v_n > v_max then return 11; end if;
    if v_n < v_min then return 12; end if;
    if v_kind = 'knapsack' then
        if v_first_pot = v_last_pot then
            if v_cost > (select t.amount from wardmote.pot t where t.id = v_first_pot) then
                return 10;
            end if;
        elsif not bench.pots_hold(p_round, p_numbers) then
            return 10;
        end if;
    end if;
    insert into wardmote.revision (round_id, voter_id, revision, channel, withdrawn, cast_at,
                                   numbers, weights, form_key, picks_hash, commitment, receipt)
    values (p_round, p_voter, coalesce(v_last, 0) + 1, 1, false, v_now, p_numbers, p_weights,
            p_key, p_picks_hash, p_commitment, p_receipt);
    if v_last is null then
        insert into wardmote.ballot (round_id, voter_id, current_revision, current_cast_at,
                                     last_revision)
        values (p_round, p_voter, 1, v_now, 1);
    else
        update wardmote.ballot
        set last_revision = v_last + 1,
            current_revision = case when v_now >= current_cast_at then v_last + 1
                                    else current_revision end,
            current_cast_at = greatest(v_now, current_cast_at)
        where round_id = p_round and voter_id = p_voter;
    end if;
    return 0;
end
$$;
