-- round_rules(round, pseudonym_sha256, nonce_sha256, seed_sha256): the canonical text of all that
-- is frozen when a round is scheduled: one fact a line, LF, in this order; times in UTC; money in
-- pence; `-` where a limit is not set. A pot's line: ordinal, pence, least and most picks, name. A proposal's line ends with the SHA-256 of its text, which is title, summary, body,
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
            (1, 'wardmote/rules/2'),
            (2, 'round ' || r.uuid),
            (3, 'title ' || r.title),
            (4, 'area ' || r.area),
            (5, 'kind ' || r.kind),
            (6, 'opens ' || to_char(r.opens_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
            (7, 'closes ' || to_char(r.closes_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
            (8, 'grace-seconds ' || extract(epoch from r.grace)::integer),
            (9, 'eligibility ' || r.eligibility),
            (10, 'minimum-age ' || coalesce(r.minimum_age::text, '-')),
            (11, 'residence ' || r.residence),
            (12, 'min-picks ' || r.min_picks),
            (13, 'max-picks ' || r.max_picks),
            (14, 'blank-ballots ' || case when r.blank_allowed then 'yes' else 'no' end),
            (15, 'points-sum ' || coalesce(r.points_sum::text, '-')),
            (16, 'points-max ' || coalesce(r.points_max::text, '-')),
            (17, 'cap-percent ' || coalesce(r.cap_percent::text, '-')),
            (18, 'carry ' || case when r.carry then 'yes' else 'no' end),
            (19, 'rule ' || r.rule),
            (23, case r.rule when 'yes-no' then 'ties not-adopted' else 'ties lowest-cost lot' end),
            (24, 'provisional-days ' || r.provisional_days)
        ) x(n, words)
        union all
        select 1, 19 + q.ordinal, 'parameter ' || q.key || ' ' || q.value
        from api.rule_settings(p_round) q
        union all
        select 2, t.ordinal, 'pot ' || t.ordinal || ' ' || t.amount || ' '
               || coalesce(t.min_picks::text, '-') || ' ' || coalesce(t.max_picks::text, '-') || ' '
               || t.name
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
        select 5, e.ordinal, 'exclusion ' || e.ordinal || ' '
               || string_agg(to_char(p.number, 'FM0000'), ' ' order by p.number)
        from exclusion e join proposal p on p.id = e.proposal_id and p.state = 'published'
        where e.round_id = p_round group by e.ordinal
        union all
        select 6, x.n, x.words from (values
            (1, 'k-pseudonym-sha256 ' || encode(p_pseudonym_sha256, 'hex')),
            (2, 'k-nonce-sha256 ' || encode(p_nonce_sha256, 'hex')),
            (3, 'seed-sha256 ' || encode(p_seed_sha256, 'hex')),
            (4, 'end')) x(n, words)
    )
    select string_agg(regexp_replace(l.words, '[[:cntrl:]]', ' ', 'g') || E'\n', ''
                      order by l.part, l.ordinal, l.words collate "C")
    from line l where l.words is not null
$$;
