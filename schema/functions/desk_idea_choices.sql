-- desk_idea_choices(officer, idea): what an officer chooses from when deciding an idea:
--   officer   value: id, label: name, of who looks after its area
--   round     value: slug, label: title, of drafts that proposals of its area can join
-- Called by: server/store_desk_idea.c. Locks: none.
create function api.desk_idea_choices(p_officer integer, p_idea bigint)
returns table (kind text, value text, label text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    with mine as (select i.* from idea i
                  where i.id = p_idea and api.desk_may(p_officer, i.neighbourhood_id))
    select 'officer', o.id::text, o.name
    from mine join officer o on o.disabled_at is null and api.desk_may(o.id, mine.neighbourhood_id)
    union all
    select 'round', r.slug, r.title
    from mine
    join neighbourhood_within w on w.neighbourhood_id = mine.neighbourhood_id
    join round r on r.neighbourhood_id = w.within_id and r.state = 'draft' and r.kind <> 'yes_no'
    where api.desk_may(p_officer, r.neighbourhood_id)
    order by 1, 3
$$;
grant execute on function api.desk_idea_choices(integer, bigint) to wardmote_desk;
