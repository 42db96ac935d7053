-- desk_decision_ask(officer, slug, number, decision, reason, body, day): writes down what the
-- council decided on a proposal whose round has a published result; a second officer confirms it.
-- Called by: server/store_decisions.c. Outcomes: 'asked'; 'not_found'; 'state' (no result is
-- published); 'no_proposal' (none that was voted on has this number, or it is a question);
-- 'decision' (none of the four); 'reason' (none, or more than 1,000 characters); 'body' (nobody, or
-- more than 120); 'day' (before the vote closed, or in the future); 'waiting' (one waits for its
-- confirmation). Locks: round (exclusive).
create function api.desk_decision_ask(p_officer integer, p_slug text, p_number smallint,
                                      p_decision text, p_reason text, p_body text, p_day date)
returns text
language plpgsql security definer
set search_path = wardmote, pg_temp
as $$
declare
    v_round    round := api.desk_round_held(p_officer, p_slug);
    v_proposal integer;
    v_id       integer;
begin
    select p.id into v_proposal from proposal p
    where p.round_id = v_round.id and p.number = p_number and p.state = 'published'
      and p.pot_id is not null;
    if v_round.id is null then
        return 'not_found';
    elsif v_round.state not in ('published', 'archived') then
        return 'state';
    elsif v_proposal is null then
        return 'no_proposal';
    elsif p_decision is null or p_decision not in ('approved', 'deferred', 'referred', 'refused') then
        return 'decision';
    elsif p_reason is null or length(p_reason) not between 1 and 1000 then
        return 'reason';
    elsif p_body is null or length(p_body) not between 1 and 120 then
        return 'body';
    elsif p_day is null or p_day < (v_round.closes_at at time zone 'Europe/London')::date
          or p_day > (clock_timestamp() at time zone 'Europe/London')::date then
        return 'day';
    elsif exists (select from decision d where d.proposal_id = v_proposal and d.granted is null) then
        return 'waiting';
    end if;
    insert into decision (proposal_id, decision, reason, body, decided_on, asked_by)
    values (v_proposal, p_decision, p_reason, p_body, p_day, p_officer) returning id into v_id;
    insert into audit (officer_id, action, object, detail)
    values (p_officer, 'decision.ask', 'decision ' || v_id,
            jsonb_build_object('round', p_slug, 'number', p_number, 'decision', p_decision));
    return 'asked';
end
$$;
grant execute on function api.desk_decision_ask(integer, text, smallint, text, text, text, date)
    to wardmote_desk;
