-- officer_sign_in_lookup(email, account_key, address_key): what is needed to check a password and
-- a TOTP code, and counts this try as failed beforehand: api.officer_session_start takes it back,
-- so that tries sent in parallel are limited too. One row: limited (10 failures in 5 minutes for
-- the account or the network address: nothing else is told), tried_at (names this try), unix_s
-- (the database's clock), and the officer, null where there is none.
-- Called by: server/page_sign_in.c. Locks: advisory 3 (signing in).
create function api.officer_sign_in_lookup(p_email text, p_account_key bytea, p_address_key bytea)
returns table (limited boolean, tried_at timestamptz, unix_s bigint, officer_id integer,
               password_hash text, totp_sealed bytea, totp_last_step bigint)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_now     timestamptz;
    v_limited boolean;
begin
    perform pg_advisory_xact_lock(3, 0);
    v_now := clock_timestamp();
    delete from failure f where f.kind = 'sign_in' and f.at < v_now - interval '1 day';
    select coalesce(bool_or(k.n >= 10), false) into v_limited
    from (select count(*) as n from failure f
          where f.kind = 'sign_in' and f.key in (p_account_key, p_address_key)
            and f.at > v_now - interval '5 minutes'
          group by f.key) k;
    if not v_limited then
        insert into failure (kind, key, at)
        values ('sign_in', p_account_key, v_now), ('sign_in', p_address_key, v_now);
    end if;
    return query
    select v_limited, v_now, extract(epoch from v_now)::bigint, o.id, o.password_hash,
           o.totp_sealed, o.totp_last_step
    from (select) one
    left join officer o on not v_limited and lower(o.email) = lower(p_email)
                                       and o.disabled_at is null and o.password_hash is not null;
end
$$;
grant execute on function api.officer_sign_in_lookup(text, bytea, bytea) to wardmote_desk;
