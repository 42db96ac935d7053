-- import_drop(import): forgets what a look at a file kept. Called by other functions only.
-- Locks: none.
create function api.import_drop(p_import integer) returns void
language sql
set search_path = wardmote, pg_temp
as $$
    delete from register_import_part p where p.import_id = p_import;
    delete from register_import_sample s where s.import_id = p_import;
$$;
