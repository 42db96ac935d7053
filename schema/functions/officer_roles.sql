-- officer_roles(officer): the roles of an officer, each with the area it is for; area '' where it is
-- for the whole service. Called by other functions only. Locks: none.
create function api.officer_roles(p_officer integer)
returns table (role text, area text, area_name text)
language sql stable
set search_path = wardmote, pg_temp
as $$
    select x.role, x.area, x.area_name from (
        select r.role, '' as area, '' as area_name from officer_role r where r.officer_id = p_officer
        union all
        select a.role, n.slug, n.name
        from officer_area a join neighbourhood n on n.id = a.neighbourhood_id
        where a.officer_id = p_officer) x
    order by array_position(array['ward_officer', 'approver', 'clerk', 'sms_operator', 'auditor',
                                  'administrator'], x.role), x.area_name
$$;
