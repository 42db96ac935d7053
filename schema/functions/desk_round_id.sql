-- desk_round_id(officer, slug): the round, or null where there is none or it is another officer's:
-- nobody can tell the two apart. Called by other functions only. Locks: none.
create function api.desk_round_id(p_officer integer, p_slug text) returns integer
language sql stable
set search_path = wardmote, pg_temp
as $$
    select r.id from round r
    where r.slug = p_slug and api.desk_may(p_officer, r.neighbourhood_id)
$$;
