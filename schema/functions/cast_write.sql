-- cast_write(...): second half of a cast. Checks every rule of the vote and writes what stands:
-- eligibility, opening, limits, idempotency, one ballot per voter. One row an item comes back.
-- Called by: common/cast.c, after cast_lock in the same transaction (web, text and paper alike).
-- Outcomes: the numbers of enum cast_outcome in common/cast.h; a refusal is an outcome, never an
-- exception. Items of one submission stand or fall together (15: fine, but a sibling was refused).
-- Locks: none beyond cast_lock's. A revision that is taken is a caller's bug and raises.
--
-- Picks come flat: item i has picks first[i] .. first[i] + count[i] - 1 of numbers and weights,
-- ascending by number, and pick k belongs to item pick_item[k].
--
-- cast_at (architecture §5): web and assisted, the clock read after the locks are held; text, the
-- provider's time where the text arrived within the round's grace, else the time it was received;
-- paper, when its sealed batch was collected.
--
-- The planner switches keep every join a nested loop along an index: estimates made while the
-- tables were empty would otherwise pick plans that read all ballots for each batch. What only some
-- ballots need (an earlier ballot, a text, a paper batch) is looked up inside a case, which costs
-- the others nothing; as joins these four took a tenth of all that is done here. "offset 0" keeps
-- each such look-up one, where its result is used thrice. How arrays are unnested: see cast_judge.
create function api.cast_write(
    p_submission integer[], p_voter bigint[], p_round integer[], p_generation integer[],
    p_channel smallint[], p_withdrawn boolean[], p_key bytea[], p_picks_hash bytea[],
    p_first integer[], p_count integer[], p_pick_item integer[], p_numbers smallint[],
    p_weights smallint[], p_revision integer[], p_commitment bytea[], p_receipt bigint[],
    p_inbox bigint[], p_clerk integer[], p_batch integer[])
returns table (item integer, outcome integer, revision integer, receipt bigint,
               cast_at timestamptz, detail bigint, "limit" bigint)
language plpgsql security definer
set search_path = wardmote, pg_temp
set plan_cache_mode = force_generic_plan set enable_memoize = off
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off
as $$
#variable_conflict use_column
declare
    v_now    constant timestamptz := clock_timestamp();
    v_rounds integer[] := p_round[1:1]; -- a batch has few
begin
    if not v_rounds[1] = all (p_round) then
        v_rounds := array(select distinct d.round from unnest(p_round) d(round));
    end if;
    return query
    with held as materialized ( -- a batch has few rounds: once each, not once a ballot
        select r.id, r.state = 'scheduled' as countable, r.frozen, r.opens_at, r.closes_at, r.grace,
               array(select w.neighbourhood_id from neighbourhood_within w
                     where w.within_id = r.neighbourhood_id) as areas,
               array(select g.id from register g
                     where api.register_holds(g.kind, g.retired_at, r.eligibility)) as registers,
               r.minimum_age is not null or r.residence <> 'none' as declares,
               r.minimum_age is not null as asks_age, r.residence <> 'none' as asks_residence
        from round r where r.id = any (v_rounds)
    ), met as (
        select i.n, i.submission, i.voter, i.round, i.generation, i.channel, i.withdrawn, i.key,
               i.picks_hash, i.first, i.picks, i.revision, i.commitment, i.receipt, i.inbox,
               i.clerk, i.batch, v.generation as now_generation, v.neighbourhood_id,
               v.register_id, r.frozen, r.countable, r.opens_at, r.closes_at, r.areas, r.registers,
               r.declares, r.asks_age, r.asks_residence,
               case when i.revision > 1 then (
                   select b.current_cast_at from ballot b
                   where b.round_id = i.round and b.voter_id = i.voter) end as current_cast_at,
               case when i.revision > 1 then (
                   select h from revision h
                   where h.round_id = i.round and h.voter_id = i.voter and h.form_key = i.key
                   limit 1) end as old,
               case i.channel
               when 2 then (
                   select case when x.sent_at between x.received_at - r.grace and x.received_at
                               then x.sent_at else x.received_at end
                   from inbox x where x.id = i.inbox)
               when 3 then (
                   select pb.collected_at from paper_batch pb
                   where pb.id = i.batch and pb.round_id = i.round and pb.reconciled_at is null)
               else v_now end as told_at
        from (select unnest(p_submission) as submission, unnest(p_voter) as voter,
                     unnest(p_round) as round, unnest(p_generation) as generation,
                     unnest(p_channel) as channel, unnest(p_withdrawn) as withdrawn,
                     unnest(p_key) as key, unnest(p_picks_hash) as picks_hash,
                     unnest(p_first) as first, unnest(p_count) as picks,
                     unnest(p_revision) as revision, unnest(p_commitment) as commitment,
                     unnest(p_receipt) as receipt, unnest(p_inbox) as inbox,
                     unnest(p_clerk) as clerk, unnest(p_batch) as batch,
                     generate_subscripts(p_voter, 1) as n) i
        left join voter v on v.id = i.voter
        left join held r on r.id = i.round
        offset 0
    ), judged as materialized (
        select m.n, m.submission, m.voter, m.round, m.channel, m.withdrawn, m.key, m.picks_hash,
               m.first, m.picks, m.revision, m.commitment, m.receipt, m.inbox, m.clerk, m.batch,
               m.current_cast_at, t.cast_at,
               (m.old).revision as old_revision, (m.old).receipt as old_receipt,
               (m.old).cast_at as old_cast_at, c.detail, c.limit,
               case
               when m.frozen is not true then 16
               when (m.old).picks_hash = m.picks_hash then 1
               when (m.old).revision is not null then 2
               when m.now_generation is distinct from m.generation then 4
               when m.channel = 3 and m.told_at is null then 24
               when not (m.neighbourhood_id = any (m.areas)
                         and m.register_id = any (m.registers)) then 7
               when not (m.opens_at <= t.cast_at) then 5
               when not m.countable or not (t.cast_at < m.closes_at) then 6
               when m.declares and not m.withdrawn and not exists (
                   select from declaration d
                   where d.round_id = m.round and d.voter_id = m.voter
                     and (not m.asks_age or d.old_enough)
                     and (not m.asks_residence or d.residence <> '')) then 17
               when m.withdrawn then case when m.current_cast_at is null then 14 end
               else c.outcome
               end as outcome
        from met m
        cross join lateral (
            select case when m.channel = 3 then coalesce(m.told_at, v_now) else m.told_at end
                   as cast_at) t
        left join api.cast_judge(p_round, p_pick_item, p_numbers, p_weights) c on c.item = m.n
    ), verdict as materialized (
        select j.*,
               case when j.outcome is not null then j.outcome
                    when j.submission in (select r.submission from judged r
                                          where r.outcome is not null and r.outcome <> 1) then 15
                    when j.cast_at < j.current_cast_at then 3
                    else 0 end as final
        from judged j
    ), written as (
        insert into revision (round_id, voter_id, revision, channel, withdrawn, cast_at, numbers,
                              weights, form_key, picks_hash, commitment, receipt, inbox_id,
                              clerk_id, batch_id)
        select d.round, d.voter, d.revision, d.channel, d.withdrawn, d.cast_at,
               p_numbers[d.first:d.first + d.picks - 1],
               p_weights[d.first:d.first + d.picks - 1], d.key, d.picks_hash, d.commitment,
               d.receipt, d.inbox, d.clerk, d.batch
        from verdict d where d.final in (0, 3)
    ), first as (
        -- Under the voter's lock nobody else can insert: on conflict would look twice and log more.
        insert into ballot (round_id, voter_id, current_revision, current_cast_at, last_revision)
        select d.round, d.voter, d.revision, d.cast_at, d.revision
        from verdict d where d.final in (0, 3) and d.current_cast_at is null
    ), again as (
        update ballot b
        set last_revision = d.revision,
            current_revision = case when d.final = 0 then d.revision else b.current_revision end,
            current_cast_at = case when d.final = 0 then d.cast_at else b.current_cast_at end
        from verdict d
        where d.final in (0, 3) and d.current_cast_at is not null
          and b.round_id = d.round and b.voter_id = d.voter
    )
    select d.n, d.final, coalesce(d.old_revision, d.revision), coalesce(d.old_receipt, d.receipt),
           coalesce(d.old_cast_at, d.cast_at), d.detail, d.limit
    from verdict d order by d.n;
end
$$;
grant execute on function api.cast_write(integer[], bigint[], integer[], integer[], smallint[],
    boolean[], bytea[], bytea[], integer[], integer[], integer[], smallint[], smallint[], integer[],
    bytea[], bigint[], bigint[], integer[], integer[]) to wardmote_web, wardmote_sms;
