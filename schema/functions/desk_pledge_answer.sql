-- desk_pledge_answer(officer, edition, pledge, state, promise, reason, who): an officer writes down
-- what a provider answered by letter or at a meeting: who said it stands beside it.
-- Called by: server/store_desk_agreement.c. Outcomes: 'not_found'; or what pledge_answer says.
-- Locks: the edition's row.
create function api.desk_pledge_answer(p_officer integer, p_edition integer, p_pledge integer,
                                       p_state text, p_promise text, p_reason text, p_who text)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_edition agreement_edition := api.desk_edition_held(p_officer, p_edition);
    v_outcome text;
begin
    if not exists (select from pledge g where g.id = p_pledge and g.edition_id = v_edition.id) then
        return 'not_found';
    end if;
    v_outcome := api.pledge_answer(p_pledge, p_state, p_promise, p_reason, p_who, p_officer);
    if v_outcome = 'saved' then
        insert into audit (officer_id, action, object, detail)
        values (p_officer, 'pledge.answer', 'edition ' || p_edition,
                jsonb_build_object('pledge', p_pledge, 'state', p_state, 'who', p_who));
    end if;
    return v_outcome;
end
$$;
grant execute on function api.desk_pledge_answer(integer, integer, integer, text, text, text, text)
    to wardmote_desk;
