-- desk_result(officer, slug): the figures of a count, published or not: the columns of
-- result_public, then who counted. No row: not counted yet, or not this officer's.
-- Called by: server/store_desk_count.c. Locks: none.
create function api.desk_result(p_officer integer, p_slug text)
returns table (round_id integer, counted_at timestamptz, published_at timestamptz, seed bytea,
               ballots integer, web integer, texts integer, paper integer, withdrawn integer,
               replaced integer, eligible integer, assisted integer,
               voided integer, counted_by text)
language sql security definer
set search_path = wardmote, pg_temp
as $$
    select x.round_id, x.counted_at, x.published_at, x.seed, x.ballots, x.web, x.texts, x.paper,
           x.withdrawn, x.replaced, x.eligible, x.assisted, x.voided, coalesce(o.name, '')
    from result x left join officer o on o.id = x.counted_by
    where x.round_id = api.desk_round_seen(p_officer, p_slug)
$$;
grant execute on function api.desk_result(integer, text) to wardmote_desk;
