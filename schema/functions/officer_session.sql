-- officer_session(id_hash, address): the officer whose session this is, and marks it as seen: it ends 15
-- minutes after the last request, 8 hours after signing in, and at once when the officer is
-- disabled. `roles`: the names of their roles anywhere, with commas between. `proved`: how many
-- seconds ago password and authenticator were given. No row: no such session (id_hash null: a request
-- without one), or over. What this connection puts on record until the next request came from `address`
-- (null: from the service itself), of which the record keeps the network; db_from (common/db.h) says it
-- again to a connection that had to be opened anew.
-- Called by: server/session.c on every desk request. Locks: the session's row.
create function api.officer_session(p_id_hash bytea, p_address text default null)
returns table (officer_id integer, name text, email text, roles text, proved integer)
language sql security definer
set search_path = wardmote, pg_temp
as $$
    select set_config('wardmote.from', coalesce(p_address, ''), false);
    update officer_session s
    set seen_at = clock_timestamp()
    from officer o
    where s.id_hash = p_id_hash and o.id = s.officer_id and o.disabled_at is null
      and s.ended_at is null
      and s.seen_at > clock_timestamp() - interval '15 minutes'
      and s.created_at > clock_timestamp() - interval '8 hours'
    returning o.id, o.name, o.email,
              (select coalesce(string_agg(distinct r.role, ','), '') from api.officer_roles(o.id) r),
              extract(epoch from clock_timestamp() - s.proved_at)::integer
$$;
grant execute on function api.officer_session(bytea, text) to wardmote_desk;
