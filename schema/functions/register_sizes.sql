-- register_sizes(): how many voters and addresses each register has. What files brought was counted
-- as it was copied (wardmote.register_import_whole holds it to that), and such voters have ids of
-- blocks of their own, from 2^32 on: only the others are counted here, so that a large register
-- costs a page nothing. Voters and addresses are never deleted, and those of files never change
-- registers.
-- Called by other functions only. Locks: none.
-- No sequential scans: the blocks lie behind those ids, and nothing estimates how far.
create function api.register_sizes()
returns table (register_id integer, voters bigint, addresses bigint)
language sql stable
set search_path = wardmote, pg_temp
set enable_seqscan = off
as $$
    select s.register_id, sum(s.voters)::bigint, sum(s.addresses)::bigint
    from (select v.register_id, count(*) as voters, 0 as addresses
          from voter v where v.id < 1::bigint << 32 group by v.register_id
          union all
          select g.id, 0, g.addresses_before from register g
          union all
          select i.register_id, i.voters_in, i.addresses_in
          from register_import i where i.done_at is not null) s
    group by s.register_id
$$;
