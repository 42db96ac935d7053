-- wrong_in_hour(): how many wrong codes were tried in the last hour, whoever tried them; counted up
-- to 1,000. From 200 on somebody may be guessing: servers log it and the desk shows it.
-- Called by other functions only. Locks: none.
create function api.wrong_in_hour() returns integer
language sql stable
set search_path = wardmote, pg_temp
as $$
    select count(*)::integer from (select from code_try t
                                   where t.outcome = 'wrong'
                                     and t.at > clock_timestamp() - interval '1 hour'
                                   limit 1000) many
$$;
