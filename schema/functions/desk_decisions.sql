-- desk_decisions(officer, slug): the council's decisions that officers wrote down (slug null: in
-- all rounds that this officer looks after), what waits first, then the latest. `mine`: written by
-- this officer, who does not confirm it. Called by: server/store_decisions.c. Locks: none.
create function api.desk_decisions(p_officer integer, p_slug text)
returns table (number smallint, decision text, reason text, body text, decided_on timestamptz,
               stands boolean, id integer, slug text, round text, title text, state text,
               asked_by text, asked_at timestamptz, confirmed_by text, mine boolean, roles text)
language sql security definer
set search_path = wardmote, pg_temp
as $$
    select p.number, d.decision, d.reason, d.body, api.noon(d.decided_on),
           coalesce(d.granted, false)
           and not exists (select from decision n
                           where n.proposal_id = d.proposal_id and n.granted
                             and (n.confirmed_at, n.id) > (d.confirmed_at, d.id)),
           d.id, r.slug, r.title, p.title,
           case when d.granted is null then 'waiting' when d.granted then 'granted'
                when d.confirmed_by = d.asked_by then 'taken_back' else 'refused' end,
           o.name, d.asked_at, coalesce(c.name, ''), d.asked_by = p_officer,
           api.desk_roles_in(p_officer, r.neighbourhood_id)
    from decision d
    join proposal p on p.id = d.proposal_id
    join round r on r.id = p.round_id
    join officer o on o.id = d.asked_by
    left join officer c on c.id = d.confirmed_by
    where api.desk_sees(p_officer, r.neighbourhood_id) and (p_slug is null or r.slug = p_slug)
    order by d.granted is not null, coalesce(d.confirmed_at, d.asked_at) desc, d.id
    limit 500
$$;
grant execute on function api.desk_decisions(integer, text) to wardmote_desk;
