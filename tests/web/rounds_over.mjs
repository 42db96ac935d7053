// rounds_over.mjs: rounds that are over and wait to be counted, made by SQL: proposals 1001, 1002 (which
// exclude each other, but with `exclusion: false`) and 1003 of the first pot, 1004 of the second. A ballot is what it gives: places
// for a ranking, points for points.
export function makeRound(house, slug, round) {
    house.value(`
        insert into round (slug, neighbourhood_id, title, kind, rule, rule_parameters, opens_at, closes_at, grace, carry, max_picks,
                           points_sum, points_max)
        select '${slug}', n.id, '${slug}', '${round.kind}', '${round.rule}', '${JSON.stringify(round.parameters ?? {})}', now() - interval '2 days',
               now() - interval '1 hour', '0', true, 4, ${round.sum ?? 'null'}, ${round.sum ?? 'null'}
        from neighbourhood n where n.slug = 'westfield';
        insert into pot (round_id, ordinal, name, amount)
        select r.id, p.n, p.name, p.amount from round r, (values (1, 'First pot', 100000), (2, 'Second pot', 30000)) p(n, name, amount)
        where r.slug = '${slug}';
        insert into proposal (round_id, number, short_name, title, pot_id, cost, state)
        select t.round_id, p.number, 'P', 'Project ' || p.number, t.id, p.cost, 'published'
        from (values (1001, 1, 60000), (1002, 1, 20000), (1003, 1, 20000), (1004, 2, 50000)) p(number, pot, cost)
        join pot t on t.ordinal = p.pot join round r on r.id = t.round_id where r.slug = '${slug}';
        insert into exclusion select p.round_id, 1, p.id from proposal p join round r on r.id = p.round_id
        where r.slug = '${slug}' and p.number in (1001, 1002) and ${round.exclusion ?? true};
        update round r set state = 'scheduled', scheduled_at = now(), k_pseudonym = o.k_pseudonym, k_nonce = o.k_nonce,
            seed = o.seed, rules_text = replace(o.rules_text, 'carry no', 'carry yes'),
            rules_sha256 = sha256(convert_to(replace(o.rules_text, 'carry no', 'carry yes'), 'UTF8'))
        from round o where r.slug = '${slug}' and o.slug = 'westfield-2026'`);
    for (const [i, ballot] of round.ballots.entries()) addBallot(house, slug, 90000 + i, ballot);
}

export function addBallot(house, slug, voter, ballot) {
    const numbers = Object.keys(ballot).sort();
    house.value(`
        insert into revision (round_id, voter_id, revision, channel, withdrawn, cast_at, numbers, weights, form_key,
            picks_hash, commitment, receipt)
        select id, ${voter}, 1, 1, false, now() - interval '1 day', '{${numbers}}',
               '{${numbers.map((n) => ballot[n])}}', decode(repeat('00', 16), 'hex'), sha256('p'),
               sha256('${slug} ${voter}'), ${voter} from round where slug = '${slug}';
        insert into ballot select id, ${voter}, 1, now() - interval '1 day', 1 from round where slug = '${slug}'`);
}

export const partsOf = (house, slug) => house.rows(`select p.version, p.outcome, p.outcome::text as said, p.pb from result_part p
    join round r on r.id = p.round_id where r.slug = '${slug}' order by p.version, p.ordinal`);
