-- officer_sessions(id_hash): the sessions that stand of whose session this is, this one first, then the
-- latest seen. Called by: server/store_people.c. Locks: none.
create function api.officer_sessions(p_id_hash bytea)
returns table (this boolean, created_at timestamptz, seen_at timestamptz, unix_s bigint)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select t.id_hash = p_id_hash, t.created_at, t.seen_at,
           extract(epoch from clock_timestamp())::bigint
    from officer_session s join officer_session t on t.officer_id = s.officer_id
    where s.id_hash = p_id_hash and t.ended_at is null
      and t.seen_at > clock_timestamp() - interval '15 minutes'
      and t.created_at > clock_timestamp() - interval '8 hours'
    order by t.id_hash <> p_id_hash, t.seen_at desc
$$;
grant execute on function api.officer_sessions(bytea) to wardmote_desk;
