-- desk_decision_confirm(officer, decision, grant): a second officer confirms what another wrote
-- down, and it is public; or it is refused, or taken back by who wrote it. Called by:
-- server/store_decisions.c. Outcomes: 'granted'; 'refused'; 'not_found' (none, or not this
-- officer's); 'own' (confirming what one wrote oneself); 'decided' (already, the other way). Locks:
-- the decision's row.
create function api.desk_decision_confirm(p_officer integer, p_decision integer, p_grant boolean)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_what decision;
begin
    select d.* into v_what
    from decision d join proposal p on p.id = d.proposal_id join round r on r.id = p.round_id
    where d.id = p_decision and api.desk_may(p_officer, r.neighbourhood_id, 'ward_officer', 'approver')
    for no key update of d;
    if v_what.id is null then
        return 'not_found';
    elsif v_what.granted = p_grant then
        return case when p_grant then 'granted' else 'refused' end;
    elsif v_what.granted is not null then
        return 'decided';
    elsif p_grant and v_what.asked_by = p_officer then
        return 'own';
    end if;
    update decision d
    set confirmed_by = p_officer, confirmed_at = clock_timestamp(), granted = p_grant
    where d.id = p_decision;
    insert into audit (officer_id, action, object)
    values (p_officer, case when p_grant then 'decision.grant' else 'decision.refuse' end,
            'decision ' || p_decision);
    perform pg_notify('content', '') where p_grant;
    return case when p_grant then 'granted' else 'refused' end;
end
$$;
grant execute on function api.desk_decision_confirm(integer, integer, boolean) to wardmote_desk;
