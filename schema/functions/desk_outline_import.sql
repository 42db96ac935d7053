-- desk_outline_import(officer, id): what a file of outlines would do: each with the area that it is
-- of ('' none), whether that has one already, and what is wrong with it ('' nothing; else words, or
-- 'unknown', 'twice'). Nothing: there is no such file that waits, or it is another officer's.
-- Called by: server/store_outline.c. Locks: none.
create function api.desk_outline_import(p_officer integer, p_id integer)
returns table (code text, name text, points integer, kept integer, area text, replaces boolean,
               problem text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select m.code, m.name, m.points, m.kept, coalesce(a.name, ''),
           exists (select from neighbourhood_outline o where o.neighbourhood_id = m.area), m.problem
    from outline_import i
    cross join lateral api.outline_matches(i.features) m
    left join neighbourhood a on a.id = m.area
    where i.id = p_id and i.officer_id = p_officer and i.done_at is null
      and api.desk_role(p_officer, 'administrator')
    order by m.n
$$;
grant execute on function api.desk_outline_import(integer, integer) to wardmote_desk;
