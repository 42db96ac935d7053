-- retain_now(): api.retain by the database's clock. Called by: wardmote-sms every ten minutes.
create function api.retain_now()
returns table (words bigint, numbers bigint, rounds bigint)
language sql security definer
set search_path = wardmote, pg_temp
as $$
    select r.words, r.numbers, r.rounds from api.retain(clock_timestamp()) r
$$;
grant execute on function api.retain_now() to wardmote_sms;
