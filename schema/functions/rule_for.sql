-- rule_for(kind, method): the rule by which a round of this kind is counted, as wardmote-count calls
-- it, and the parameters that make it this method. An officer chooses a method:
--   most      most votes (points, ranks) first
--   value     most for the money first: votes, points or ranks divided by cost
--   shares    equal shares, where what is funded is worth its cost (or its points or rank) to a voter
--   shares_n  equal shares, where every funded proposal is worth as much
--   phragmen  Phragmén's sequential rule
-- A yes/no question has one. No row: this kind cannot be counted so. Called by other functions only.
-- Locks: none.
create function api.rule_for(p_kind text, p_method text)
returns table (rule text, parameters jsonb)
language sql immutable
as $$
    select x.rule, x.parameters::jsonb
    from (values
        ('yes_no', 'most', 'yes-no', '{}'),
        ('points', 'most', 'greedy-points-raw', '{}'),
        ('points', 'value', 'greedy-points', '{}'),
        ('points', 'shares', 'mes', '{"utility": "points", "completion": "add1u"}'),
        ('ranking', 'most', 'greedy-borda-raw', '{}'),
        ('ranking', 'value', 'greedy-borda', '{}'),
        ('ranking', 'shares', 'mes', '{"utility": "borda", "completion": "add1u"}'),
        ('approval', 'most', 'greedy', '{}'),
        ('approval', 'value', 'greedy-density', '{}'),
        ('approval', 'shares', 'mes', '{"utility": "cost", "completion": "add1u"}'),
        ('approval', 'shares_n', 'mes', '{"utility": "card", "completion": "add1u"}'),
        ('approval', 'phragmen', 'phragmen', '{}')
    ) x(kind, method, rule, parameters)
    where x.kind = case p_kind when 'knapsack' then 'approval' else p_kind end
      and x.method = p_method
$$;
