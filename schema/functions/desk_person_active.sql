-- desk_person_active(officer, other, active): deactivates somebody, who is signed out everywhere at
-- once and whose set-up link is void, or lets them in again, with the roles they had.
-- Called by: server/store_people.c. Outcomes: 'saved' (also when it was so already); 'role',
-- 'not_found', 'own' (see desk_person_may); 'last' (the last two administrators stay).
-- Locks: advisory (administrators), the other's row, their sessions' rows.
create function api.desk_person_active(p_officer integer, p_other integer, p_active boolean)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_problem text := api.desk_person_may(p_officer, p_other, true);
begin
    if v_problem <> '' then
        return v_problem;
    elsif not p_active
          and exists (select from officer_role r join officer o on o.id = r.officer_id
                      where r.officer_id = p_other and r.role = 'administrator'
                        and o.password_hash is not null and o.disabled_at is null)
          and administrators_left(p_other) < 2 then
        return 'last';
    end if;
    -- Whoever waited for the lock may be no administrator any more.
    if not api.desk_role(p_officer, 'administrator') then
        return 'role';
    end if;
    update officer o set disabled_at = case when p_active then null else clock_timestamp() end
    where o.id = p_other and (o.disabled_at is null) <> p_active;
    if found then
        insert into audit (officer_id, action, object)
        values (p_officer, case when p_active then 'officer.reactivate' else 'officer.deactivate' end,
                'officer ' || p_other);
        if not p_active then
            perform api.officer_sessions_end(p_other, null);
            update officer_link l set ended_at = clock_timestamp()
            where l.officer_id = p_other and l.used_at is null and l.ended_at is null;
        end if;
    end if;
    return 'saved';
end
$$;
grant execute on function api.desk_person_active(integer, integer, boolean) to wardmote_desk;
