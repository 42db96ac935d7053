-- round_proposals(round): proposals of a round that is no draft, by number, as they were frozen.
-- Called by: server/store_rounds.c. Outcomes: one row a proposal; pot and cost are null for a
-- question, lat and lon (hundred-thousandths of a degree) where nobody set a point. Locks: none.
create function api.round_proposals(p_round integer)
returns table (number smallint, short_name text, title text, summary text, place text,
               proposer text, pot integer, cost bigint, withdrawn boolean, withdrawn_reason text,
               theme text, lat integer, lon integer)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select p.number, p.short_name, p.title, p.summary, p.place, p.proposer, t.ordinal, p.cost,
           p.state = 'withdrawn', p.withdrawn_reason, p.theme, p.lat, p.lon
    from proposal p
    join round r on r.id = p.round_id
    left join pot t on t.id = p.pot_id
    where p.round_id = p_round and p.state <> 'draft' and r.frozen
    order by p.number
$$;
grant execute on function api.round_proposals(integer) to wardmote_web, wardmote_desk;
