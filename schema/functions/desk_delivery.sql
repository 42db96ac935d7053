-- desk_delivery(officer, slug, number): as delivery_public, for the officer of the areas, with who wrote
-- each report. slug null: every project of theirs; else one of a round. `due`: nothing was reported
-- for 90 days, and it is neither done nor dropped; those come first.
-- Called by: server/store_delivery.c. Locks: none.
create function api.desk_delivery(p_officer integer, p_slug text, p_number smallint)
returns table (slug text, round text, number smallint, title text, cost bigint, state text,
               spent bigint, note text, at timestamptz, officer text, due boolean)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select r.slug, r.title, p.number, p.title, p.cost, d.state, d.spent, d.note, d.at, o.name,
           t.due
    from round r
    join result x on x.round_id = r.id and x.version = api.result_shown(r.id)
    cross join lateral api.round_funded(r.id) p
    cross join lateral (
        select coalesce(max(l.at), x.published_at) < clock_timestamp() - interval '90 days'
               and coalesce((array_agg(l.state order by l.id desc))[1], 'not_started')
                   not in ('done', 'dropped') as due
        from delivery l where l.proposal_id = p.id) t
    left join delivery d on d.proposal_id = p.id
    left join officer o on o.id = d.officer_id
    where api.desk_may(p_officer, r.neighbourhood_id)
      and (p_slug is null or r.slug = p_slug and p.number = p_number)
    order by t.due desc, x.published_at desc, r.id, p.number, d.id desc
$$;
grant execute on function api.desk_delivery(integer, text, smallint) to wardmote_desk;
