-- desk_ideas(officer): the ideas of an officer's areas: what waits for an officer first, oldest
-- first, then what waits for its proposer, then what is decided, newest first; 500 at most.
-- Called by: server/store_desk_idea.c. Locks: none.
create function api.desk_ideas(p_officer integer)
returns table (id bigint, reference text, state text, title text, area text, officer text,
               mine boolean, sent_at timestamptz, kind text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select i.id, i.reference, i.state, i.title, n.name, coalesce(o.name, ''),
           coalesce(i.officer_id = p_officer, false), i.sent_at, i.kind
    from idea i
    join neighbourhood n on n.id = i.neighbourhood_id
    left join officer o on o.id = i.officer_id
    where i.state <> 'draft' and api.desk_may(p_officer, n.id)
    order by case i.state when 'sent' then 1 when 'asked' then 2 else 3 end, i.decided_at desc,
             i.sent_at
    limit 500
$$;
grant execute on function api.desk_ideas(integer) to wardmote_desk;
