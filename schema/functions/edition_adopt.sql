-- edition_adopt(edition, adopted, day): an edition that was put forward is in force from that day on
-- (today, Europe/London), and the one before it superseded; or, `adopted` false, it is rejected and the
-- old one stays; if it was in force itself (a result was corrected), the one that it superseded is
-- so again. Called by: api.result_publish, api.round_settle,
-- api.desk_edition_adopt. Locks: the rows that it changes.
create function api.edition_adopt(p_edition integer, p_adopted boolean,
                                  p_day date default (clock_timestamp()
                                                      at time zone 'Europe/London')::date)
returns void
language plpgsql
set search_path = wardmote, pg_temp
as $$
declare
    v_was agreement_edition;
begin
    select * into v_was from agreement_edition e where e.id = p_edition;
    update agreement_edition e set state = 'superseded'
    where p_adopted and e.neighbourhood_id = v_was.neighbourhood_id and e.state = 'adopted';
    update agreement_edition e
    set state = case when p_adopted then 'adopted' else 'rejected' end,
        adopted_on = case when p_adopted
                          then p_day end
    where e.id = p_edition;
    update agreement_edition e set state = 'adopted'
    where not p_adopted and v_was.state = 'adopted'
      and e.id = (select o.id from agreement_edition o
                  where o.neighbourhood_id = v_was.neighbourhood_id and o.state = 'superseded'
                    and o.edition < v_was.edition
                  order by o.edition desc limit 1);
end
$$;
