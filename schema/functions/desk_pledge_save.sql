-- desk_pledge_save(officer, edition, pledge, provider, promise, standard, measure, due): writes a
-- pledge of a draft (pledge null: a new one, last) or changes one; its provider has to answer anew,
-- when the words are others. Called by: server/store_desk_agreement.c. Outcomes: 'saved';
-- 'not_found'; 'frozen' (no draft); 'full' (100 pledges); 'empty' (a provider, at most 120
-- characters, and a promise, at most 400, must be there). Locks: the edition's row.
create function api.desk_pledge_save(p_officer integer, p_edition integer, p_pledge integer,
                                     p_provider text, p_promise text, p_standard text,
                                     p_measure text, p_due date)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_edition  agreement_edition := api.desk_edition_held(p_officer, p_edition);
    v_old      pledge;
    v_provider integer;
begin
    select * into v_old from pledge g where g.id = p_pledge and g.edition_id = v_edition.id;
    if v_edition.id is null or p_pledge is not null and v_old.id is null then
        return 'not_found';
    elsif v_edition.state <> 'draft' then
        return 'frozen';
    elsif length(coalesce(p_provider, '')) not between 1 and 120
          or length(coalesce(p_promise, '')) not between 1 and 400 then
        return 'empty';
    elsif p_pledge is null
          and (select count(*) from pledge g where g.edition_id = p_edition) >= 100 then
        return 'full';
    end if;
    insert into provider (name) values (p_provider) on conflict (name) do nothing;
    select v.id into v_provider from provider v where v.name = p_provider;
    if p_pledge is null then
        insert into pledge (edition_id, ordinal, provider_id, promise, standard, measure, due)
        select p_edition, coalesce(max(g.ordinal), 0) + 1, v_provider, p_promise, p_standard,
               p_measure, p_due
        from pledge g where g.edition_id = p_edition;
    elsif (v_provider, p_promise, p_standard, p_measure, p_due)
          is distinct from (v_old.provider_id, v_old.promise, v_old.standard, v_old.measure,
                            v_old.due) then
        update pledge g
        set provider_id = v_provider, promise = p_promise, standard = p_standard,
            measure = p_measure, due = p_due, state = 'drafted', reason = '', asked = '',
            answered_at = null, answered_by = '', recorded_by = null
        where g.id = p_pledge;
    end if;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, case when p_pledge is null then 'pledge.create' else 'pledge.edit' end,
            'edition ' || p_edition,
            jsonb_build_object('pledge', p_pledge, 'provider', p_provider, 'promise', p_promise));
    return 'saved';
end
$$;
grant execute on function api.desk_pledge_save(integer, integer, integer, text, text, text, text,
    date) to wardmote_desk;
