-- officer_session_end(id_hash): signs out; the cookie is worth nothing from the next request on.
-- Called by: server/page_sign_in.c. Locks: the session's row.
create function api.officer_session_end(p_id_hash bytea) returns void
language sql security definer
set search_path = wardmote, pg_temp
as $$
    with ended as (
        update officer_session s
        set ended_at = clock_timestamp()
        where s.id_hash = p_id_hash and s.ended_at is null
        returning s.officer_id
    )
    insert into audit (officer_id, action, object)
    select e.officer_id, 'officer.sign_out', 'officer ' || e.officer_id from ended e
$$;
grant execute on function api.officer_session_end(bytea) to wardmote_desk;
