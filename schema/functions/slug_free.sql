-- slug_free(title): a free name in addresses for a round of this title: "Westfield 2027" becomes
-- westfield-2027, or westfield-2027-2 where that is taken.
-- Called by other functions only. Locks: none (the unique constraint has the last word).
create function api.slug_free(p_title text) returns text
language sql stable
set search_path = wardmote, pg_temp
as $$
    with wish as (
        select coalesce(nullif(trim(both '-' from left(
            regexp_replace(lower(p_title), '[^a-z0-9]+', '-', 'g'), 60)), ''), 'round') as slug
    )
    select case when g.n = 1 then w.slug else w.slug || '-' || g.n end
    from wish w cross join generate_series(1, 10000) g(n)
    where not exists (select from round r
                      where r.slug = case when g.n = 1 then w.slug else w.slug || '-' || g.n end)
    order by g.n limit 1
$$;
