-- utc.sql: for tests of moments near now: from here on what is typed is read as UTC. London's hours are
-- refused in the night in which its clocks go back and show one twice; embargo.sql tests that.
create or replace function api.london_time(p_local text) returns table (at timestamptz, problem text)
language sql stable as $$
    select p_local::timestamp at time zone 'UTC', null::text
$$;
create function typed(p_at timestamptz) returns text language sql as $$
    select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS')
$$;
