-- idea_find(key_hash): an idea as its proposer sees it; no row when no link has that key.
-- `texts`: a number was left for an answer. `kept_by`: the reference of the idea that it was
-- merged into. `project`: where the proposal that it became can be read, once its round is public.
-- `edition`: of the agreement, into which it was accepted as a pledge, and what became of that; while
-- the edition is a draft, its provider's answer is not told.
-- Called by: server/store_idea.c. Locks: none.
create function api.idea_find(p_key bytea)
returns table (reference text, state text, area_slug text, area text, title text, what text,
               place text, benefit text, cost_guess bigint, proposer text, texts boolean,
               saved_at timestamptz, sent_at timestamptz, kept_by text, round_slug text,
               project smallint, kind text, promiser text, in_return text, edition integer,
               edition_state text, provider text, pledge_state text, pledge_reason text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select i.reference, i.state, coalesce(n.slug, ''), coalesce(n.name, ''), i.title, i.what,
           i.place, i.benefit, coalesce(i.cost_guess, 0), i.proposer, i.number_sealed is not null,
           i.saved_at, i.sent_at, coalesce(m.reference, ''),
           case when r.frozen and p.state <> 'draft' then r.slug else '' end, p.number, i.kind,
           i.promiser, i.in_return, coalesce(e.edition, 0), coalesce(api.edition_state(e), ''),
           coalesce(v.name, ''), case when e.state <> 'draft' then g.state else '' end,
           case when e.state <> 'draft' then g.reason else '' end
    from idea i
    left join neighbourhood n on n.id = i.neighbourhood_id
    left join idea m on m.id = i.merged_into
    left join proposal p on p.id = i.proposal_id
    left join round r on r.id = p.round_id
    left join pledge g on g.id = i.pledge_id
    left join provider v on v.id = g.provider_id
    left join agreement_edition e on e.id = g.edition_id
    where i.key_hash = p_key
$$;
grant execute on function api.idea_find(bytea) to wardmote_web;
