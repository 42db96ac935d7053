-- import_held(officer, import): a file that this officer has looked at or is looking at, and that is
-- not on its register yet; null: none, or the register is retired or not theirs.
-- Called by other functions only. Locks: none.
create function api.import_held(p_officer integer, p_import integer)
returns wardmote.register_import
language sql stable
set search_path = wardmote, pg_temp
as $$
    select i.* from register_import i
    join register g on g.id = i.register_id and g.retired_at is null
                   and api.desk_may(p_officer, g.neighbourhood_id)
    where i.id = p_import and i.officer_id = p_officer and i.done_at is null
$$;
