-- desk_outlines(officer): every area, and since when it has an outline (null: it has none). For
-- administrators; nothing for others. Called by: server/store_outline.c. Locks: none.
create function api.desk_outlines(p_officer integer)
returns table (name text, ons_code text, changed_at timestamptz)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select n.name, coalesce(n.ons_code, ''), o.changed_at
    from neighbourhood n
    left join neighbourhood_outline o on o.neighbourhood_id = n.id
    where api.desk_role(p_officer, 'administrator')
    order by array_position(array['city', 'ward', 'parish', 'sub_area'], n.kind), n.name
$$;
grant execute on function api.desk_outlines(integer) to wardmote_desk;
