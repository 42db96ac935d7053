-- desk_result(officer, slug, version): the figures of a count, published or not: the columns of
-- result_public, then who counted, the version, of a correction why, and the version that is public
-- (0: none). `version` 0: the latest. No row: not counted yet, or not this officer's. Called by:
-- server/store_desk_count.c. Locks: none.
create function api.desk_result(p_officer integer, p_slug text, p_version integer)
returns table (round_id integer, counted_at timestamptz, published_at timestamptz, seed bytea,
               ballots integer, web integer, texts integer, paper integer, withdrawn integer,
               replaced integer, eligible integer, assisted integer,
               voided integer, counted_by text, version integer, correction text,
               stands integer)
language sql security definer
set search_path = wardmote, pg_temp
as $$
    select x.round_id, x.counted_at, x.published_at, x.seed, x.ballots, x.web, x.texts, x.paper,
           x.withdrawn, x.replaced, x.eligible, x.assisted, x.voided, coalesce(o.name, ''),
           x.version, x.correction, coalesce(api.result_shown(x.round_id), 0)
    from result x left join officer o on o.id = x.counted_by
    where x.round_id = api.desk_round_seen(p_officer, p_slug)
      and x.version = coalesce(nullif(p_version, 0), api.result_latest(x.round_id))
$$;
grant execute on function api.desk_result(integer, text, integer) to wardmote_desk;
