-- desk_proposal_history(officer, slug, number, before, most): wordings of a proposal, the newest first, at
-- most so many (and 100): the latest (`before` 0), or those before a wording. `who` "" where no officer is
-- known. Called by: server/store_proposal.c. Locks: none.
create function api.desk_proposal_history(p_officer integer, p_slug text, p_number smallint,
                                          p_before integer default 0, p_most integer default 100)
returns table (revision integer, at timestamptz, who text, title text, short_name text, summary text,
               body text, place text, proposer text, pot text, cost bigint,
               theme text, lat integer, lon integer)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select v.revision, v.at, coalesce(o.name, ''), v.title, v.short_name, v.summary, v.body, v.place,
           v.proposer, coalesce(t.name, ''), coalesce(v.cost, 0),
           v.theme, v.lat, v.lon
    from proposal p
    join proposal_revision v on v.proposal_id = p.id
    left join officer o on o.id = v.officer_id
    left join pot t on t.id = v.pot_id
    where p.round_id = api.desk_round_seen(p_officer, p_slug) and p.number = p_number
      and (p_before = 0 or v.revision < p_before)
    order by v.revision desc limit least(p_most, 100)
$$;
grant execute on function api.desk_proposal_history(integer, text, smallint, integer, integer) to wardmote_desk;
