-- phone_areas(): the areas whose people may vote by mobile number in a round that is open now.
-- Called by: server/store_phone.c. Locks: none.
create function api.phone_areas() returns table (slug text, name text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select n.slug, n.name
    from neighbourhood n
    where n.kind <> 'city' and exists (
        select from neighbourhood_within w
        join round r on r.neighbourhood_id = w.within_id
                    and (r.eligibility = 'phone'
                         or r.eligibility = 'register'
                            and exists (select from credential c
                                        where c.kind = 'phone' and c.issued_as = 'import'))
        where w.neighbourhood_id = n.id
          and api.round_phase(r) = 'open')
    order by n.name
$$;
grant execute on function api.phone_areas() to wardmote_web;
