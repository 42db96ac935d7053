-- desk_idea(officer, idea): one idea of an officer's areas, whole; no row where there is none.
-- `texts`: its proposer is texted when there is an answer; the number is not shown. `edition_id`: the
-- edition into which it was accepted as a pledge, or, for a pledge that waits, the draft that it could
-- go into; `pledge`: its id there, 0 while it waits.
-- Called by: server/store_desk_idea.c. Locks: none.
create function api.desk_idea(p_officer integer, p_idea bigint)
returns table (id bigint, reference text, state text, title text, area text, officer text,
               mine boolean, sent_at timestamptz, area_slug text, what text, place text,
               benefit text, cost_guess bigint, cost bigint, proposer text, texts boolean,
               kept_by text, kept_by_id bigint, round_slug text, project smallint, kind text,
               promiser text, in_return text, pledge integer, edition_id integer, edition integer)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select i.id, i.reference, i.state, i.title, n.name, coalesce(o.name, ''),
           coalesce(i.officer_id = p_officer, false), i.sent_at, n.slug, i.what, i.place,
           i.benefit, coalesce(i.cost_guess, 0), coalesce(i.cost, 0), i.proposer,
           i.number_sealed is not null, coalesce(m.reference, ''), m.id, coalesce(r.slug, ''),
           p.number, i.kind, i.promiser, i.in_return, coalesce(g.id, 0), coalesce(e.id, 0),
           coalesce(e.edition, 0)
    from idea i
    join neighbourhood n on n.id = i.neighbourhood_id
    left join officer o on o.id = i.officer_id
    left join idea m on m.id = i.merged_into
    left join proposal p on p.id = i.proposal_id
    left join round r on r.id = p.round_id
    left join pledge g on g.id = i.pledge_id
    left join agreement_edition e
        on e.id = g.edition_id
        or g.id is null and i.kind = 'pledge' and e.neighbourhood_id = n.id and e.state = 'draft'
    where i.id = p_idea and i.state <> 'draft' and api.desk_may(p_officer, n.id)
$$;
grant execute on function api.desk_idea(integer, bigint) to wardmote_desk;
