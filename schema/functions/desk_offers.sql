-- desk_offers(officer): offers of help in an officer's areas that may be called about: who waits
-- first, oldest first, then who was called, newest first; 500 at most. What it is for comes as words
-- and a path. Called by: server/store_offer.c. Locks: none.
create function api.desk_offers(p_officer integer)
returns table (id bigint, about text, path text, area text, name text, words text,
               made_at timestamptz, answered_at timestamptz, answered_by text, there boolean)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select o.id, coalesce(p.title, g.promise),
           case when p.id is not null then '/rounds/' || r.slug || '/' || to_char(p.number, 'FM0000')
                else '/neighbourhoods/' || n.slug || '/agreement' end,
           n.name, o.name, o.words, o.made_at, o.answered_at, coalesce(b.name, ''),
           o.number_sealed is not null
    from offer o
    left join proposal p on p.id = o.proposal_id
    left join round r on r.id = p.round_id
    left join pledge g on g.id = o.pledge_id
    left join agreement_edition e on e.id = g.edition_id
    join neighbourhood n on n.id = coalesce(r.neighbourhood_id, e.neighbourhood_id)
    left join officer b on b.id = o.answered_by
    where o.agreed_at is not null and api.desk_may(p_officer, n.id)
    order by o.answered_at is not null, o.answered_at desc, o.made_at
    limit 500
$$;
grant execute on function api.desk_offers(integer) to wardmote_desk;
