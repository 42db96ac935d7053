-- desk_idea_write(officer, idea, kind, words): a 'question' to the proposer, whose answer is waited
-- for; a 'refusal' with its reason, which is final; or a 'note', which the desk alone sees, at any
-- time. Called by: server/store_desk_idea.c. Outcomes: 'saved'; 'not_found'; 'words' (none, or more
-- than 1,000 characters); 'closed' (it is decided). Locks: the idea's row.
create function api.desk_idea_write(p_officer integer, p_idea bigint, p_kind text, p_words text)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_idea idea := api.desk_idea_held(p_officer, p_idea);
begin
    if v_idea.id is null or p_kind not in ('question', 'refusal', 'note') then
        return 'not_found';
    elsif length(coalesce(p_words, '')) not between 1 and 1000 then
        return 'words';
    elsif p_kind <> 'note' and v_idea.state not in ('sent', 'asked') then
        return 'closed';
    end if;
    insert into idea_message (idea_id, officer_id, kind, words)
    values (v_idea.id, p_officer, p_kind, p_words);
    if p_kind <> 'note' then
        update idea i
        set state = case p_kind when 'question' then 'asked' else 'refused' end,
            decided_at = case p_kind when 'refusal' then clock_timestamp() end,
            officer_id = coalesce(i.officer_id, p_officer)
        where i.id = v_idea.id;
        perform api.idea_notice(v_idea.id);
    end if;
    insert into audit (officer_id, action, object)
    values (p_officer, 'idea.' || p_kind, 'idea ' || v_idea.reference);
    return 'saved';
end
$$;
grant execute on function api.desk_idea_write(integer, bigint, text, text) to wardmote_desk;
