-- import_drop(imports): forgets what looks at files kept. Called by other functions only. Locks: none.
create function api.import_drop(p_imports integer[]) returns void
language sql
set search_path = wardmote, pg_temp
as $$
    delete from register_import_part p where p.import_id = any (p_imports);
    delete from register_import_sample s where s.import_id = any (p_imports);
$$;
