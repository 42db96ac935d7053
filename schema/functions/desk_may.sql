-- desk_may(officer, neighbourhood): does this officer look after this area, or one that holds it?
-- Called by other functions only. Locks: none.
create function api.desk_may(p_officer integer, p_neighbourhood integer) returns boolean
language sql stable
set search_path = wardmote, pg_temp
as $$
    select exists (select from officer_area a
                   join officer o on o.id = a.officer_id and o.disabled_at is null
                   join neighbourhood_within w on w.within_id = a.neighbourhood_id
                   where a.officer_id = p_officer and w.neighbourhood_id = p_neighbourhood)
$$;
