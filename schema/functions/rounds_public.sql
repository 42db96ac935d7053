-- rounds_public(area): rounds as residents see them, drafts and practice left out: open ones first, then soon,
-- closed, published. area null: all; else those in which its residents may vote. `days`: until the
-- next turn (opening, or close). What a result says is null until it is published.
-- `takes_paper`: paper ballots can be handed in.
-- Called by: server/store_rounds.c. Outcomes: one row a round. Locks: none.
create function api.rounds_public(p_area text)
returns table (id integer, slug text, title text, kind text, area_slug text, area_name text,
               phase text, opens_at timestamptz, closes_at timestamptz, days integer, money bigint,
               proposals integer, published_at timestamptz, ballots integer, texts integer,
               funded integer, spent bigint, adopted boolean, yes bigint, no bigint,
               takes_paper boolean)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select r.id, r.slug, r.title, r.kind, n.slug, n.name, f.phase, r.opens_at, r.closes_at,
           api.days_until(case f.phase when 'soon' then r.opens_at else r.closes_at end),
           coalesce((select sum(t.amount) from pot t where t.round_id = r.id), 0)::bigint,
           (select count(*)::integer from proposal p
            where p.round_id = r.id and p.state <> 'draft'),
           x.published_at, x.ballots, x.texts, o.funded, o.spent, o.adopted, o.yes, o.no,
           api.round_takes_paper(r)
    from round r
    join neighbourhood n on n.id = r.neighbourhood_id
    cross join lateral (select api.round_phase(r) as phase) f
    left join result x on x.round_id = r.id and f.phase = 'published'
                      and x.version = api.result_shown(r.id)
    left join lateral (
        select sum(json_array_length(a.outcome -> 'winners'))::integer as funded,
               (sum((a.outcome ->> 'cost')::numeric) * 100)::bigint as spent,
               bool_and((a.outcome ->> 'adopted')::boolean) as adopted,
               sum((a.outcome ->> 'yes')::bigint)::bigint as yes,
               sum((a.outcome ->> 'no')::bigint)::bigint as no
        from result_part a where a.round_id = x.round_id and a.version = x.version) o on true
    where f.phase <> 'draft' and r.eligibility <> 'practice'
      and (p_area is null
           or exists (select from neighbourhood h
                      join neighbourhood_within w on w.neighbourhood_id = h.id
                      where h.slug = p_area and w.within_id = r.neighbourhood_id))
    order by array_position(array['open', 'soon', 'closed', 'published'], f.phase),
             case f.phase when 'open' then r.closes_at when 'soon' then r.opens_at end,
             x.published_at desc, r.id
$$;
grant execute on function api.rounds_public(text) to wardmote_web, wardmote_desk;
