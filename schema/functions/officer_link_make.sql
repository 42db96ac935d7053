-- officer_link_make(officer, other, key_hash): a link by which `other` chooses a password and an
-- authenticator, good once, for 72 hours; the one before is good no longer. Of the key only its
-- SHA-256 comes here. `officer` null: made beside the database.
-- Called by other functions only. Locks: the officer's row.
create function api.officer_link_make(p_officer integer, p_other integer, p_key_hash bytea) returns void
language plpgsql
set search_path = wardmote, pg_temp
as $$
begin
    perform from officer o where o.id = p_other for no key update;
    update officer_link l set ended_at = clock_timestamp()
    where l.officer_id = p_other and l.used_at is null and l.ended_at is null;
    insert into officer_link (key_hash, officer_id, made_by) values (p_key_hash, p_other, p_officer);
    insert into audit (officer_id, action, object)
    values (p_officer, 'officer.link', 'officer ' || p_other);
end
$$;
