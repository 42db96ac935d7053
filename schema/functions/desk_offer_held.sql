-- desk_offer_held(officer, offer): an offer that may be called about, of this officer's areas, its
-- row locked; or a row of nulls. Called by other functions only. Locks: its row.
create function api.desk_offer_held(p_officer integer, p_offer bigint) returns wardmote.offer
language sql
set search_path = wardmote, pg_temp
as $$
    select o.* from offer o
    where o.id = p_offer and o.id in (select d.id from api.desk_offers(p_officer) d)
    for update
$$;
