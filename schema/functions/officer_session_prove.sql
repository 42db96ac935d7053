-- officer_session_prove(id_hash, new_hash, step, account_key, address_key, tried_at): password and code
-- were right again: dangerous acts are open for a while, and the session has a new id. False: the
-- code was used already, or the session is over. See officer_session_start.
-- Called by: server/store_people.c. Locks: the officer's row, the session's.
create function api.officer_session_prove(p_id_hash bytea, p_new_hash bytea, p_step bigint,
                                          p_account_key bytea, p_address_key bytea,
                                          p_tried_at timestamptz)
returns boolean
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_officer integer;
begin
    update officer o set totp_last_step = p_step
    from officer_session s
    where s.id_hash = p_id_hash and s.ended_at is null and o.id = s.officer_id
      and o.totp_last_step < p_step and o.disabled_at is null
    returning o.id into v_officer;
    if v_officer is null then
        return false;
    end if;
    delete from failure f
    where f.kind = 'sign_in' and f.key in (p_account_key, p_address_key) and f.at = p_tried_at;
    perform api.officer_session_renew(p_id_hash, p_new_hash);
    update officer_session s set proved_at = clock_timestamp() where s.id_hash = p_new_hash;
    insert into audit (officer_id, action, object)
    values (v_officer, 'officer.prove', 'officer ' || v_officer);
    return true;
end
$$;
grant execute on function api.officer_session_prove(bytea, bytea, bigint, bytea, bytea, timestamptz)
    to wardmote_desk;
