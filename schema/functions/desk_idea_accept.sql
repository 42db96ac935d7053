-- desk_idea_accept(officer, idea, provider, promise, standard, measure, due): an idea for a pledge goes
-- into the draft edition of its area, in the officer's words, to be answered by its provider; its
-- proposer is told. Called by: server/store_desk_idea.c. One row: outcome, edition and pledge. Outcomes:
-- 'saved'; 'not_found'; 'closed' (it is decided); 'no_draft' (no edition of its area is being drafted);
-- or what desk_pledge_save says. Locks: the edition's row, then the idea's.
create function api.desk_idea_accept(p_officer integer, p_idea bigint, p_provider text,
                                     p_promise text, p_standard text, p_measure text, p_due date)
returns table (outcome text, edition integer, pledge integer)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_edition agreement_edition := api.desk_edition_held(p_officer, (
        select e.id from agreement_edition e join idea i on i.neighbourhood_id = e.neighbourhood_id
        where i.id = p_idea and e.state = 'draft'));
    v_idea    idea := api.desk_idea_held(p_officer, p_idea);
    v_pledge  integer;
begin
    outcome := case when v_idea.id is null or v_idea.kind <> 'pledge' then 'not_found'
                    when v_idea.state not in ('sent', 'asked') then 'closed'
                    when v_edition.id is null or v_edition.state <> 'draft' then 'no_draft'
                    else api.desk_pledge_save(p_officer, v_edition.id, null, p_provider, p_promise,
                                              p_standard, p_measure, p_due) end;
    if outcome = 'saved' then
        select max(g.id) into v_pledge from pledge g where g.edition_id = v_edition.id;
        update idea i
        set state = 'accepted', pledge_id = v_pledge, decided_at = clock_timestamp(),
            officer_id = coalesce(i.officer_id, p_officer)
        where i.id = v_idea.id;
        perform api.idea_notice(v_idea.id);
        insert into audit (officer_id, action, object, detail)
        values (p_officer, 'idea.accept', 'idea ' || v_idea.reference,
                jsonb_build_object('edition', v_edition.id, 'pledge', v_pledge));
    end if;
    return query select outcome, v_edition.id, v_pledge;
end
$$;
grant execute on function api.desk_idea_accept(integer, bigint, text, text, text, text, date)
    to wardmote_desk;
