-- desk_person_role(officer, other, role, area, give): gives somebody a role, or takes it away. Roles of
-- an area: ward_officer, approver, clerk; of the service (area ''): sms_operator, auditor,
-- administrator. Who loses a role is signed out everywhere at once.
-- Called by: server/store_people.c. Outcomes: 'saved' (also when it was so already); 'role',
-- 'not_found', 'own' (see desk_person_may); 'what' (no such role, or no such area, or a role of an
-- area without one); 'last' (the last two administrators stay).
-- Locks: advisory (administrators), the other's row, their sessions' rows.
create function api.desk_person_role(p_officer integer, p_other integer, p_role text, p_area text,
                                     p_give boolean)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_problem text := api.desk_person_may(p_officer, p_other, true);
    v_area    integer;
    v_before  jsonb;
    v_after   jsonb;
    v_ours    boolean := p_role in ('sms_operator', 'auditor', 'administrator');
begin
    select n.id into v_area from neighbourhood n where n.slug = p_area;
    if v_problem <> '' then
        return v_problem;
    elsif p_role is null or p_role not in ('ward_officer', 'approver', 'clerk', 'sms_operator',
                                           'auditor', 'administrator')
          or v_ours <> (coalesce(p_area, '') = '') or not v_ours and v_area is null then
        return 'what';
    end if;
    if p_role = 'administrator' and not p_give
       and (select o.password_hash is not null and o.disabled_at is null
            from officer o where o.id = p_other)
       and exists (select from officer_role r where r.officer_id = p_other and r.role = p_role)
       and administrators_left(p_other) < 2 then
        return 'last';
    end if;
    -- Whoever waited for the lock may be no administrator any more.
    if not api.desk_role(p_officer, 'administrator') then
        return 'role';
    end if;
    perform from officer o where o.id = p_other for no key update;
    v_before := (select jsonb_agg(btrim(r.role || ' ' || r.area)) from api.officer_roles(p_other) r);
    if v_ours and p_give then
        insert into officer_role (officer_id, role) values (p_other, p_role) on conflict do nothing;
    elsif v_ours then
        delete from officer_role r where r.officer_id = p_other and r.role = p_role;
    elsif p_give then
        insert into officer_area (officer_id, neighbourhood_id, role)
        values (p_other, v_area, p_role) on conflict do nothing;
    else
        delete from officer_area a
        where a.officer_id = p_other and a.neighbourhood_id = v_area and a.role = p_role;
    end if;
    if found then
        v_after := (select jsonb_agg(btrim(r.role || ' ' || r.area))
                    from api.officer_roles(p_other) r);
        insert into audit (officer_id, action, object, detail)
        values (p_officer, case when p_give then 'officer.role_give' else 'officer.role_take' end,
                'officer ' || p_other,
                jsonb_build_object('role', p_role, 'area', coalesce(p_area, ''),
                                   'changes', jsonb_build_object(
                                       'roles', jsonb_build_array(v_before, v_after))));
        if not p_give then
            perform api.officer_sessions_end(p_other, null);
        end if;
    end if;
    return 'saved';
end
$$;
grant execute on function api.desk_person_role(integer, integer, text, text, boolean)
    to wardmote_desk;
