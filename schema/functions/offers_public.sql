-- offers_public(round): how many people offered to help with each proposal of a round that is
-- public, and agreed to be called; no row where nobody did. Called by: server/store_offer.c.
-- Locks: none.
create function api.offers_public(p_round integer) returns table (number smallint, people bigint)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select p.number, count(*)
    from offer o join proposal p on p.id = o.proposal_id join round r on r.id = p.round_id
    where r.id = p_round and r.frozen and o.agreed_at is not null
    group by p.number
$$;
grant execute on function api.offers_public(integer) to wardmote_web;
