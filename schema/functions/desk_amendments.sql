-- desk_amendments(officer, slug): changes asked for in a round (slug null: in all that this officer
-- looks after, and those to voting codes), what waits first, then the latest. Never a voter, never
-- a choice. `mine`: asked by this officer, who cannot grant it.
-- Called by: server/store_amendments.c. Locks: none.
create function api.desk_amendments(p_officer integer, p_slug text)
returns table (id bigint, kind text, slug text, title text, closes_at timestamptz,
               closed_at timestamptz, number integer, name text, serial text, reason text,
               asked_by text, asked_at timestamptz, decided_by text, decided_at timestamptz,
               state text, mine boolean, roles text)
language sql security definer
set search_path = wardmote, pg_temp
as $$
    select a.id, a.kind, coalesce(r.slug, ''), coalesce(r.title, n.name), a.closes_at, a.closed_at,
           coalesce(p.number, 0)::integer, coalesce(p.title, ''), coalesce(c.serial, ''), a.reason,
           o.name, a.asked_at, coalesce(d.name, ''), a.decided_at,
           case when a.granted is null then 'waiting' when a.granted then 'granted'
                when a.decided_by = a.asked_by then 'taken_back' else 'refused' end,
           a.asked_by = p_officer, api.desk_roles_in(p_officer, n.id)
    from amendment a
    left join round r on r.id = a.round_id
    left join proposal p on p.id = a.proposal_id
    left join credential c on c.id = a.credential_id
    left join voter v on v.id = c.voter_id
    join neighbourhood n on n.id = coalesce(r.neighbourhood_id, v.neighbourhood_id)
    join officer o on o.id = a.asked_by
    left join officer d on d.id = a.decided_by
    where api.desk_sees(p_officer, n.id) and (p_slug is null or r.slug = p_slug)
    order by a.granted is not null, coalesce(a.decided_at, a.asked_at) desc, a.id
    limit 500
$$;
grant execute on function api.desk_amendments(integer, text) to wardmote_desk;
