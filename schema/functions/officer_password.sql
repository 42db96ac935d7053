-- officer_password(id_hash, new_hash, password_hash): a new password for whose session this is. Their
-- other sessions end, and this one has a new id. Called by: server/store_people.c.
-- False: the session is over. Locks: the officer's row, their sessions' rows.
create function api.officer_password(p_id_hash bytea, p_new_hash bytea, p_password_hash text)
returns boolean
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_officer integer := api.officer_session_renew(p_id_hash, p_new_hash);
begin
    if v_officer is null then
        return false;
    end if;
    update officer o set password_hash = p_password_hash where o.id = v_officer;
    perform api.officer_sessions_end(v_officer, p_new_hash);
    insert into audit (officer_id, action, object)
    values (v_officer, 'officer.password', 'officer ' || v_officer);
    return true;
end
$$;
grant execute on function api.officer_password(bytea, bytea, text) to wardmote_desk;
