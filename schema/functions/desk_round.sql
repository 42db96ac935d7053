-- desk_round(officer, slug): one round as its officer sees it, with turnout (never choices) and,
-- while it is not scheduled, the first thing that keeps it from being scheduled (see desk_hindrance).
-- `asked_by` sent what is under review (`mine`: this officer cannot approve it: it was them, or they changed or counted it last); `note` is why it came back.
-- 0 where a limit is not set. `roles`: see desk_roles_in. `public_at`: when a result under embargo becomes public (else null).
-- Dates also as written in Europe/London, to be edited. No row: not this officer's.
-- Called by: server/store_desk_round.c. Locks: none.
create function api.desk_round(p_officer integer, p_slug text)
returns table (id integer, slug text, area_slug text, area_name text, title text, about text,
               kind text, phase text, opens_at timestamptz, closes_at timestamptz,
               count_from timestamptz, grace_minutes integer, max_picks integer,
               minimum_votes integer, edition_id integer, edition_title text,
               opens_date text, opens_time text, closes_date text, closes_time text,
               rules_sha256 bytea, hindrance text, detail text, published integer, drafts integer,
               eligible bigint, web bigint, texts bigint, paper bigint, withdrawn bigint,
               asked_by text, mine boolean, note text, note_by text, min_picks integer,
               blank_allowed boolean, points_sum integer, points_max integer, cap_percent integer,
               carry boolean, eligibility text, minimum_age integer, residence text,
               assisted bigint, voided bigint, method text, provisional_days integer, roles text,
               public_at timestamptz)
language sql security definer
set search_path = wardmote, pg_temp
as $$
    select r.id, r.slug, n.slug, n.name, r.title, r.about, r.kind,
           api.desk_phase(r),
           r.opens_at, r.closes_at, r.closes_at + r.grace,
           (extract(epoch from r.grace) / 60)::integer, r.max_picks, r.minimum_votes,
           r.edition_id, e.title,
           to_char(r.opens_at at time zone 'Europe/London', 'DD/MM/YYYY'),
           regexp_replace(to_char(r.opens_at at time zone 'Europe/London', 'HH24:MI:SS'), ':00$', ''),
           to_char(r.closes_at at time zone 'Europe/London', 'DD/MM/YYYY'),
           regexp_replace(to_char(r.closes_at at time zone 'Europe/London', 'HH24:MI:SS'), ':00$', ''),
           r.rules_sha256, h.reason, h.detail, p.published, p.drafts,
           t.eligible, t.web, t.texts, t.paper, t.withdrawn,
           coalesce(a.name, ''), coalesce(p_officer in (a.id, case when x.round_id is null then r.changed_by else x.counted_by end), false), coalesce(b.note, ''),
           coalesce(w.name, ''), r.min_picks, r.blank_allowed, coalesce(r.points_sum, 0),
           coalesce(r.points_max, 0), coalesce(r.cap_percent, 0), r.carry, r.eligibility,
           coalesce(r.minimum_age, 0), r.residence, t.assisted, t.voided,
           api.rule_method(r.kind, r.rule, r.rule_parameters), r.provisional_days,
           api.desk_roles_in(p_officer, n.id),
           api.result_comes(r.id)
    from round r
    join neighbourhood n on n.id = r.neighbourhood_id
    left join agreement_edition e on e.id = r.edition_id
    left join lateral api.desk_hindrance(r.id) h on r.state in ('draft', 'approved')
    cross join lateral (
        select count(*) filter (where p.state = 'published')::integer as published,
               count(*) filter (where p.state = 'draft')::integer as drafts
        from proposal p where p.round_id = r.id) p
    cross join lateral api.desk_turnout(r.id) t
    left join result x on x.round_id = r.id and x.version = api.result_latest(r.id)
    cross join lateral (select case when x.round_id is null then r.returned_note
                                    else x.returned_note end,
                               case when x.round_id is null then r.returned_by
                                    else x.returned_by end) b(note, by)
    left join officer a on a.id = case when x.round_id is null then r.submitted_by
                                       else x.submitted_by end
    left join officer w on w.id = b.by
    where r.id = api.desk_round_seen(p_officer, p_slug)
$$;
grant execute on function api.desk_round(integer, text) to wardmote_desk;
