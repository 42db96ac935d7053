-- free_number(): the lowest four-digit number from 100x to 999x with a right check digit that no
-- draft and no round that is still to be counted uses, or null when there is none left (900).
-- Called by other functions only. Locks: advisory 4 (giving numbers), until the transaction ends,
-- so that two officers never get the same.
create function api.free_number() returns smallint
language plpgsql
set search_path = wardmote, pg_temp
as $$
begin
    perform pg_advisory_xact_lock(4, 0);
    return (select c.number
            from (select (g.n::text || api.damm_digit(g.n::text))::smallint as number
                  from generate_series(100, 999) g(n)) c
            where not exists (select from proposal p join round r on r.id = p.round_id
                              where p.number = c.number and r.state in ('draft', 'review', 'approved', 'scheduled'))
              and not exists (select from number_in_use u
                              where u.number = c.number and upper(u.during) > clock_timestamp())
            order by c.number limit 1);
end
$$;
