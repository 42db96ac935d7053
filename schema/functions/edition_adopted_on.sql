-- edition_adopted_on(edition): the day since which it is in force, or was, by the clock (see
-- api.edition_answer); null: never. Called by other functions only. Locks: none.
create function api.edition_adopted_on(p_edition wardmote.agreement_edition) returns date
language sql stable
set search_path = wardmote, pg_temp
as $$
    select coalesce(p_edition.adopted_on,
                    (select (a.at at time zone 'Europe/London')::date
                     from api.edition_answer(p_edition.id) a where a.adopted))
$$;
