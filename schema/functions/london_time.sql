-- london_time(local): a moment from a date and time as written in Europe/London. at is null and
-- problem tells why when the clocks make it impossible: 'gap' (they go forward over it) or 'twice'
-- (they go back, and it comes again). Called by other functions only. Locks: none.
create function api.london_time(p_local timestamp)
returns table (at timestamptz, problem text)
language sql stable as $$
    select case when w.problem is null then w.at end, w.problem
    from (select t.at,
                 case when t.at at time zone 'Europe/London' <> p_local then 'gap'
                      when (t.at - interval '1 hour') at time zone 'Europe/London' = p_local
                        or (t.at + interval '1 hour') at time zone 'Europe/London' = p_local
                      then 'twice' end as problem
          from (select p_local at time zone 'Europe/London' as at) t) w
$$;
