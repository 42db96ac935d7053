-- desk_editions(officer): editions of agreements that are proposed and not put to the vote yet: a
-- yes/no round asks about one of them. Called by: server/store_desk.c. Locks: none.
create function api.desk_editions(p_officer integer)
returns table (id integer, area_slug text, area_name text, edition integer, title text)
language sql security definer
set search_path = wardmote, pg_temp
as $$
    select e.id, n.slug, n.name, e.edition, e.title
    from agreement_edition e join neighbourhood n on n.id = e.neighbourhood_id
    where e.state = 'proposed' and api.desk_may(p_officer, n.id)
      and not exists (select from round r where r.edition_id = e.id and r.frozen)
    order by n.name, e.edition
$$;
grant execute on function api.desk_editions(integer) to wardmote_desk;
