-- desk_proposal_save(...): writes a proposal (p_number null: a new one, which gets a number) of a
-- draft round, or changes one. Pot by its ordinal, cost in pence; p_exclusion
-- is the group of proposals of which one at most can win, 0 none. p_revision: the wording that the
-- officer read before writing this one; null: whichever is there. A theme that the round has already
-- is written as it stands there. p_lat, p_lon: hundred-thousandths of a degree, or both null.
-- Called by: server/store_desk_round.c. Outcomes: 'saved' with the number; 'not_found'; 'frozen';
-- 'changed' (another wording was saved meanwhile);
-- 'in_review'; 'question' (a yes/no round has only its question); 'full' (a round has 200 at most:
-- so many a ballot can hold); 'themes' (a round has 12 at most);
-- 'theme' (too long, or more than one); 'point' (outside of the British Isles); 'pot' (no such pot); 'too_dear' (costs more than its pot); 'no_number'
-- (all 900 are in use). Locks: round (exclusive), advisory 4 (numbers).
create function api.desk_proposal_save(
    p_officer integer, p_slug text, p_number smallint, p_title text, p_short_name text,
    p_summary text, p_body text, p_place text, p_proposer text, p_pot integer, p_cost bigint,
    p_exclusion integer, p_revision integer, p_theme text default '', p_lat integer default null,
    p_lon integer default null)
returns table (outcome text, number smallint)
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
#variable_conflict use_column
declare
    v_round  round := api.desk_round_held(p_officer, p_slug);
    v_pot    pot;
    v_number smallint := p_number;
    v_theme  text;
begin
    select p.theme into v_theme from proposal p
    where p.round_id = v_round.id and p.number is distinct from p_number and p_theme <> ''
      and lower(p.theme) = lower(p_theme) limit 1;
    v_theme := coalesce(v_theme, p_theme);
    select * into v_pot from pot t where t.round_id = v_round.id and t.ordinal = p_pot;
    if v_number is null and v_round.state = 'draft' then
        v_number := api.free_number();
    end if;
    outcome := case
        when v_round.id is null then 'not_found'
        when p_number is not null and not exists (
            select from proposal p where p.round_id = v_round.id and p.number = p_number) then 'not_found'
        when v_round.frozen then 'frozen'
        when v_round.state <> 'draft' then 'in_review'
        when v_round.kind = 'yes_no' then 'question'
        when p_number is null and 200 <= (
            select count(*) from proposal p where p.round_id = v_round.id) then 'full'
        when p_revision <> (
            select p.revision from proposal p
            where p.round_id = v_round.id and p.number = p_number) then 'changed'
        when length(v_theme) > 40 or v_theme ~ ',' then 'theme'
        when (p_lat is null) <> (p_lon is null)
          or not (p_lat between 4900000 and 6100000 and p_lon between -1100000 and 300000) then 'point'
        when v_theme <> '' and 12 < (
            select count(*) from (
                select p.theme from proposal p
                where p.round_id = v_round.id and p.number is distinct from p_number and p.theme <> ''
                union select v_theme) t) then 'themes'
        when v_pot.id is null then 'pot'
        when p_cost > v_pot.amount then 'too_dear'
        when v_number is null then 'no_number' end;
    if outcome is not null then
        return query select outcome, p_number;
        return;
    end if;
    if p_number is null then
        insert into proposal (round_id, number, short_name, title, summary, body, place, proposer,
                              pot_id, cost, created_by, theme, lat, lon)
        values (v_round.id, v_number, p_short_name, p_title, p_summary, p_body, p_place, p_proposer,
                v_pot.id, p_cost, p_officer, v_theme, p_lat, p_lon);
    else
        update proposal p
        set short_name = p_short_name, title = p_title, summary = p_summary, body = p_body,
            place = p_place, proposer = p_proposer, pot_id = v_pot.id, cost = p_cost,
            changed_by = p_officer, theme = v_theme, lat = p_lat, lon = p_lon
        where p.round_id = v_round.id and p.number = p_number;
    end if;
    delete from exclusion x using proposal p
    where p.round_id = v_round.id and p.number = v_number and x.proposal_id = p.id;
    insert into exclusion (round_id, ordinal, proposal_id)
    select v_round.id, p_exclusion, p.id from proposal p
    where p.round_id = v_round.id and p.number = v_number and p_exclusion > 0;
    update round r set changed_by = p_officer where r.id = v_round.id;
    insert into audit (officer_id, action, object, detail)
    values (p_officer,
            case when p_number is null then 'proposal.create' else 'proposal.edit' end,
            'proposal ' || p_slug || '/' || to_char(v_number, 'FM0000'),
            jsonb_build_object('title', p_title, 'cost', p_cost, 'pot', p_pot));
    return query select 'saved', v_number;
end
$$;
grant execute on function api.desk_proposal_save(integer, text, smallint, text, text, text, text,
    text, text, integer, bigint, integer, integer, text, integer, integer) to wardmote_desk;
