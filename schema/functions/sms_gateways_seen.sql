-- sms_gateways_seen(names): the providers that a daemon sends by, by priority; the desk lists them,
-- and tells by them whether a daemon runs. Called by: sms/sender.c every ten seconds.
-- Locks: their rows.
create function api.sms_gateways_seen(p_names text[]) returns void
language sql security definer
set search_path = wardmote, pg_temp
as $$
    insert into sms_gateway as g (name, place, seen_at)
    select n.name, n.place, clock_timestamp()
    from unnest(p_names) with ordinality n(name, place) order by n.place
    on conflict (name) do update set place = excluded.place, seen_at = excluded.seen_at;
    update sms_gateway g set place = null
    where g.place is not null and g.name <> all (p_names)
      and g.seen_at < clock_timestamp() - interval '1 minute'
$$;
grant execute on function api.sms_gateways_seen(text[]) to wardmote_sms;
