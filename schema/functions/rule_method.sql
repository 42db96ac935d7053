-- rule_method(kind, rule, parameters): the method that an officer chose (see rule_for), or 'most' when
-- it is none of them. Called by other functions only. Locks: none.
create function api.rule_method(p_kind text, p_rule text, p_parameters jsonb) returns text
language sql immutable
set search_path = wardmote, pg_temp
as $$
    select coalesce((select m.method
                     from unnest('{most,value,shares,shares_n,phragmen}'::text[]) w(word)
                     cross join unnest('{"",:none,:util,:add1,:comparison}'::text[]) c(word)
                     cross join lateral (select w.word || c.word) m(method)
                     cross join lateral api.rule_for(p_kind, m.method) f
                     where f.rule = p_rule and f.parameters = p_parameters), 'most')
$$;
