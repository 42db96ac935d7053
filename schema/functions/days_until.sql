-- days_until(moment): midnights in London between now and then: 0 today, 1 tomorrow.
-- Called by other functions only. Locks: none.
create function api.days_until(p_at timestamptz) returns integer
language sql stable as $$
    select (p_at at time zone 'Europe/London')::date
           - (clock_timestamp() at time zone 'Europe/London')::date
$$;
