-- desk_edition_freeze(officer, edition): a draft is put forward: every pledge was answered, and from
-- now on its words stand, with their SHA-256. Or, `thaw`: it is a draft again, while no round asks
-- about it and nobody adopted it. Called by: server/store_desk_agreement.c. Outcomes: 'proposed' (also
-- when it was already); 'draft'; 'not_found'; 'state'; 'no_pledges'; 'unanswered' (a provider has not
-- answered for all); 'declined' (nothing is left that anybody promises); 'in_vote'. Locks: its row.
create function api.desk_edition_freeze(p_officer integer, p_edition integer, p_thaw boolean)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v         agreement_edition := api.desk_edition_held(p_officer, p_edition);
    v_outcome text;
begin
    select case when v.id is null then 'not_found'
                when v.state = 'proposed' and not p_thaw then 'proposed'
                when v.state = 'draft' and p_thaw then 'draft'
                when v.state not in ('draft', 'proposed') then 'state'
                when p_thaw and exists (select from round r where r.edition_id = v.id) then 'in_vote'
                when p_thaw then null
                when count(*) = 0 then 'no_pledges'
                when bool_or(g.state = 'drafted') then 'unanswered'
                when bool_and(g.state = 'declined') then 'declined' end
    into v_outcome from pledge g where g.edition_id = v.id;
    if v_outcome is not null then
        return v_outcome;
    end if;
    if p_thaw then
        update agreement_edition e
        set state = 'draft', frozen_at = null, frozen_by = null, frozen_text = null,
            frozen_sha256 = null, adopt_asked_by = null, adopt_reason = ''
        where e.id = v.id;
    else
        update agreement_edition e
        set state = 'proposed', frozen_at = clock_timestamp(), frozen_by = p_officer,
            frozen_text = api.edition_text(e.id),
            frozen_sha256 = sha256(convert_to(api.edition_text(e.id), 'UTF8'))
        where e.id = v.id;
    end if;
    insert into audit (officer_id, action, object)
    values (p_officer, case when p_thaw then 'edition.thaw' else 'edition.freeze' end,
            'edition ' || v.id);
    perform pg_notify('content', '');
    return case when p_thaw then 'draft' else 'proposed' end;
end
$$;
grant execute on function api.desk_edition_freeze(integer, integer, boolean) to wardmote_desk;
