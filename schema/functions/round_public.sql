-- round_public(slug): one round as residents see it, with its rules as they were frozen, and, where
-- its close was moved, when it would have been and why it was moved last (else null). `result_at`:
-- when its result becomes public, where two officers approved it for a later moment (else null).
-- `takes_paper`: paper ballots can be handed in.
-- Called by: server/store_rounds.c. Outcomes: one row; none for a draft or an unknown slug.
-- Locks: none.
create function api.round_public(p_slug text)
returns table (id integer, slug text, title text, about text, kind text, area_slug text,
               area_name text, phase text, opens_at timestamptz, closes_at timestamptz,
               days integer, grace_minutes integer, min_picks integer, max_picks integer,
               minimum_votes integer, rules_text text, rules_sha256 bytea,
               scheduled_at timestamptz, edition integer, edition_area text, money bigint,
               blank_allowed boolean, points_sum integer, points_max integer, eligibility text,
               minimum_age integer, residence text, first_closes_at timestamptz,
               extension_reason text, result_at timestamptz, takes_paper boolean)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select r.id, r.slug, r.title, r.about, r.kind, n.slug, n.name, f.phase, r.opens_at,
           r.closes_at,
           api.days_until(case f.phase when 'soon' then r.opens_at else r.closes_at end),
           (extract(epoch from r.grace) / 60)::integer, r.min_picks, r.max_picks,
           r.minimum_votes, r.rules_text, r.rules_sha256, r.scheduled_at, e.edition, a.slug,
           coalesce((select sum(t.amount) from pot t where t.round_id = r.id), 0)::bigint,
           r.blank_allowed, r.points_sum, r.points_max, r.eligibility, r.minimum_age, r.residence,
           x.first_closes_at, x.reason,
           api.result_comes(r.id), api.round_takes_paper(r)
    from round r
    join neighbourhood n on n.id = r.neighbourhood_id
    cross join lateral (select api.round_phase(r) as phase) f
    left join agreement_edition e on e.id = r.edition_id
    left join neighbourhood a on a.id = e.neighbourhood_id
    left join lateral (
        select min(m.closed_at) as first_closes_at,
               (array_agg(m.reason order by m.decided_at desc, m.id desc))[1] as reason
        from amendment m
        where m.round_id = r.id and m.kind = 'extension' and m.granted) x on true
    where r.slug = p_slug and r.frozen
$$;
grant execute on function api.round_public(text) to wardmote_web, wardmote_desk;
