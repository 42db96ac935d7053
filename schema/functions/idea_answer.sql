-- idea_answer(key_hash, words): the proposer answers what an officer asked; the idea is theirs to
-- weigh again. Called by: server/store_idea.c. Outcomes: 'sent'; 'not_found'; 'closed' (nothing was
-- asked, or it is answered); 'words' (none, or more than 1,000 characters); or what idea_missing
-- says. Locks: the idea's row.
create function api.idea_answer(p_key bytea, p_words text) returns text
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
    elsif v_idea.state <> 'asked' then
        return 'closed';
    elsif length(coalesce(p_words, '')) not between 1 and 1000 then
        return 'words';
    end if;
    v_missing := api.idea_missing(v_idea);
    if v_missing is not null then
        return v_missing;
    end if;
    insert into idea_message (idea_id, kind, words) values (v_idea.id, 'answer', p_words);
    update idea i set state = 'sent' where i.id = v_idea.id;
    return 'sent';
end
$$;
grant execute on function api.idea_answer(bytea, text) to wardmote_web;
