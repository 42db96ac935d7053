-- desk_practice_files(officer, slug): the files of a practice round that was counted, a row a pot,
-- with the methods by which its kind can be counted and each as wardmote-count's `compare` takes
-- it. Of a real round none: rules are not compared where it could choose the winners. Called by:
-- server/store_practice.c. Outcomes: rows, or none. Locks: none.
create function api.desk_practice_files(p_officer integer, p_slug text)
returns table (pot_name text, pb text, seed bytea, methods text, rules text)
language sql stable security definer
set search_path = wardmote, pg_temp
as $$
    with r as (select * from round r where r.id = api.desk_round_seen(p_officer, p_slug)
                                       and r.eligibility = 'practice'),
    way as (
        select m.n, m.method,
               f.rule || coalesce((select string_agg(':' || q.key || '=' || q.value, '' order by q.key)
                                   from jsonb_each_text(f.parameters) q), '')
               || ':minimum-votes=' || r.minimum_votes
               || case f.rule when 'phragmen' then '' else ':fund-unsupported=no' end as rule
        from r
        cross join unnest('{most,value,shares,shares:none,shares_n,phragmen}'::text[])
            with ordinality m(method, n)
        cross join lateral api.rule_for(r.kind, m.method) f
        where r.kind <> 'yes_no'
    )
    select t.name, a.pb, x.seed, w.methods, w.rules
    from r
    join result x on x.round_id = r.id and x.version = api.result_latest(r.id)
    join result_part a on a.round_id = x.round_id and a.version = x.version
    join pot t on t.id = a.pot_id
    cross join (select string_agg(method, ' ' order by n) as methods,
                       string_agg(rule, ',' order by n) as rules from way) w
    order by a.ordinal
$$;
grant execute on function api.desk_practice_files(integer, text) to wardmote_desk;
