-- desk_proposals(officer, slug): a round's proposals, drafts too, by number (a yes/no round has
-- one, its question). `exclusion`: the group of which one at most can win; 0: none. Called by: server/store_desk_round.c. Locks: none.
create function api.desk_proposals(p_officer integer, p_slug text)
returns table (number smallint, short_name text, title text, summary text, body text, place text,
               proposer text, pot integer, cost bigint, state text,
               exclusion integer, revision integer, theme text, lat integer, lon integer)
language sql security definer
set search_path = wardmote, pg_temp
as $$
    select p.number, p.short_name, p.title, p.summary, p.body, p.place, p.proposer,
           coalesce(t.ordinal, 0), coalesce(p.cost, 0), p.state,
           coalesce((select x.ordinal from exclusion x where x.proposal_id = p.id
                     order by x.ordinal limit 1), 0),
           p.revision, p.theme, p.lat, p.lon
    from proposal p left join pot t on t.id = p.pot_id
    where p.round_id = api.desk_round_seen(p_officer, p_slug)
    order by p.number
$$;
grant execute on function api.desk_proposals(integer, text) to wardmote_desk;
