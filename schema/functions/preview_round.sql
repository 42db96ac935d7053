-- preview_round(key_hash): what a private link to a draft round shows: its proposals, drafts too,
-- by number, with the round on each row; one row without a number where there is none yet. `frozen`:
-- it was scheduled since, and everybody can read it. No row: the link is no good (any more).
-- Called by: server/store_proposal.c. Locks: none.
create function api.preview_round(p_key bytea)
returns table (slug text, area text, round_title text, about text, opens_at timestamptz,
               closes_at timestamptz, frozen boolean, expires_at timestamptz, number smallint,
               short_name text, title text, summary text, body text, place text, proposer text,
               pot text, cost bigint, theme text, lat integer, lon integer)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select r.slug, n.name, r.title, r.about, r.opens_at, r.closes_at, r.frozen, l.expires_at,
           p.number, p.short_name, p.title, p.summary, p.body, p.place, p.proposer,
           case when (select count(*) from pot t where t.round_id = r.id) > 1 then t.name else '' end,
           coalesce(p.cost, 0), p.theme, p.lat, p.lon
    from preview_link l
    join round r on r.id = l.round_id
    join neighbourhood n on n.id = r.neighbourhood_id
    left join proposal p on p.round_id = r.id and p.state <> 'withdrawn'
    left join pot t on t.id = p.pot_id
    where l.key_hash = p_key and l.expires_at > clock_timestamp()
    order by p.number
$$;
grant execute on function api.preview_round(bytea) to wardmote_web;
