-- desk_round_save(...): makes a round (p_slug null) or changes a draft. Dates come as written in
-- Europe/London, null while open; money in pence; pots in order, none for a yes/no round, which has
-- p_edition instead and gets its one question (p_question, or the edition's title). What does not
-- belong to the kind is kept at its default, whatever comes: points only for points, most picks only
-- where proposals are chosen or ranked. 0 stands for "none" in the age, the cap and pots' limits.
-- Called by: server/store_desk_round.c.
-- Outcomes: 'saved'; 'not_found' (round or area not this officer's); 'frozen'; 'in_review' (or
-- approved); 'opens_' or 'closes_' and 'bad', 'gap' or 'twice' (see london_time); 'order'
-- (closes before it opens); 'edition' (not proposed, or of another area); 'has_proposals' (a round
-- with proposals cannot become a question, nor the other way); 'pot_used' (a pot that proposals
-- draw on cannot go); 'picks_order', 'pot_picks_order' (least above most); 'points_order' (more to
-- one than in all); 'method' (this kind cannot be counted so: see rule_for). Locks: round (exclusive).
create function api.desk_round_save(
    p_officer integer, p_slug text, p_area text, p_title text, p_about text, p_kind text,
    p_edition integer, p_question text, p_opens text, p_closes text, p_grace_minutes integer,
    p_max_picks integer, p_minimum_votes integer, p_pot_names text[], p_pot_amounts bigint[],
    p_pot_min integer[], p_pot_max integer[], p_min_picks integer, p_blank boolean,
    p_points_sum integer, p_points_max integer, p_cap_percent integer, p_carry boolean,
    p_eligibility text, p_minimum_age integer, p_residence text, p_method text default 'most', p_provisional_days integer default 28)
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
    v_rule   record;
    v_chosen boolean := p_kind in ('approval', 'ranking'); -- the officer says how many
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

    select * into v_rule
    from api.rule_for(p_kind, case p_kind when 'yes_no' then 'most' else p_method end);
    select * into v_opens from api.london_time(p_opens);
    select * into v_closes from api.london_time(p_closes);
    outcome := case
        when v_opens.problem is not null then 'opens_' || v_opens.problem
        when v_closes.problem is not null then 'closes_' || v_closes.problem
        when v_closes.at <= v_opens.at then 'order'
        when p_kind = 'yes_no' and not exists (
            select from agreement_edition e
            where e.id = p_edition and e.neighbourhood_id = v_area and api.edition_state(e) = 'proposed')
        then 'edition'
        when (v_kind = 'yes_no') <> (p_kind = 'yes_no')
             and exists (select from proposal p where p.round_id = v_id) then 'has_proposals'
        when exists (select from pot t join proposal p on p.pot_id = t.id
                     where t.round_id = v_id and t.ordinal > cardinality(p_pot_names))
        then 'pot_used'
        when v_rule.rule is null then 'method'
        when v_chosen and p_min_picks > p_max_picks then 'picks_order'
        when p_kind = 'points' and p_points_max > p_points_sum then 'points_order'
        when exists (select from unnest(p_pot_min, p_pot_max) l(least, most)
                     where l.most > 0 and l.least > l.most) then 'pot_picks_order' end;
    if outcome is not null then
        return query select outcome, p_slug;
        return;
    end if;

    if v_id is null then
        v_slug := api.slug_free(p_title);
        insert into round (slug, neighbourhood_id, title, kind, rule, created_by, points_sum,
                           points_max)
        values (v_slug, v_area, p_title, p_kind,
                v_rule.rule, p_officer,
                case p_kind when 'points' then 1 end, case p_kind when 'points' then 1 end)
        returning id into v_id;
    end if;
    update round r
    set neighbourhood_id = v_area, title = p_title, about = p_about, kind = p_kind,
        rule = v_rule.rule, rule_parameters = v_rule.parameters,
        edition_id = case when p_kind = 'yes_no' then p_edition end,
        opens_at = v_opens.at, closes_at = v_closes.at,
        grace = make_interval(mins => p_grace_minutes),
        min_picks = case when v_chosen then p_min_picks else 1 end,
        max_picks = case when p_kind = 'yes_no' then 1 when v_chosen then p_max_picks else 60 end,
        blank_allowed = p_blank,
        points_sum = case p_kind when 'points' then p_points_sum end,
        points_max = case p_kind when 'points' then p_points_max end,
        cap_percent = case when p_kind <> 'yes_no' then nullif(p_cap_percent, 0) end,
        carry = p_carry and p_kind <> 'yes_no',
        eligibility = p_eligibility, minimum_votes = p_minimum_votes,
        minimum_age = case when p_eligibility <> 'practice' then nullif(p_minimum_age, 0) end,
        residence = case when p_eligibility <> 'practice' then p_residence else 'none' end,
        provisional_days = p_provisional_days, changed_by = p_officer
    where r.id = v_id;

    delete from pot t where t.round_id = v_id and t.ordinal > cardinality(p_pot_names);
    update pot t
    set name = g.name, amount = g.amount, min_picks = nullif(g.least, 0),
        max_picks = nullif(g.most, 0)
    from unnest(p_pot_names, p_pot_amounts, p_pot_min, p_pot_max) with ordinality
        g(name, amount, least, most, ordinal)
    where t.round_id = v_id and t.ordinal = g.ordinal;
    insert into pot (round_id, ordinal, name, amount, min_picks, max_picks)
    select v_id, g.ordinal, g.name, g.amount, nullif(g.least, 0), nullif(g.most, 0)
    from unnest(p_pot_names, p_pot_amounts, p_pot_min, p_pot_max) with ordinality
        g(name, amount, least, most, ordinal)
    where not exists (select from pot t where t.round_id = v_id and t.ordinal = g.ordinal);

    if p_kind = 'yes_no' then
        perform api.desk_question(v_id, p_officer, p_question);
    end if;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, case when p_slug is null then 'round.create' else 'round.edit' end,
            'round ' || v_slug,
            jsonb_build_object('title', p_title, 'kind', p_kind, 'area', p_area,
                               'opens_at', v_opens.at, 'closes_at', v_closes.at,
                               'eligibility', p_eligibility, 'rule', v_rule.rule,
                               'rule_parameters', v_rule.parameters, 'pots', to_jsonb(p_pot_amounts)));
    return query select 'saved', v_slug;
end
$$;
grant execute on function api.desk_round_save(integer, text, text, text, text, text, integer, text,
    text, text, integer, integer, integer, text[], bigint[], integer[], integer[], integer, boolean,
    integer, integer, integer, boolean, text, integer, text, text, integer) to wardmote_desk;
