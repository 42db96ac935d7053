-- desk_result(officer, slug): the count of a round, published or not, one row a part.
-- No row: not counted yet, or not this officer's. Called by: server/store_desk_count.c.
-- Locks: none.
create function api.desk_result(p_officer integer, p_slug text)
returns table (title text, kind text, state text, counted_at timestamptz, counted_by text,
               published_at timestamptz, ballots integer, web integer, texts integer,
               paper integer, withdrawn integer, replaced integer, eligible integer,
               seed bytea, pot text, pb_sha256 bytea, outcome text, log text)
language sql security definer
set search_path = wardmote, pg_temp
as $$
    select r.title, r.kind, r.state, s.counted_at, coalesce(o.name, ''), s.published_at, s.ballots,
           s.web, s.texts, s.paper, s.withdrawn, s.replaced, s.eligible, s.seed,
           coalesce(t.name, ''), p.pb_sha256, p.outcome::text, p.log
    from round r
    join result s on s.round_id = r.id
    join result_part p on p.round_id = r.id
    left join pot t on t.id = p.pot_id
    left join officer o on o.id = s.counted_by
    where r.id = api.desk_round_id(p_officer, p_slug)
    order by p.ordinal
$$;
grant execute on function api.desk_result(integer, text) to wardmote_desk;
