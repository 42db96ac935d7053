-- schema_version(): the number of the newest migration applied, 0 when there is none.
-- Called by every daemon at start, which refuses to run against any version but its own.
create function api.schema_version() returns integer
language sql stable security definer set search_path = wardmote, pg_temp as $$
    select coalesce(max(m.number), 0) from migration m
$$;
grant execute on function api.schema_version() to wardmote_web, wardmote_desk, wardmote_sms;
