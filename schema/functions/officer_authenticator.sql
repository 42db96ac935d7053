-- officer_authenticator(id_hash, new_hash, totp_sealed, step): a new authenticator for whose session
-- this is; `step` is the time step of the code that proved it. Their other sessions end, and this
-- one has a new id. Called by: server/store_people.c. False: the session is over.
-- Locks: the officer's row, their sessions' rows.
create function api.officer_authenticator(p_id_hash bytea, p_new_hash bytea, p_totp_sealed bytea,
                                          p_step bigint)
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
    update officer o set totp_sealed = p_totp_sealed, totp_last_step = p_step where o.id = v_officer;
    perform api.officer_sessions_end(v_officer, p_new_hash);
    insert into audit (officer_id, action, object)
    values (v_officer, 'officer.authenticator', 'officer ' || v_officer);
    return true;
end
$$;
grant execute on function api.officer_authenticator(bytea, bytea, bytea, bigint) to wardmote_desk;
