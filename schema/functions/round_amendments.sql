-- round_amendments(round): what two officers changed after the rules were frozen, in order, with the
-- published reasons: extensions, withdrawals, ballots declared void (never whose). For everybody.
-- Called by: server/store_amendments.c. Locks: none.
create function api.round_amendments(p_round integer)
returns table (kind text, closes_at timestamptz, closed_at timestamptz, number integer, name text,
               reason text, decided_at timestamptz)
language sql security definer
set search_path = wardmote, pg_temp
as $$
    select a.kind, a.closes_at, a.closed_at, coalesce(p.number, 0)::integer, coalesce(p.title, ''),
           a.reason, a.decided_at
    from amendment a left join proposal p on p.id = a.proposal_id
    where a.round_id = p_round and a.granted
    order by a.decided_at, a.id
$$;
grant execute on function api.round_amendments(integer) to wardmote_web, wardmote_desk;
