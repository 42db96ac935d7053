-- desk_import_take(officer, import): the officer's yes to a file with nothing wrong: it is written
-- down as done, and this transaction now owes the register its addresses and voters; without all of
-- them it cannot be committed (wardmote.register_import_whole).
-- Called by: server/store_import_add.c (role wardmote_import), which copies them in. One row.
-- Outcomes: 'taken' with what the copies need: ids of addresses and voters begin at `first`, each
-- address has `codes` voters, or a row is a person (`persons`); 'bad' (rows with something wrong);
-- 'changed' (the register was given another file since the look); 'gone' (imported, given up, lost
-- in a crash, retired, or not this officer's).
-- Locks: the import's row, the register's; advisory 5 (serials) when the file holds codes.
create function api.desk_import_take(p_officer integer, p_import integer)
returns table (outcome text, register integer, persons boolean, codes integer, parts integer,
               first bigint, voters bigint)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_import   register_import;
    v_register register;
    v_next     record;
begin
    select * into v_import from register_import i
    where i.id = p_import and i.officer_id = p_officer and i.done_at is null and i.checked
    for update;
    select * into v_register from register g
    where g.id = v_import.register_id and g.retired_at is null
      and api.desk_may(p_officer, g.neighbourhood_id) for no key update;
    outcome := case
        when v_register.id is null then 'gone'
        when v_import.bad > 0 or v_import.rows = 0 then 'bad'
        when v_import.parts <> (select count(*) from register_import_part p
                                where p.import_id = p_import) or v_import.parts = 0 then 'gone'
        when v_register.imports <> v_import.before then 'changed'
        else 'taken' end;
    register := v_register.id;
    persons := v_import.persons;
    codes := v_register.codes_per_address;
    parts := v_import.parts;
    voters := case when persons then v_import.rows else v_import.rows * codes::bigint end;
    if outcome <> 'taken' then
        return next;
        return;
    end if;
    first := nextval('import_block_seq') << 22;
    if v_import.has_codes then
        v_next := api.serial_next(v_register.neighbourhood_id);
    else
        select '' as prefix, 0 as last into v_next;
    end if;
    update register_import i
    set done_at = clock_timestamp(), taken_in = pg_current_xact_id(), first_id = first,
        voters = desk_import_take.voters,
        serial_prefix = v_next.prefix, serial_last = v_next.last
    where i.id = p_import;
    update register g set imports = g.imports + 1 where g.id = v_register.id;
    delete from register_import_sample s where s.import_id = p_import;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'register.import', 'register ' || v_register.id,
            jsonb_build_object('rows', v_import.rows, 'voters', desk_import_take.voters,
                               'sha256', encode(v_import.sha256, 'hex')));
    return next;
end
$$;
grant execute on function api.desk_import_take(integer, integer) to wardmote_import;
