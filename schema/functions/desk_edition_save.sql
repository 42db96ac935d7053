-- desk_edition_save(officer, edition, area slug, title, in_return, review day, copy): begins the next
-- edition of an area's agreement (edition null), with the pledges of the one in force when `copy`, or
-- changes a draft. Called by: server/store_desk_agreement.c. One row: outcome and id. Outcomes:
-- 'saved'; 'not_found'; 'frozen' (it is no draft); 'draft' (one is being drafted: its id); 'title'
-- (1 to 120 characters). Locks: the edition's row, or advisory 5 (editions of an area).
create function api.desk_edition_save(p_officer integer, p_edition integer, p_area text,
                                      p_title text, p_in_return text, p_review date, p_copy boolean)
returns table (outcome text, id integer)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_old  agreement_edition;
    v_area integer := (select n.id from neighbourhood n
                       where n.slug = p_area and api.desk_may(p_officer, n.id));
    v_id   integer := p_edition;
begin
    if p_edition is not null then
        v_old := api.desk_edition_held(p_officer, p_edition);
    elsif v_area is not null then
        perform api.edition_settle(v_area);
        perform pg_advisory_xact_lock(5, v_area);
        select e.id into v_id from agreement_edition e
        where e.neighbourhood_id = v_area and e.state = 'draft';
    end if;
    outcome := case
        when p_edition is not null and v_old.id is null or p_edition is null and v_area is null
        then 'not_found'
        when v_old.state <> 'draft' then 'frozen'
        when p_edition is null and v_id is not null then 'draft'
        when length(coalesce(p_title, '')) not between 1 and 120 then 'title' end;
    if outcome is not null then
        return query select outcome, v_id;
        return;
    end if;
    if p_edition is null then
        insert into agreement_edition (neighbourhood_id, edition, title, in_return, review_on,
                                       created_by)
        select v_area, coalesce(max(e.edition), 0) + 1, p_title, p_in_return, p_review, p_officer
        from agreement_edition e where e.neighbourhood_id = v_area
        returning agreement_edition.id into v_id;
        insert into pledge (edition_id, ordinal, provider_id, promise, standard, measure, due,
                            came_from)
        select v_id, row_number() over (order by g.ordinal), g.provider_id, g.promise, g.standard,
               g.measure, g.due, g.id
        from pledge g join agreement_edition e on e.id = g.edition_id
        where p_copy and e.neighbourhood_id = v_area and e.state = 'adopted'
          and g.state <> 'declined';
    else
        update agreement_edition e
        set title = p_title, in_return = p_in_return, review_on = p_review where e.id = v_id;
    end if;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, case when p_edition is null then 'edition.create' else 'edition.edit' end,
            'edition ' || v_id, jsonb_build_object('title', p_title));
    return query select 'saved', v_id;
end
$$;
grant execute on function api.desk_edition_save(integer, integer, text, text, text, date, boolean)
    to wardmote_desk;
