-- desk_idea_shortlist(officer, idea, round slug, short name): the idea becomes a draft proposal of a draft round,
-- in its first pot at the officer's estimate, to be edited and published there.
-- Called by: server/store_desk_idea.c. One row: outcome and the proposal's number. Outcomes:
-- 'saved'; 'not_found'; 'closed' (it is decided); 'no_cost' (the officer gave no estimate yet);
-- 'round' (no draft round of this officer's areas); or what desk_proposal_save says.
-- Locks: round (exclusive), then the idea's row.
create function api.desk_idea_shortlist(p_officer integer, p_idea bigint, p_slug text,
                                        p_short_name text)
returns table (outcome text, number smallint)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_round round := api.desk_round_held(p_officer, p_slug);
    v_idea  idea := api.desk_idea_held(p_officer, p_idea);
    v_made  record;
begin
    outcome := case when v_idea.id is null or v_idea.kind <> 'project' then 'not_found'
                    when v_idea.state not in ('sent', 'asked') then 'closed'
                    when v_idea.cost is null then 'no_cost'
                    when v_round.id is null then 'round' end;
    if outcome is null then
        select * into v_made from api.desk_proposal_save(
            p_officer, p_slug, null, v_idea.title, p_short_name, left(v_idea.benefit, 300),
            v_idea.what, v_idea.place, '', 1, v_idea.cost, 0, null);
        outcome := v_made.outcome;
    end if;
    if outcome <> 'saved' then
        return query select outcome, null::smallint;
        return;
    end if;
    update idea i
    set state = 'shortlisted', decided_at = clock_timestamp(),
        officer_id = coalesce(i.officer_id, p_officer),
        proposal_id = (select p.id from proposal p
                       where p.round_id = v_round.id and p.number = v_made.number)
    where i.id = v_idea.id;
    perform api.idea_notice(v_idea.id);
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'idea.shortlist', 'idea ' || v_idea.reference,
            jsonb_build_object('round', p_slug, 'number', v_made.number));
    return query select 'saved', v_made.number;
end
$$;
grant execute on function api.desk_idea_shortlist(integer, bigint, text, text) to wardmote_desk;
