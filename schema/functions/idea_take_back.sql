-- idea_take_back(key_hash): the proposer wants nothing more of it. A draft is gone; of what was sent
-- the name and the number are erased, and nobody decides it any more.
-- Called by: server/store_idea.c. Outcomes: 'gone' (a draft, erased); 'taken_back' (also when it was
-- already); 'not_found'; 'closed' (it is decided). Locks: the idea's row.
create function api.idea_take_back(p_key bytea) returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_idea idea;
begin
    select * into v_idea from idea i where i.key_hash = p_key for update;
    if v_idea.id is null then
        return 'not_found';
    elsif v_idea.state = 'draft' then
        delete from idea i where i.id = v_idea.id;
        return 'gone';
    elsif v_idea.state in ('sent', 'asked') then
        update idea i
        set state = 'taken_back', decided_at = clock_timestamp(), proposer = '',
            number_sealed = null, recipient_key = null
        where i.id = v_idea.id;
    elsif v_idea.state <> 'taken_back' then
        return 'closed';
    end if;
    return 'taken_back';
end
$$;
grant execute on function api.idea_take_back(bytea) to wardmote_web;
