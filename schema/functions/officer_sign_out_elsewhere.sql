-- officer_sign_out_elsewhere(id_hash): ends every other session of whose session this is; how many.
-- Called by: server/store_people.c. Locks: the sessions' rows.
create function api.officer_sign_out_elsewhere(p_id_hash bytea) returns bigint
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_officer integer := (select s.officer_id from officer_session s where s.id_hash = p_id_hash);
    v_n       bigint := api.officer_sessions_end(v_officer, p_id_hash);
begin
    if v_n > 0 then
        insert into audit (officer_id, action, object, detail)
        values (v_officer, 'officer.sign_out_elsewhere', 'officer ' || v_officer,
                jsonb_build_object('sessions', v_n));
    end if;
    return v_n;
end
$$;
grant execute on function api.officer_sign_out_elsewhere(bytea) to wardmote_desk;
