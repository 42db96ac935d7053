-- officer_session_renew(old, new): the same session under another id, of which only the hash comes
-- here: whoever knew the old one has nothing. Returns the officer, null where the session is over.
-- Called by other functions only. Locks: the session's row.
create function api.officer_session_renew(p_old bytea, p_new bytea) returns integer
language sql
set search_path = wardmote, pg_temp
as $$
    update officer_session s set id_hash = p_new
    where s.id_hash = p_old and s.ended_at is null
    returning s.officer_id
$$;
