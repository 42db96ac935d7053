-- idea_messages(key_hash): what was asked, answered and decided about an idea, oldest first, for
-- its proposer: notes of the desk are not among it. Called by: server/store_idea.c. Locks: none.
create function api.idea_messages(p_key bytea)
returns table (at timestamptz, kind text, words text, officer text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    select m.at, m.kind, m.words, ''
    from idea_message m join idea i on i.id = m.idea_id
    where i.key_hash = p_key and m.kind <> 'note'
    order by m.id
$$;
grant execute on function api.idea_messages(bytea) to wardmote_web;
