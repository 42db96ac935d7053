-- editions_public(area): the editions of an area's agreement, newest first, drafts left out; with
-- the question in which one is, or will be, put to the vote; or why two officers adopted it without
-- one; the SHA-256 of its words as they were put forward, and when that was; and the edition that it
-- came after (0: none), with what that asked of residents in return.
-- Called by: server/store_places.c. Outcomes: one row an edition. Locks: none.
create function api.editions_public(p_area text)
returns table (id integer, edition integer, title text, in_return text, state text,
               adopted_on timestamptz, review_on timestamptz, question_slug text,
               question_phase text, question_closes timestamptz, adopt_reason text,
               sha256 text, frozen_at timestamptz, before integer, before_in_return text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select e.id, e.edition, e.title, e.in_return, t.state, api.noon(api.edition_adopted_on(e)),
           api.noon(e.review_on), q.slug, q.phase, q.closes_at,
           case when t.state in ('adopted', 'superseded') then e.adopt_reason else '' end,
           coalesce(encode(e.frozen_sha256, 'hex'), ''), e.frozen_at, coalesce(b.edition, 0),
           coalesce(b.in_return, '')
    from agreement_edition e
    join neighbourhood n on n.id = e.neighbourhood_id
    cross join lateral (select api.edition_state(e) as state) t
    left join agreement_edition b on b.id = api.edition_before(e.id)
    left join lateral (
        select r.slug, r.closes_at, api.round_phase(r) as phase
        from round r where r.edition_id = e.id and r.frozen and r.eligibility <> 'practice'
        order by r.closes_at desc limit 1) q on true
    where n.slug = p_area and e.state <> 'draft'
    order by e.edition desc
$$;
grant execute on function api.editions_public(text) to wardmote_web;
