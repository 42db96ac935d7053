-- desk_import_areas(officer, import, names): which areas of the register's a file means, by name,
-- slug or ONS code. One row for each name that is one, with its place in the array (from 1).
-- Called by: server/store_import.c. Locks: none.
create function api.desk_import_areas(p_officer integer, p_import integer, p_names text[])
returns table (item integer, area integer)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    with within as materialized (
        select n.id, lower(n.name) as name, n.slug, n.ons_code
        from api.import_held(p_officer, p_import) i
        join register g on g.id = i.register_id
        join neighbourhood_within w on w.within_id = g.neighbourhood_id
        join neighbourhood n on n.id = w.neighbourhood_id
    ), known as (
        select w.name as word, w.id from within w
        union all select w.slug, w.id from within w
    )
    select a.item::integer, min(coalesce(k.id, o.id))
    from unnest(p_names) with ordinality a(name, item)
    left join known k on k.word = lower(a.name)
    left join within o on o.ons_code = a.name
    where k.id is not null or o.id is not null
    group by a.item
$$;
grant execute on function api.desk_import_areas(integer, integer, text[]) to wardmote_desk;
