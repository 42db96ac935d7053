-- desk_idea_merge(officer, idea, reference): this idea is the same as another, which goes on for
-- both; its proposer is told which. Called by: server/store_desk_idea.c. Outcomes: 'saved';
-- 'not_found'; 'closed' (it is decided); 'reference' (no such idea in this officer's areas, or this
-- one, or one of the other kind, or that is itself merged, refused or taken back). Locks: both rows, the other's first.
create function api.desk_idea_merge(p_officer integer, p_idea bigint, p_reference text)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_other idea;
    v_idea  idea;
begin
    select i.* into v_other from idea i
    where i.reference = upper(btrim(p_reference)) and i.id <> p_idea
      and i.state in ('sent', 'asked', 'shortlisted', 'accepted')
      and i.kind = (select k.kind from idea k where k.id = p_idea)
      and api.desk_may(p_officer, i.neighbourhood_id)
    for update;
    v_idea := api.desk_idea_held(p_officer, p_idea);
    if v_idea.id is null then
        return 'not_found';
    elsif v_idea.state not in ('sent', 'asked') then
        return 'closed';
    elsif v_other.id is null then
        return 'reference';
    end if;
    update idea i set state = 'merged', merged_into = v_other.id, decided_at = clock_timestamp()
    where i.id = v_idea.id;
    insert into idea_message (idea_id, officer_id, kind, words)
    values (v_idea.id, p_officer, 'merge', v_other.title);
    perform api.idea_notice(v_idea.id);
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'idea.merge', 'idea ' || v_idea.reference,
            jsonb_build_object('into', v_other.reference));
    return 'saved';
end
$$;
grant execute on function api.desk_idea_merge(integer, bigint, text) to wardmote_desk;
