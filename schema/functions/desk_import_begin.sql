-- desk_import_begin(officer, register, sha256, persons): a place for the rows of a file between its
-- dry run and the officer's yes. `persons`: a row is a person; else an address. Earlier files of
-- this officer that were never imported go.
-- Called by: server/store_import.c, in one transaction with the rows and the check. The import's
-- id; null: not this officer's register, retired, or of phones. Locks: none.
create function api.desk_import_begin(p_officer integer, p_register integer, p_sha256 bytea,
                                      p_persons boolean)
returns integer
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_id integer;
begin
    if not exists (select from register g
                   where g.id = p_register and g.retired_at is null and g.kind <> 'phones'
                     and api.desk_may(p_officer, g.neighbourhood_id)) then
        return null;
    end if;
    delete from register_import_row w using register_import i
    where i.id = w.import_id and i.officer_id = p_officer and i.done_at is null;
    insert into register_import (register_id, officer_id, sha256, persons)
    values (p_register, p_officer, p_sha256, p_persons) returning id into v_id;
    return v_id;
end
$$;
grant execute on function api.desk_import_begin(integer, integer, bytea, boolean)
    to wardmote_desk;
