-- desk_import_give_up(officer, import): the officer's no to a file: nothing of it is kept but that
-- it was looked at.
-- Called by: server/store_import_seen.c. Outcome: its register; null: not this officer's, it was
-- imported, or nothing is kept. Locks: the import's row.
create function api.desk_import_give_up(p_officer integer, p_import integer) returns integer
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_register integer;
begin
    select i.register_id into v_register from register_import i
    where i.id = (api.import_held(p_officer, p_import)).id and i.done_at is null
      and exists (select from register_import_sample s where s.import_id = i.id) for update;
    if v_register is not null then
        perform api.import_drop(array[p_import]);
    end if;
    return v_register;
end
$$;
grant execute on function api.desk_import_give_up(integer, integer) to wardmote_desk;
