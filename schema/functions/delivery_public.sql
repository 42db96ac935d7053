-- delivery_public(area, slug, language): every report of every funded project, of the rounds of an area or of one
-- round; a project of which nothing was reported has one row without a report (at is null). Results
-- newest first, projects by number, of each the newest report first. A title is in that language where
-- the project's translation is done, and `language` says which it is.
-- Called by: server/store_delivery.c. Locks: none.
create function api.delivery_public(p_area text, p_slug text, p_language text default 'en')
returns table (slug text, round text, number smallint, title text, cost bigint, state text,
               spent bigint, note text, at timestamptz, language text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select r.slug, r.title, p.number, coalesce(t.title, p.title), p.cost, d.state, d.spent, d.note,
           d.at, case when t.state is null then 'en' else p_language end
    from round r
    join neighbourhood n on n.id = r.neighbourhood_id
    join result x on x.round_id = r.id and x.version = api.result_shown(r.id)
    cross join lateral api.round_funded(r.id) p
    left join lateral api.translation_now(p, p_language) t on p_language <> 'en' and t.state = 'done'
    left join delivery d on d.proposal_id = p.id
    where (p_area is null or n.slug = p_area) and (p_slug is null or r.slug = p_slug)
    order by x.published_at desc, r.id, p.number, d.id desc
$$;
grant execute on function api.delivery_public(text, text, text) to wardmote_web;
