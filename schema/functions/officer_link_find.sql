-- officer_link_find(key_hash): whose set-up link this is; no row: used, expired, void or unknown.
-- `unix_s`: the database's clock, for the authenticator's code.
-- Called by: server/store_people.c. Locks: none.
create function api.officer_link_find(p_key_hash bytea)
returns table (name text, email text, expires_at timestamptz, unix_s bigint)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select o.name, o.email, l.expires_at, extract(epoch from clock_timestamp())::bigint
    from officer_link l join officer o on o.id = l.officer_id and o.disabled_at is null
    where l.key_hash = p_key_hash and l.used_at is null and l.ended_at is null
      and l.expires_at > clock_timestamp()
$$;
grant execute on function api.officer_link_find(bytea) to wardmote_desk;
