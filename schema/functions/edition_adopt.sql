-- edition_adopt(edition, adopted): an edition that was put forward is in force from today on
-- (Europe/London), and the one before it superseded; or, `adopted` false, it is rejected and the old
-- one stays. Called by: api.result_publish, api.desk_edition_adopt. Locks: the rows that it changes.
create function api.edition_adopt(p_edition integer, p_adopted boolean) returns void
language plpgsql
set search_path = wardmote, pg_temp
as $$
begin
    update agreement_edition e set state = 'superseded'
    from agreement_edition mine
    where p_adopted and mine.id = p_edition and e.neighbourhood_id = mine.neighbourhood_id
      and e.state = 'adopted';
    update agreement_edition e
    set state = case when p_adopted then 'adopted' else 'rejected' end,
        adopted_on = case when p_adopted
                          then (clock_timestamp() at time zone 'Europe/London')::date end
    where e.id = p_edition;
end
$$;
