-- rule_for(kind, method): the rule by which a round of this kind is counted, as wardmote-count calls
-- it, and the parameters that make it this method. An officer chooses a method:
--   most      most votes (points, ranks) first
--   value     most for the money first: votes, points or ranks divided by cost
--   shares    equal shares, where what is funded is worth its cost (or its points or rank) to a voter
--   shares_n  equal shares, where every funded proposal is worth as much
--   phragmen  Phragmén's sequential rule
-- and for equal shares, after a colon, what is done with money that is left:
--   (nothing)   Add1U: shares are raised as long as the outcome fits, then votes decide
--   none        nothing
--   util        votes decide
--   add1        shares are raised
--   comparison  Add1U, or votes alone where more voters get more of theirs by those
-- A yes/no question has one. No row: this kind cannot be counted so. Called by other functions only.
-- Locks: none.
create function api.rule_for(p_kind text, p_method text)
returns table (rule text, parameters jsonb)
language sql immutable
as $$
    select x.rule, x.parameters::jsonb || c.parameters::jsonb
    from (values
        ('yes_no', 'most', 'yes-no', '{}'),
        ('points', 'most', 'greedy-points-raw', '{}'),
        ('points', 'value', 'greedy-points', '{}'),
        ('points', 'shares', 'mes', '{"utility": "points"}'),
        ('ranking', 'most', 'greedy-borda-raw', '{}'),
        ('ranking', 'value', 'greedy-borda', '{}'),
        ('ranking', 'shares', 'mes', '{"utility": "borda"}'),
        ('approval', 'most', 'greedy', '{}'),
        ('approval', 'value', 'greedy-density', '{}'),
        ('approval', 'shares', 'mes', '{"utility": "cost"}'),
        ('approval', 'shares_n', 'mes', '{"utility": "card"}'),
        ('approval', 'phragmen', 'phragmen', '{}')
    ) x(kind, method, rule, parameters)
    join (values
        (false, '', '{}'),
        (true, '', '{"completion": "add1u"}'),
        (true, ':none', '{"completion": "none"}'),
        (true, ':util', '{"completion": "util"}'),
        (true, ':add1', '{"completion": "add1"}'),
        (true, ':comparison', '{"completion": "add1u", "comparison": "greedy"}')
    ) c(shares, word, parameters) on c.shares = (x.rule = 'mes')
    where x.kind = case p_kind when 'knapsack' then 'approval' else p_kind end
      and x.method || c.word = p_method
$$;
