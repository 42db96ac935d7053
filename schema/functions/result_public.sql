-- result_public(slug): the figures of a published result. Called by: server/store_results.c.
-- Outcomes: one row; none while it is not published. Locks: none.
create function api.result_public(p_slug text)
returns table (round_id integer, counted_at timestamptz, published_at timestamptz, seed bytea,
               ballots integer, web integer, texts integer, paper integer, withdrawn integer,
               replaced integer, eligible integer, assisted integer,
               voided integer, final_at timestamptz, provisional boolean)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select x.round_id, x.counted_at, x.published_at, x.seed, x.ballots, x.web, x.texts, x.paper,
           x.withdrawn, x.replaced, x.eligible, x.assisted, x.voided,
           coalesce(x.final_at, x.published_at), clock_timestamp() < x.final_at
    from result x join round r on r.id = x.round_id
    where r.slug = p_slug and r.state in ('published', 'archived') and x.version = api.result_shown(r.id)
$$;
grant execute on function api.result_public(text) to wardmote_web;
