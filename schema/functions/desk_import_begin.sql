-- desk_import_begin(officer, register, sha256, persons): a place for what a look at a file finds.
-- `persons`: a row is a person; else an address. Earlier files of this officer that were never
-- imported go. `area`: the register's; `listed`: it holds addresses already; `located`: we know
-- where postcodes are.
-- Called by: server/store_import.c, in one transaction with the questions about the rows and
-- api.desk_import_looked. One row; none: not this officer's register, retired, or of phones.
-- Locks: those earlier files, but not one whose yes or no is on its way.
create function api.desk_import_begin(p_officer integer, p_register integer, p_sha256 bytea,
                                      p_persons boolean)
returns table (id integer, area integer, listed boolean, located boolean)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_register register;
begin
    select * into v_register from register g
    where g.id = p_register and g.retired_at is null and g.kind in ('codes', 'imported')
      and api.desk_may(p_officer, g.neighbourhood_id);
    if v_register.id is null then
        return;
    end if;
    perform api.import_drop(array(
        select i.id from register_import i
        where i.officer_id = p_officer and i.done_at is null
          and (exists (select from register_import_sample s where s.import_id = i.id)
               or exists (select from register_import_part p where p.import_id = i.id))
        for update skip locked));
    return query
    with born as (
        insert into register_import (register_id, officer_id, sha256, persons, before)
        values (p_register, p_officer, p_sha256, p_persons, v_register.imports)
        returning id
    )
    select b.id, v_register.neighbourhood_id,
           exists (select from register_address a where a.register_id = p_register),
           exists (select from postcode)
    from born b;
end
$$;
grant execute on function api.desk_import_begin(integer, integer, bytea, boolean)
    to wardmote_desk;
