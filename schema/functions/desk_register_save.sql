-- desk_register_save(officer, register, name, area, kind, codes_per_address, extra_cap): makes a
-- register (register null), or changes name and numbers of one; its area and kind stay.
-- Called by: server/store_register.c. One row: outcome and the register's id. Outcomes: 'saved';
-- 'not_found' (register or area are not this officer's, or it is retired); 'name'; 'taken';
-- 'numbers' (codes per address 1 to 20, extra codes 0 to 20). Locks: the register's row.
create function api.desk_register_save(
    p_officer integer, p_register integer, p_name text, p_area text, p_kind text,
    p_codes integer, p_extra integer)
returns table (outcome text, id integer)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_area integer;
    v_id   integer := p_register;
begin
    if p_register is null then
        select n.id into v_area from neighbourhood n
        where n.slug = p_area and api.desk_may(p_officer, n.id)
          and p_kind in ('codes', 'imported');
    else
        select g.neighbourhood_id into v_area from register g
        where g.id = p_register and g.retired_at is null
          and api.desk_may(p_officer, g.neighbourhood_id) for update;
    end if;
    if v_area is null then
        return query select 'not_found', null::integer;
    elsif length(btrim(p_name)) not between 1 and 120 then
        return query select 'name', null::integer;
    elsif p_codes not between 1 and 20 or p_extra not between 0 and 20 then
        return query select 'numbers', null::integer;
    elsif exists (select from register g
                  where g.name = btrim(p_name) and g.id is distinct from p_register) then
        return query select 'taken', null::integer;
    else
        if v_id is null then
            insert into register (name, neighbourhood_id, kind, codes_per_address, extra_cap)
            values (btrim(p_name), v_area, p_kind, p_codes, p_extra) returning id into v_id;
        else
            update register g
            set name = btrim(p_name), codes_per_address = p_codes, extra_cap = p_extra
            where g.id = v_id;
        end if;
        insert into audit (officer_id, action, object, detail)
        values (p_officer, 'register.save', 'register ' || v_id,
                jsonb_build_object('name', btrim(p_name), 'codes_per_address', p_codes,
                                   'extra_cap', p_extra));
        return query select 'saved', v_id;
    end if;
exception when unique_violation then
    return query select 'taken', null::integer;
end
$$;
grant execute on function api.desk_register_save(integer, integer, text, text, text, integer,
    integer) to wardmote_desk;
