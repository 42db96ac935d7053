-- desk_idea_assign(officer, idea, to, cost): who looks after an idea (null: nobody in particular),
-- and what the officer thinks it costs, in pence (0: not known yet).
-- Called by: server/store_desk_idea.c. Outcomes: 'saved'; 'not_found'; 'closed' (it is decided);
-- 'officer' (not one of its area); 'cost' (out of range). Locks: the idea's row.
create function api.desk_idea_assign(p_officer integer, p_idea bigint, p_to integer, p_cost bigint)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_idea idea := api.desk_idea_held(p_officer, p_idea);
begin
    if v_idea.id is null then
        return 'not_found';
    elsif v_idea.state not in ('sent', 'asked') then
        return 'closed';
    elsif p_to is not null and not api.desk_may(p_to, v_idea.neighbourhood_id) then
        return 'officer';
    elsif p_cost is null or p_cost not between 0 and 100000000000 then
        return 'cost';
    end if;
    update idea i set officer_id = p_to, cost = nullif(p_cost, 0) where i.id = v_idea.id;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'idea.assign', 'idea ' || v_idea.reference,
            jsonb_build_object('to', p_to, 'cost', nullif(p_cost, 0)));
    return 'saved';
end
$$;
grant execute on function api.desk_idea_assign(integer, bigint, integer, bigint) to wardmote_desk;
