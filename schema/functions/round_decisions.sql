-- round_decisions(round): what the council decided on the proposals of a round with a published
-- result, by number, the latest first; `stands`: no later one was confirmed. For everybody. Called
-- by: server/store_decisions.c. Locks: none.
create function api.round_decisions(p_round integer)
returns table (number smallint, decision text, reason text, body text, decided_on timestamptz,
               stands boolean)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select p.number, d.decision, d.reason, d.body, api.noon(d.decided_on),
           row_number() over (partition by p.id order by d.confirmed_at desc, d.id desc) = 1
    from decision d
    join proposal p on p.id = d.proposal_id
    join round r on r.id = p.round_id
    where r.id = p_round and d.granted and api.result_shown(r.id) is not null
    order by p.number, d.confirmed_at desc, d.id desc
$$;
grant execute on function api.round_decisions(integer) to wardmote_web;
