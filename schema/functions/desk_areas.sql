-- desk_areas(officer): the areas that an officer looks after, and those within them, with how many
-- voters each has on a register of its own. Called by: server/store_desk.c. Locks: none.
create function api.desk_areas(p_officer integer)
returns table (slug text, name text, kind text, voters bigint)
language sql security definer
set search_path = wardmote, pg_temp
as $$
    select n.slug, n.name, n.kind,
           (select count(*) from voter v join register g on g.id = v.register_id
            where v.neighbourhood_id = n.id and g.kind <> 'practice')
    from neighbourhood n
    where api.desk_may(p_officer, n.id)
    order by n.kind <> 'city', n.name
$$;
grant execute on function api.desk_areas(integer) to wardmote_desk;
