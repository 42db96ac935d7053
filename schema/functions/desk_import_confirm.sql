-- desk_import_confirm(officer, import): adds the rows of a file that a dry run found nothing wrong
-- with: all or nothing. A person's row is one voter, at an address that several may share; an
-- address's row is an address and as many voters as the register says.
-- Called by: server/store_import.c. One row: outcome and how many voters. Outcomes: 'imported';
-- 'bad' (rows with something wrong); 'changed' (a code or number came onto a register meanwhile:
-- look at it again); 'gone' (imported, given up, retired, or not this officer's).
-- Locks: the import's row, the register's; advisory 5 when the file holds codes.
create function api.desk_import_confirm(p_officer integer, p_import integer)
returns table (outcome text, voters bigint)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_import   register_import;
    v_register register;
    v_voters   bigint;
begin
    select * into v_import from register_import i
    where i.id = p_import and i.officer_id = p_officer and i.done_at is null and i.checked
    for update;
    select * into v_register from register g
    where g.id = v_import.register_id and g.retired_at is null
      and api.desk_may(p_officer, g.neighbourhood_id) for no key update;
    if v_register.id is null or v_import.rows <> (select count(*) from register_import_row w
                                                  where w.import_id = p_import) then
        return query select 'gone', 0::bigint;
        return;
    elsif v_import.bad > 0 or v_import.rows = 0 then
        return query select 'bad', 0::bigint;
        return;
    end if;
    if v_import.persons then
        v_voters := api.import_persons(p_import, v_register.id, v_register.neighbourhood_id);
    else
        v_voters := api.import_addresses(p_import, v_register.id, v_register.neighbourhood_id,
                                         v_register.codes_per_address);
    end if;
    delete from register_import_row w where w.import_id = p_import;
    update register_import i set done_at = clock_timestamp() where i.id = p_import;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'register.import', 'register ' || v_register.id,
            jsonb_build_object('rows', v_import.rows, 'voters', v_voters,
                               'sha256', encode(v_import.sha256, 'hex')));
    return query select 'imported', v_voters;
exception when unique_violation then
    return query select 'changed', 0::bigint;
end
$$;
grant execute on function api.desk_import_confirm(integer, integer) to wardmote_desk;
