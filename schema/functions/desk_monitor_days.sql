-- desk_monitor_days(officer, slug): how many ballots a round got on each day by London's calendar, from the first
-- ballot's to the last's, by
-- channel, and how many of them changed or took back an earlier one of the same person. Counts only,
-- never choices. Called by: server/store_monitor.c. Locks: none.
create function api.desk_monitor_days(p_officer integer, p_slug text)
returns table (day timestamptz, web bigint, texts bigint, paper bigint, assisted bigint,
               again bigint)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    with cast_on as (
        select (x.cast_at at time zone 'Europe/London')::date as day, x.channel, x.revision > 1 as again
        from revision x
        where x.round_id = api.desk_round_seen(p_officer, p_slug))
    select api.noon(d.day::date), count(*) filter (where c.channel = 1),
           count(*) filter (where c.channel = 2), count(*) filter (where c.channel = 3),
           count(*) filter (where c.channel = 4), count(*) filter (where c.again)
    from generate_series((select min(day) from cast_on), (select max(day) from cast_on),
                         interval '1 day') d(day)
    left join cast_on c on c.day = d.day::date
    group by d.day
    order by d.day
$$;
grant execute on function api.desk_monitor_days(integer, text) to wardmote_desk;
