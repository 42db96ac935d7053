-- officer_session_start(officer, id_hash, step, account_key, address_key, tried_at): a session
-- for an officer whose password and TOTP code were right. False: this time step, or a later one,
-- was used already (a code is good once), or the officer was disabled meanwhile.
-- Called by: server/page_sign_in.c. Locks: the officer's row.
create function api.officer_session_start(p_officer integer, p_id_hash bytea, p_step bigint,
                                          p_account_key bytea, p_address_key bytea,
                                          p_tried_at timestamptz)
returns boolean
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
begin
    update officer o
    set totp_last_step = p_step, signed_in_at = clock_timestamp()
    where o.id = p_officer and o.totp_last_step < p_step and o.disabled_at is null;
    if not found then
        return false;
    end if;
    delete from failure f
    where f.kind = 'sign_in' and f.key in (p_account_key, p_address_key) and f.at = p_tried_at;
    insert into officer_session (id_hash, officer_id) values (p_id_hash, p_officer);
    insert into audit (officer_id, action, object)
    values (p_officer, 'officer.sign_in', 'officer ' || p_officer);
    return true;
end
$$;
grant execute on function api.officer_session_start(integer, bytea, bigint, bytea, bytea,
    timestamptz) to wardmote_desk;
