-- officer_sessions_end(officer, but): ends the sessions of an officer but the one of this hash (null:
-- all), and says how many. Called by other functions only. Locks: the sessions' rows.
create function api.officer_sessions_end(p_officer integer, p_but bytea) returns bigint
language sql
set search_path = wardmote, pg_temp
as $$
    with ended as (
        update officer_session s set ended_at = clock_timestamp()
        where s.officer_id = p_officer and s.ended_at is null and s.id_hash is distinct from p_but
        returning 1)
    select count(*) from ended
$$;
