-- desk_rounds(officer): the rounds of an officer's areas, those that need somebody first, with
-- turnout (never choices). One whose result is to be corrected is under review again; practice that was
-- counted is put away. `mine`: what is under review is this officer's own work: they sent it, changed it
-- or counted it last.
-- `acts`: they have the role that takes it on.
-- Called by: server/store_desk.c. Locks: none.
create function api.desk_rounds(p_officer integer)
returns table (slug text, title text, area_name text, kind text, phase text,
               opens_at timestamptz, closes_at timestamptz, count_from timestamptz,
               published integer, drafts integer, mine boolean, acts boolean,
               eligible bigint, web bigint, texts bigint, paper bigint, assisted bigint,
               public_at timestamptz)
language sql security definer
set search_path = wardmote, pg_temp
as $$
    select r.slug, r.title || case when r.eligibility = 'practice' then ' (practice)' else '' end,
           n.name, r.kind, f.phase, r.opens_at, r.closes_at,
           r.closes_at + r.grace, p.published, p.drafts,
           coalesce(case when f.phase = 'result_review'
                         then p_officer in (c.submitted_by, c.counted_by)
                         else p_officer in (r.submitted_by, r.changed_by) end, false),
           api.desk_may(p_officer, n.id, 'ward_officer',
                        case when f.phase in ('review', 'result_review') then 'approver' end),
           coalesce(t.eligible, c.eligible, 0), coalesce(t.web, c.web, 0),
           coalesce(t.texts, c.texts, 0), coalesce(t.paper, c.paper, 0),
           coalesce(t.assisted, c.assisted, 0),
           api.result_comes(r.id)
    from round r
    join neighbourhood n on n.id = r.neighbourhood_id
    cross join lateral (
        select case when r.state = 'published' and api.result_waits(r.id) is not null
                    then 'result_review'
                    when r.eligibility = 'practice' and r.state = 'counted' then 'archived'
                    else api.desk_phase(r) end as phase) f
    cross join lateral (
        select count(*) filter (where p.state = 'published')::integer as published,
               count(*) filter (where p.state = 'draft')::integer as drafts
        from proposal p where p.round_id = r.id) p
    left join lateral api.desk_turnout(r.id) t on f.phase in ('open', 'closed', 'to_count')
    left join result c on c.round_id = r.id and c.version = api.result_latest(r.id)
    where api.desk_sees(p_officer, r.neighbourhood_id)
    order by array_position(array['to_count', 'result_review', 'counted', 'review', 'approved',
                                  'open', 'closed', 'draft', 'scheduled', 'embargoed', 'published',
                                  'archived'], f.phase),
             coalesce(case f.phase when 'scheduled' then r.opens_at else r.closes_at end,
                      'infinity'), r.slug
$$;
grant execute on function api.desk_rounds(integer) to wardmote_desk;
