-- rule_for(kind): the rule by which a round of this kind is counted, as wardmote-count calls it
-- (server/count_round.c hands it the same). Called by other functions only. Locks: none.
create function api.rule_for(p_kind text) returns text
language sql immutable
as $$
    select case p_kind when 'yes_no' then 'yes-no' when 'points' then 'greedy-points-raw'
                       when 'ranking' then 'greedy-borda-raw' else 'greedy' end
$$;
