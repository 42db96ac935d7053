-- desk_monitor_areas(officer, slug): for each area in the round's that has voters of its own: how many
-- may vote, and for how many a ballot stands, by name. Counts only. Called by: server/store_monitor.c. Locks: none.
create function api.desk_monitor_areas(p_officer integer, p_slug text)
returns table (area text, eligible bigint, voted bigint)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select n.name, count(*), count(x.voter_id)
    from round r
    join neighbourhood_within w on w.within_id = r.neighbourhood_id
    join neighbourhood n on n.id = w.neighbourhood_id
    join voter v on v.neighbourhood_id = n.id
    join register g on g.id = v.register_id
                   and api.register_holds(g.kind, g.retired_at, r.eligibility)
    left join ballot b on b.round_id = r.id and b.voter_id = v.id
    left join revision x on x.round_id = r.id and x.voter_id = v.id
                        and x.revision = b.current_revision and not x.withdrawn
                        and not exists (select from revision_void u
                                        where u.round_id = x.round_id and u.voter_id = x.voter_id
                                          and u.revision = x.revision)
    where r.id = api.desk_round_seen(p_officer, p_slug)
    group by n.id, n.name
    order by n.name
$$;
grant execute on function api.desk_monitor_areas(integer, text) to wardmote_desk;
