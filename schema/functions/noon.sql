-- noon(day): that day's midday in London, for days that travel as moments.
-- Called by other functions only. Locks: none.
create function api.noon(p_day date) returns timestamptz
language sql stable as $$
    select (p_day + time '12:00') at time zone 'Europe/London'
$$;
