-- desk_errands(officer): what waits for this officer besides rounds, each with how many; no row
-- where there is nothing: 'ideas' that nobody answered and that are theirs or nobody's; 'offers' of
-- help to be called about; 'pledges' that are due and not checked since; 'adoptions' that another
-- officer asks for; 'decisions' of the council that another officer wrote down;
-- 'deliveries': funded projects of which nothing was reported for 90 days. Called by:
-- server/store_desk.c. Locks: none.
create function api.desk_errands(p_officer integer) returns table (what text, n bigint)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    with a as (
        select g.* from api.desk_agreements(p_officer) g join neighbourhood n on n.slug = g.area_slug
        where api.desk_may(p_officer, n.id, 'ward_officer', 'approver'))
    select x.what, x.n from (
        select 1, 'adoptions', (select count(*) from a where a.asks and not a.mine)
        union all
        select 2, 'ideas', (select count(*) from api.desk_ideas(p_officer) i
                            where i.state = 'sent' and (i.mine or i.officer = ''))
        union all
        select 3, 'offers', (select count(*) from api.desk_offers(p_officer) o
                             where o.answered_at is null)
        union all
        select 4, 'pledges', (select coalesce(sum(a.due), 0)::bigint from a)
        union all
        select 5, 'decisions', (select count(*) from decision d
                                join proposal p on p.id = d.proposal_id
                                join round r on r.id = p.round_id
                                where d.granted is null and d.asked_by <> p_officer
                                  and api.desk_may(p_officer, r.neighbourhood_id, 'ward_officer',
                                                   'approver'))
        union all
        select 6, 'deliveries', (select count(distinct (d.slug, d.number))
                                 from api.desk_delivery(p_officer, null, null) d where d.due)
    ) x(place, what, n)
    where x.n > 0 order by x.place
$$;
grant execute on function api.desk_errands(integer) to wardmote_desk;
