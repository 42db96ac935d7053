-- idea_find(key_hash): an idea as its proposer sees it; no row when no link has that key.
-- `texts`: a number was left for an answer. `kept_by`: the reference of the idea that it was
-- merged into. `project`: where the proposal that it became can be read, once its round is public.
-- Called by: server/store_idea.c. Locks: none.
create function api.idea_find(p_key bytea)
returns table (reference text, state text, area_slug text, area text, title text, what text,
               place text, benefit text, cost_guess bigint, proposer text, texts boolean,
               saved_at timestamptz, sent_at timestamptz, kept_by text, round_slug text,
               project smallint)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select i.reference, i.state, coalesce(n.slug, ''), coalesce(n.name, ''), i.title, i.what,
           i.place, i.benefit, coalesce(i.cost_guess, 0), i.proposer, i.number_sealed is not null,
           i.saved_at, i.sent_at, coalesce(m.reference, ''),
           case when r.frozen and p.state <> 'draft' then r.slug else '' end, p.number
    from idea i
    left join neighbourhood n on n.id = i.neighbourhood_id
    left join idea m on m.id = i.merged_into
    left join proposal p on p.id = i.proposal_id
    left join round r on r.id = p.round_id
    where i.key_hash = p_key
$$;
grant execute on function api.idea_find(bytea) to wardmote_web;
