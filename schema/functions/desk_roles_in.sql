-- desk_roles_in(officer, neighbourhood): the roles that an officer has in an area, and those of the
-- whole service, with commas between, for a page to show what is theirs to do.
-- Called by other functions only. Locks: none.
create function api.desk_roles_in(p_officer integer, p_neighbourhood integer) returns text
language sql stable
set search_path = wardmote, pg_temp
as $$
    select coalesce(string_agg(distinct r.role, ','), '') from (
        select a.role from officer_area a join neighbourhood_within w on w.within_id = a.neighbourhood_id
        where a.officer_id = p_officer and w.neighbourhood_id = p_neighbourhood
        union all
        select r.role from officer_role r where r.officer_id = p_officer) r
$$;
