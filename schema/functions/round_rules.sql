-- round_rules(round, pseudonym_sha256, nonce_sha256, seed_sha256): the canonical text of all that
-- is frozen when a round is scheduled: one fact a line, LF, in this order; times in UTC; money in
-- pence. A proposal's line ends with the SHA-256 of its text, which is title, summary, body,
-- place and proposer with an LF after each; an edition's of its pledges, each "ordinal|provider|
-- promise|standard|measure|due" and LF. Control characters in names are written as a space.
-- Called by other functions only. Locks: none.
create function api.round_rules(p_round integer, p_pseudonym_sha256 bytea, p_nonce_sha256 bytea,
                                p_seed_sha256 bytea)
returns text
language sql stable
set search_path = wardmote, pg_temp
as $$
    with r as (
        select r.*, n.slug as area from round r
        join neighbourhood n on n.id = r.neighbourhood_id where r.id = p_round
    ), line(part, ordinal, words) as (
        select 1, x.n, x.words from r cross join lateral (values
            (1, 'wardmote/rules/1'),
            (2, 'round ' || r.uuid),
            (3, 'title ' || r.title),
            (4, 'area ' || r.area),
            (5, 'kind ' || r.kind),
            (6, 'opens ' || to_char(r.opens_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
            (7, 'closes ' || to_char(r.closes_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
            (8, 'grace-seconds ' || extract(epoch from r.grace)::integer),
            (9, 'min-picks ' || r.min_picks),
            (10, 'max-picks ' || r.max_picks),
            (11, 'rule ' || r.rule),
            (12, 'parameter minimum-votes ' || r.minimum_votes),
            (13, case r.rule when 'greedy' then 'parameter fund-unsupported no' end),
            (14, case r.rule when 'greedy' then 'ties lowest-cost lot' else 'ties not-adopted' end)
        ) x(n, words)
        union all
        select 2, t.ordinal, 'pot ' || t.ordinal || ' ' || t.amount || ' ' || t.name
        from pot t where t.round_id = p_round
        union all
        select 3, 1, 'edition ' || r.area || ' ' || e.edition || ' ' || encode(sha256(convert_to(
            coalesce((select string_agg(concat_ws('|', g.ordinal, v.name, g.promise, g.standard,
                                                  g.measure, coalesce(g.due::text, '')) || E'\n',
                                        '' order by g.ordinal)
                      from pledge g join provider v on v.id = g.provider_id
                      where g.edition_id = e.id), ''), 'UTF8')), 'hex')
        from r join agreement_edition e on e.id = r.edition_id
        union all
        select 4, p.number, 'proposal ' || to_char(p.number, 'FM0000') || ' '
               || coalesce(t.ordinal || ' ' || p.cost, '- -') || ' '
               || encode(sha256(convert_to(concat_ws(E'\n', p.title, p.summary, p.body, p.place,
                                                     p.proposer, ''), 'UTF8')), 'hex')
               || ' ' || p.short_name
        from proposal p left join pot t on t.id = p.pot_id
        where p.round_id = p_round and p.state = 'published'
        union all
        select 5, x.n, x.words from (values
            (1, 'k-pseudonym-sha256 ' || encode(p_pseudonym_sha256, 'hex')),
            (2, 'k-nonce-sha256 ' || encode(p_nonce_sha256, 'hex')),
            (3, 'seed-sha256 ' || encode(p_seed_sha256, 'hex')),
            (4, 'end')) x(n, words)
    )
    select string_agg(regexp_replace(l.words, '[[:cntrl:]]', ' ', 'g') || E'\n', ''
                      order by l.part, l.ordinal)
    from line l where l.words is not null
$$;
