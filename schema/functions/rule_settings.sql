-- rule_settings(round): the parameters by which its rule is run, in the order of the frozen text: key
-- and value as wardmote-count takes them. Called by other functions only. Locks: none.
create function api.rule_settings(p_round integer)
returns table (ordinal integer, key text, value text)
language sql stable
set search_path = wardmote, pg_temp
as $$
    select 1, 'minimum-votes', r.minimum_votes::text from round r where r.id = p_round
    union all
    select 2, 'fund-unsupported', 'no' from round r
    where r.id = p_round and r.rule not in ('yes-no', 'phragmen')
    union all
    select 3, q.key, q.value
    from round r cross join jsonb_each_text(r.rule_parameters) q(key, value) where r.id = p_round
$$;
