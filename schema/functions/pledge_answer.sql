-- pledge_answer(pledge, state, promise, reason, who, officer): its provider accepts a pledge, accepts
-- it in other words, or declines it; for the two latter a reason is due. `officer`: who wrote the
-- answer down, null when the provider did. An answer can be changed until the edition is frozen.
-- Called by: api.desk_pledge_answer, api.provider_answer, which know that they may. Outcomes:
-- 'saved'; 'frozen'; 'state'; 'who' (no name of who answered); 'reason'; 'promise' (amended to the
-- same words, or to none). Locks: the edition's row, shared with what freezes it.
create function api.pledge_answer(p_pledge integer, p_state text, p_promise text, p_reason text,
                                  p_who text, p_officer integer)
returns text
language plpgsql
set search_path = wardmote, pg_temp
as $$
declare
    v       pledge;
    v_state text;
    v_asked text;
begin
    select e.state into v_state from agreement_edition e
    where e.id = (select g.edition_id from pledge g where g.id = p_pledge) for update;
    select * into v from pledge g where g.id = p_pledge for update;
    v_asked := case when v.asked <> '' then v.asked else v.promise end; -- what the council asked for
    if v_state <> 'draft' then
        return 'frozen';
    elsif p_state not in ('accepted', 'amended', 'declined') then
        return 'state';
    elsif length(coalesce(p_who, '')) not between 1 and 120 then
        return 'who';
    elsif p_state <> 'accepted' and length(coalesce(p_reason, '')) not between 1 and 400 then
        return 'reason';
    elsif p_state = 'amended'
          and (length(coalesce(p_promise, '')) not between 1 and 400 or p_promise = v_asked) then
        return 'promise';
    end if;
    update pledge g
    set state = p_state, promise = case p_state when 'amended' then p_promise else v_asked end,
        asked = case p_state when 'amended' then v_asked else '' end,
        reason = case p_state when 'accepted' then '' else p_reason end,
        answered_at = clock_timestamp(), answered_by = p_who, recorded_by = p_officer
    where g.id = v.id;
    return 'saved';
end
$$;
