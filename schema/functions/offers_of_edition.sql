-- offers_of_edition(edition): how many people offered to help with each pledge of an edition, and
-- agreed to be called; no row where nobody did. Called by: server/store_offer.c. Locks: none.
create function api.offers_of_edition(p_edition integer) returns table (pledge integer, people bigint)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select g.id, count(*)
    from offer o join pledge g on g.id = o.pledge_id
    where g.edition_id = p_edition and o.agreed_at is not null
    group by g.id
$$;
grant execute on function api.offers_of_edition(integer) to wardmote_web;
