-- result_public(slug, version): the figures of a published result; version 0: of the one that
-- stands. `replaced_at`, `replaced_why`: of one that was corrected since; `correction`: why this
-- one is a correction, or ''. Called by: server/store_results.c. Outcomes: one row; none while it
-- is not published. Locks: none.
create function api.result_public(p_slug text, p_version integer)
returns table (round_id integer, counted_at timestamptz, published_at timestamptz, seed bytea,
               ballots integer, web integer, texts integer, paper integer, withdrawn integer,
               replaced integer, eligible integer, assisted integer,
               voided integer, final_at timestamptz, provisional boolean,
               version integer, correction text, before integer, replaced_at timestamptz,
               replaced_why text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select x.round_id, x.counted_at, x.published_at, x.seed, x.ballots, x.web, x.texts, x.paper,
           x.withdrawn, x.replaced, x.eligible, x.assisted, x.voided,
           coalesce(x.final_at, x.published_at), clock_timestamp() < x.final_at, x.version,
           x.correction,
           coalesce((select max(b.version) from result b where b.round_id = x.round_id
                     and b.published_at is not null and b.version < x.version), 0),
           n.published_at, coalesce(n.correction, '')
    from result x join round r on r.id = x.round_id
    left join lateral (select b.published_at, b.correction from result b
                       where b.round_id = x.round_id and b.published_at is not null
                         and b.version > x.version
                       order by b.version limit 1) n on true
    where r.slug = p_slug and x.published_at <= clock_timestamp()
      and x.version = coalesce(nullif(p_version, 0), api.result_shown(r.id))
$$;
grant execute on function api.result_public(text, integer) to wardmote_web;
