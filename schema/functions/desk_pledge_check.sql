-- desk_pledge_check(officer, edition, pledge, result, evidence, link, day): whether a pledge in force
-- was kept, on a day not in the future, with its evidence; each check stays, the last is shown first.
-- Called by: server/store_desk_agreement.c. Outcomes: 'saved'; 'not_found'; 'state' (the edition is
-- not in force, or the pledge was declined); 'result'; 'evidence' (1 to 1,000 characters); 'link'
-- (not a web address); 'day' (in the future, or before the adoption). Locks: the edition's row.
create function api.desk_pledge_check(p_officer integer, p_edition integer, p_pledge integer,
                                      p_result text, p_evidence text, p_link text, p_day date)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_edition agreement_edition := api.desk_edition_held(p_officer, p_edition);
    v         pledge;
    v_outcome text;
begin
    select * into v from pledge g where g.id = p_pledge and g.edition_id = v_edition.id;
    v_outcome := case
        when v.id is null then 'not_found'
        when v_edition.state <> 'adopted' or v.state = 'declined' then 'state'
        when p_result is null or p_result not in ('met', 'partly', 'not_met') then 'result'
        when length(coalesce(p_evidence, '')) not between 1 and 1000 then 'evidence'
        when p_link <> '' and (length(p_link) > 400 or p_link !~ '^https?://[^[:space:]]+$')
        then 'link'
        when p_day is null or p_day > (clock_timestamp() at time zone 'Europe/London')::date
             or p_day < v_edition.adopted_on then 'day' end;
    if v_outcome is not null then
        return v_outcome;
    end if;
    insert into pledge_check (pledge_id, checked_on, result, evidence, link, officer_id)
    values (v.id, p_day, p_result, p_evidence, p_link, p_officer);
    update pledge g
    set checked_on = p_day, check_result = p_result, evidence = p_evidence, evidence_link = p_link
    where g.id = v.id and coalesce(g.checked_on <= p_day, true);
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'pledge.check', 'edition ' || p_edition,
            jsonb_build_object('pledge', v.id, 'result', p_result, 'day', p_day));
    perform pg_notify('content', '');
    return 'saved';
end
$$;
grant execute on function api.desk_pledge_check(integer, integer, integer, text, text, text, date)
    to wardmote_desk;
