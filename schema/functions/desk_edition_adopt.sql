-- desk_edition_adopt(officer, edition, reason, grant): adoption without a vote, by two officers. One
-- asks, with a reason that is published (grant null); another grants it or refuses; who asked may
-- take it back by refusing. Called by: server/store_desk_agreement.c. Outcomes: 'asked'; 'adopted';
-- 'refused'; 'not_found'; 'state' (it is not put forward, or nobody asked); 'in_vote' (a round asks
-- about it); 'waiting' (asked already); 'own' (granting what one asked oneself); 'reason' (none, or
-- more than 400 characters). Locks: its row.
create function api.desk_edition_adopt(p_officer integer, p_edition integer, p_reason text,
                                       p_grant boolean)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v         agreement_edition;
    v_outcome text;
begin
    v := case when p_grant is null then api.desk_edition_held(p_officer, p_edition)
              else api.desk_edition_held(p_officer, p_edition, 'ward_officer', 'approver') end;
    v_outcome := case
        when v.id is null then 'not_found'
        when v.state <> 'proposed' then 'state'
        when exists (select from round r where r.edition_id = v.id) then 'in_vote'
        when p_grant is null and v.adopt_asked_by is not null then 'waiting'
        when p_grant is null and length(coalesce(p_reason, '')) not between 1 and 400 then 'reason'
        when p_grant is not null and v.adopt_asked_by is null then 'state'
        when p_grant and v.adopt_asked_by = p_officer then 'own' end;
    if v_outcome is not null then
        return v_outcome;
    end if;
    if p_grant is null then
        update agreement_edition e set adopt_asked_by = p_officer, adopt_reason = p_reason
        where e.id = v.id;
    elsif p_grant then
        update agreement_edition e set adopted_by = p_officer where e.id = v.id;
        perform api.edition_adopt(v.id, true);
        perform pg_notify('content', '');
    else
        update agreement_edition e set adopt_asked_by = null, adopt_reason = '' where e.id = v.id;
    end if;
    v_outcome := case when p_grant is null then 'asked' when p_grant then 'adopted'
                      else 'refused' end;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'edition.adopt_' || v_outcome, 'edition ' || v.id,
            jsonb_build_object('reason', coalesce(p_reason, v.adopt_reason)));
    return v_outcome;
end
$$;
grant execute on function api.desk_edition_adopt(integer, integer, text, boolean)
    to wardmote_desk;
