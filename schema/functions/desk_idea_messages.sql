-- desk_idea_messages(officer, idea): all that was written about an idea of an officer's areas,
-- oldest first. Called by: server/store_desk_idea.c. Locks: none.
create function api.desk_idea_messages(p_officer integer, p_idea bigint)
returns table (at timestamptz, kind text, words text, officer text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select m.at, m.kind, m.words, coalesce(o.name, '')
    from idea_message m
    join idea i on i.id = m.idea_id
    left join officer o on o.id = m.officer_id
    where i.id = p_idea and i.state <> 'draft' and api.desk_may(p_officer, i.neighbourhood_id)
    order by m.id
$$;
grant execute on function api.desk_idea_messages(integer, bigint) to wardmote_desk;
