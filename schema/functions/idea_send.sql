-- idea_send(key_hash): a draft goes to the officers of its neighbourhood.
-- Called by: server/store_idea.c. Outcomes: 'sent' (also when it was already, by a second click);
-- 'not_found'; 'closed' (it is decided, or a question waits for an answer); or what idea_missing
-- says. Locks: the idea's row.
create function api.idea_send(p_key bytea) returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_idea    idea;
    v_missing text;
begin
    select * into v_idea from idea i where i.key_hash = p_key for update;
    if v_idea.id is null then
        return 'not_found';
    elsif v_idea.state = 'sent' then
        return 'sent';
    elsif v_idea.state <> 'draft' then
        return 'closed';
    end if;
    v_missing := api.idea_missing(v_idea);
    if v_missing is null then
        update idea i set state = 'sent', sent_at = clock_timestamp() where i.id = v_idea.id;
    end if;
    return coalesce(v_missing, 'sent');
end
$$;
grant execute on function api.idea_send(bytea) to wardmote_web;
