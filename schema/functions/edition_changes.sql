-- edition_changes(edition): an edition, pledge by pledge, beside the one that it came after: 'added',
-- 'dropped' (with the provider's reason when it declined), 'reworded', 'day' (only its day differs) or
-- 'same'; in the edition's order, dropped ones last. Pledges that were declined promise nothing and
-- stand for none. A pledge is the same one when it was copied from the other or from the same
-- ancestor, or when provider and promise are equal. No row for a first edition. Called by other
-- functions only. Locks: none.
create function api.edition_changes(p_edition integer)
returns table (what text, provider text, promise text, standard text, measure text, due timestamptz,
               was_provider text, was_promise text, was_standard text, was_measure text,
               was_due timestamptz, reason text)
language sql stable
set search_path = wardmote, pg_temp
as $$
    with recursive pair as (
        select e.id as new_id, api.edition_before(e.id) as old_id
        from agreement_edition e where e.id = p_edition
    ), up(id, ancestor) as (
        select g.id, g.id from pledge g, pair p where g.edition_id in (p.new_id, p.old_id)
        union all
        select u.id, g.came_from from up u join pledge g on g.id = u.ancestor
        where g.came_from is not null
    ), g as (
        select g.*, v.name, g.edition_id = p.new_id as is_new,
               (select min(u.ancestor) from up u where u.id = g.id) as root
        from pair p join pledge g on p.old_id is not null and g.edition_id in (p.new_id, p.old_id)
        join provider v on v.id = g.provider_id
    ), beside as (
        select n.id as new_id,
               (select o.id from g o
                where not o.is_new and o.state <> 'declined'
                  and (o.root = n.root or o.provider_id = n.provider_id and o.promise = n.promise)
                order by o.root = n.root desc, o.ordinal limit 1) as old_id
        from g n where n.is_new
    )
    select case when n.state is null or n.state = 'declined' then 'dropped'
                when o.id is null then 'added'
                when (n.provider_id, n.promise, n.standard, n.measure)
                     is distinct from (o.provider_id, o.promise, o.standard, o.measure)
                then 'reworded'
                when n.due is distinct from o.due then 'day' else 'same' end,
           coalesce(n.name, ''), coalesce(n.promise, ''), coalesce(n.standard, ''),
           coalesce(n.measure, ''), api.noon(n.due), coalesce(o.name, ''), coalesce(o.promise, ''),
           coalesce(o.standard, ''), coalesce(o.measure, ''), api.noon(o.due),
           case n.state when 'declined' then n.reason else '' end
    from (select * from g where is_new) n
    left join beside b on b.new_id = n.id
    full join (select * from g where not is_new and state <> 'declined') o on o.id = b.old_id
    where n.state is distinct from 'declined' or o.id is not null
    order by n.state is null or n.state = 'declined', n.ordinal, o.ordinal
$$;
