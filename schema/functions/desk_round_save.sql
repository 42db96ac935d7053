-- desk_round_save(...): makes a round (p_slug null) or changes a draft. Dates come as written in
-- Europe/London, null while open; money in pence; pots in order, at most two, none for a yes/no
-- round, which has p_edition instead and gets its one question (p_question, or the edition's
-- title). Called by: server/store_desk_round.c.
-- Outcomes: 'saved'; 'not_found' (round or area not this officer's); 'frozen'; 'in_review' (or approved);
-- 'opens_gap', 'opens_twice', 'closes_gap', 'closes_twice' (see london_time); 'order' (closes
-- before it opens); 'edition' (not proposed, or of another area); 'has_proposals' (a round with
-- proposals cannot become a question, nor the other way); 'pot_used' (a pot that proposals draw
-- on cannot go). Locks: round (exclusive).
create function api.desk_round_save(
    p_officer integer, p_slug text, p_area text, p_title text, p_about text, p_kind text,
    p_edition integer, p_question text, p_opens text, p_closes text, p_grace_minutes integer,
    p_max_picks integer, p_minimum_votes integer, p_pot_names text[], p_pot_amounts bigint[])
returns table (outcome text, slug text)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_id     integer;
    v_slug   text := p_slug;
    v_area   integer;
    v_kind   text;
    v_opens  record;
    v_closes record;
begin
    select n.id into v_area from neighbourhood n
    where n.slug = p_area and api.desk_may(p_officer, n.id);
    v_id := api.desk_round_id(p_officer, p_slug);
    if v_area is null or (p_slug is not null and v_id is null) then
        return query select 'not_found', null::text;
        return;
    end if;
    if v_id is not null then
        perform api.lock_round(v_id, true);
        select r.kind into v_kind from round r where r.id = v_id and r.state = 'draft';
        if v_kind is null then
            return query select case when r.frozen then 'frozen' else 'in_review' end, p_slug
                         from round r where r.id = v_id;
            return;
        end if;
    end if;

    select * into v_opens from api.london_time(p_opens::timestamp);
    select * into v_closes from api.london_time(p_closes::timestamp);
    outcome := case
        when v_opens.problem is not null then 'opens_' || v_opens.problem
        when v_closes.problem is not null then 'closes_' || v_closes.problem
        when v_closes.at <= v_opens.at then 'order'
        when p_kind = 'yes_no' and not exists (
            select from agreement_edition e
            where e.id = p_edition and e.neighbourhood_id = v_area and e.state = 'proposed')
        then 'edition'
        when (v_kind = 'yes_no') <> (p_kind = 'yes_no')
             and exists (select from proposal p where p.round_id = v_id) then 'has_proposals'
        when exists (select from pot t join proposal p on p.pot_id = t.id
                     where t.round_id = v_id and t.ordinal > cardinality(p_pot_names))
        then 'pot_used' end;
    if outcome is not null then
        return query select outcome, p_slug;
        return;
    end if;

    if v_id is null then
        v_slug := api.slug_free(p_title);
        insert into round (slug, neighbourhood_id, title, kind, rule, created_by)
        values (v_slug, v_area, p_title, p_kind,
                case p_kind when 'yes_no' then 'yes-no' else 'greedy' end, p_officer)
        returning id into v_id;
    end if;
    update round r
    set neighbourhood_id = v_area, title = p_title, about = p_about, kind = p_kind,
        rule = case p_kind when 'yes_no' then 'yes-no' else 'greedy' end,
        edition_id = case when p_kind = 'yes_no' then p_edition end,
        opens_at = v_opens.at, closes_at = v_closes.at,
        grace = make_interval(mins => p_grace_minutes),
        max_picks = case p_kind when 'yes_no' then 1 else p_max_picks end,
        minimum_votes = p_minimum_votes
    where r.id = v_id;

    delete from pot t where t.round_id = v_id and t.ordinal > cardinality(p_pot_names);
    update pot t set name = g.name, amount = g.amount
    from unnest(p_pot_names, p_pot_amounts) with ordinality g(name, amount, ordinal)
    where t.round_id = v_id and t.ordinal = g.ordinal;
    insert into pot (round_id, ordinal, name, amount)
    select v_id, g.ordinal, g.name, g.amount
    from unnest(p_pot_names, p_pot_amounts) with ordinality g(name, amount, ordinal)
    where not exists (select from pot t where t.round_id = v_id and t.ordinal = g.ordinal);

    if p_kind = 'yes_no' then
        perform api.desk_question(v_id, p_officer, p_question);
    end if;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, case when p_slug is null then 'round.create' else 'round.edit' end,
            'round ' || v_slug,
            jsonb_build_object('title', p_title, 'kind', p_kind, 'area', p_area,
                               'opens_at', v_opens.at, 'closes_at', v_closes.at,
                               'pots', to_jsonb(p_pot_amounts)));
    return query select 'saved', v_slug;
end
$$;
grant execute on function api.desk_round_save(integer, text, text, text, text, text, integer, text,
    text, text, integer, integer, integer, text[], bigint[]) to wardmote_desk;
