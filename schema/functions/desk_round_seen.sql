-- desk_round_seen(officer, slug): the round, or null where there is none or this officer may not read
-- it: nobody can tell the two apart. Called by other functions only. Locks: none.
create function api.desk_round_seen(p_officer integer, p_slug text) returns integer
language sql stable
set search_path = wardmote, pg_temp
as $$
    select r.id from round r where r.slug = p_slug and api.desk_sees(p_officer, r.neighbourhood_id)
$$;
