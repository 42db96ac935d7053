-- desk_alarm(): how many wrong codes were tried in the last hour, for the desk's warning; null
-- below 200. Called by: server/store_register.c. Locks: none.
create function api.desk_alarm() returns integer
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select case when w >= 200 then w end from (select api.wrong_in_hour() as w) n
$$;
grant execute on function api.desk_alarm() to wardmote_desk;
