-- officer_set_up(key_hash, password_hash, totp_sealed, step, id_hash): password and authenticator that
-- an officer chose by their set-up link, which is used up; their sessions end, and one begins.
-- `step`: the time step of the code that proved the authenticator; it is not accepted again.
-- Called by: server/store_people.c. Outcomes: 'done'; 'gone' (the link is used, expired or void).
-- Locks: the officer's row, the link's.
create function api.officer_set_up(p_key_hash bytea, p_password_hash text, p_totp_sealed bytea,
                                   p_step bigint, p_id_hash bytea)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_officer integer;
begin
    perform from officer o join officer_link l on l.officer_id = o.id
    where l.key_hash = p_key_hash for no key update of o;
    update officer_link l set used_at = clock_timestamp()
    from officer o
    where l.key_hash = p_key_hash and l.used_at is null and l.ended_at is null
      and l.expires_at > clock_timestamp() and o.id = l.officer_id and o.disabled_at is null
    returning l.officer_id into v_officer;
    if v_officer is null then
        return 'gone';
    end if;
    perform api.officer_sessions_end(v_officer, null);
    update officer o
    set password_hash = p_password_hash, totp_sealed = p_totp_sealed, totp_last_step = p_step,
        signed_in_at = clock_timestamp()
    where o.id = v_officer;
    insert into officer_session (id_hash, officer_id) values (p_id_hash, v_officer);
    insert into audit (officer_id, action, object)
    values (v_officer, 'officer.set_up', 'officer ' || v_officer);
    return 'done';
end
$$;
grant execute on function api.officer_set_up(bytea, text, bytea, bigint, bytea) to wardmote_desk;
