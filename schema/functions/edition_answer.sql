-- edition_answer(edition): what a vote said about an edition whose result became public by the clock
-- and is not in the edition's row yet, and since when; no row otherwise. Called by other functions
-- only. Locks: none.
create function api.edition_answer(p_edition integer)
returns table (adopted boolean, at timestamptz)
language sql stable
set search_path = wardmote, pg_temp
as $$
    select (p.outcome ->> 'adopted')::boolean, x.published_at
    from round r
    join result x on x.round_id = r.id and x.published_at <= clock_timestamp()
    join result_part p on p.round_id = x.round_id and p.version = x.version
    where r.edition_id = p_edition and r.state = 'result_review'
$$;
