-- desk_idea_held(officer, idea): an idea that was sent to this officer's areas, its row locked; or a
-- row of nulls. Drafts are their writer's alone. Called by other functions only. Locks: its row.
create function api.desk_idea_held(p_officer integer, p_idea bigint) returns wardmote.idea
language sql
set search_path = wardmote, pg_temp
as $$
    select i.* from idea i
    where i.id = p_idea and i.state <> 'draft' and api.desk_may(p_officer, i.neighbourhood_id)
    for update
$$;
