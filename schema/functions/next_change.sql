-- next_change(): milliseconds until the next instant at which a scheduled round opens or closes, or a
-- result becomes public, rounded down; null when none will. A page rendered now is true until then at the latest.
-- Called by: server/store_content.c, before a page that is kept. Locks: none.
create function api.next_change() returns bigint
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select floor(extract(epoch from min(t.at) - clock_timestamp()) * 1000)::bigint
    from (select c.at from round r
          cross join lateral (values (r.opens_at), (r.closes_at), (r.closes_at + r.grace)) c(at)
          where r.state = 'scheduled'
          union all
          select x.published_at from result x) t
    where t.at > clock_timestamp()
$$;
grant execute on function api.next_change() to wardmote_web;
