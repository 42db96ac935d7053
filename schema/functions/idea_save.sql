-- idea_save(key_hash, area slug, title, what, place, benefit, cost, proposer, number sealed,
-- recipient key, promiser, in return): writes what one page of the form holds; null leaves a thing as
-- it is. A cost of 0 is none; an empty number takes back that one may be texted. Who should promise it,
-- and what residents would do in return, are of a pledge alone.
-- Called by: server/store_idea.c. Outcomes: 'saved'; 'not_found'; 'closed' (sent, and no question
-- waits: nothing changes); 'area' (no such neighbourhood). Locks: the idea's row.
create function api.idea_save(p_key bytea, p_area text, p_title text, p_what text, p_place text,
                              p_benefit text, p_cost bigint, p_proposer text, p_number bytea,
                              p_recipient bytea, p_promiser text default null,
                              p_in_return text default null)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_idea idea;
    v_area integer := (select n.id from neighbourhood n where n.slug = p_area);
begin
    select * into v_idea from idea i where i.key_hash = p_key for update;
    if v_idea.id is null then
        return 'not_found';
    elsif v_idea.state not in ('draft', 'asked') then
        return 'closed';
    elsif p_area is not null and v_area is null then
        return 'area';
    end if;
    update idea i
    set neighbourhood_id = coalesce(v_area, i.neighbourhood_id),
        title = coalesce(p_title, i.title), what = coalesce(p_what, i.what),
        place = coalesce(p_place, i.place), benefit = coalesce(p_benefit, i.benefit),
        cost_guess = case when p_cost is null then i.cost_guess else nullif(p_cost, 0) end,
        proposer = coalesce(p_proposer, i.proposer),
        promiser = case i.kind when 'pledge' then coalesce(p_promiser, i.promiser) else '' end,
        in_return = case i.kind when 'pledge' then coalesce(p_in_return, i.in_return) else '' end,
        number_sealed = case when p_number is null then i.number_sealed
                             else nullif(p_number, '') end,
        recipient_key = case when p_number is null then i.recipient_key
                             when p_number <> '' then p_recipient end,
        saved_at = clock_timestamp()
    where i.id = v_idea.id;
    return 'saved';
end
$$;
grant execute on function api.idea_save(bytea, text, text, text, text, text, bigint, text, bytea,
    bytea, text, text) to wardmote_web;
