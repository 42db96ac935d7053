-- desk_register_retire(officer, register): no vote uses this register from now on; what was voted
-- stands. Not while a round that is scheduled or open counts on it.
-- Called by: server/store_register.c. Outcomes: 'retired'; 'in_use'; 'not_found'. Locks: rounds in
-- question, shared, by advisory lock; the register's row.
create function api.desk_register_retire(p_officer integer, p_register integer) returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_register register;
begin
    select * into v_register from register g
    where g.id = p_register and g.retired_at is null
      and api.desk_may(p_officer, g.neighbourhood_id) for update;
    if v_register.id is null then
        return 'not_found';
    elsif exists (
        select from round r
        where r.state = 'scheduled' and clock_timestamp() < r.closes_at + r.grace
          and api.register_holds(v_register.kind, null, r.eligibility)
          and exists (select from neighbourhood_within w
                      where w.within_id = r.neighbourhood_id
                        and w.neighbourhood_id in (select v.neighbourhood_id from voter v
                                                   where v.register_id = p_register))) then
        return 'in_use';
    end if;
    update register g set retired_at = clock_timestamp() where g.id = p_register;
    insert into audit (officer_id, action, object)
    values (p_officer, 'register.retire', 'register ' || p_register);
    return 'retired';
end
$$;
grant execute on function api.desk_register_retire(integer, integer) to wardmote_desk;
