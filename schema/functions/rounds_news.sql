-- rounds_news(): of every round that residents see, when what is told of it changed last.
-- `changed_at`: its dates or proposals, by officers; `updated_at`: that, or a turn that came by
-- itself (it opened, it closed); `extensions`: how often the close was moved. Of a published result
-- (else null): when it is final, whether it still is provisional, and when one of these changed: a
-- correction is news.
-- Called by: server/store_news.c. Outcomes: one row a round. Locks: none.
create function api.rounds_news()
returns table (id integer, scheduled_at timestamptz, changed_at timestamptz,
               updated_at timestamptz, extensions integer, final_at timestamptz,
               provisional boolean, result_updated_at timestamptz)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select r.id, r.scheduled_at, c.changed_at,
           greatest(c.changed_at, case when r.opens_at <= t.now then r.opens_at end,
                    case when r.closes_at <= t.now then r.closes_at end),
           m.extensions, coalesce(x.final_at, x.published_at), t.now < x.final_at,
           greatest(x.published_at, case when x.final_at <= t.now then x.final_at end)
    from round r
    cross join (select clock_timestamp() as now offset 0) t
    cross join lateral (
        select max(a.decided_at) as decided_at,
               (count(*) filter (where a.kind = 'extension'))::integer as extensions
        from amendment a where a.round_id = r.id and a.granted) m
    cross join lateral (select greatest(r.scheduled_at, m.decided_at) as changed_at) c
    left join result x on x.round_id = r.id and x.version = api.result_shown(r.id)
    where r.frozen and r.eligibility <> 'practice'
$$;
grant execute on function api.rounds_news() to wardmote_web;
