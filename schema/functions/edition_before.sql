-- edition_before(edition): the edition that was in force when this one came, or would have: the last
-- of its area before it that was ever adopted; null for the first. Called by other functions only.
-- Locks: none.
create function api.edition_before(p_edition integer) returns integer
language sql stable
set search_path = wardmote, pg_temp
as $$
    select b.id
    from agreement_edition e
    join agreement_edition b on b.neighbourhood_id = e.neighbourhood_id and b.edition < e.edition
                            and api.edition_state(b) in ('adopted', 'superseded')
    where e.id = p_edition
    order by b.edition desc limit 1
$$;
