// count_rules.test.mjs: a round with two pots, where what the first leaves goes on to the second and
// two proposals exclude each other, counted at the desk by rankings; the published files, counted
// again by anybody, give the same.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { build, openHouse } from '../lib/harness.mjs';
import { officersOf, signIn } from './officers.mjs';

const SLUG = 'two-pots';
let house, ada;

// Rankings of proposals: 1001, 1002 (exclude each other) and 1003 of the first pot, 1004 of the second.
const rankings = [[1001, 1003, 1004], [1001, 1002], [1002, 1001, 1004], [1004, 1003], [1001]];

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    house.value(`
        insert into round (slug, neighbourhood_id, title, kind, rule, opens_at, closes_at, grace, carry, max_picks)
        select '${SLUG}', n.id, 'Two pots', 'ranking', 'greedy-borda', now() - interval '2 days', now() - interval '1 hour',
               '0', true, 4 from neighbourhood n where n.slug = 'westfield';
        insert into pot (round_id, ordinal, name, amount)
        select r.id, p.n, p.name, p.amount from round r, (values (1, 'First pot', 100000), (2, 'Second pot', 30000)) p(n, name, amount)
        where r.slug = '${SLUG}';
        insert into proposal (round_id, number, short_name, title, pot_id, cost, state)
        select t.round_id, p.number, 'P', 'Project ' || p.number, t.id, p.cost, 'published'
        from (values (1001, 1, 60000), (1002, 1, 20000), (1003, 1, 20000), (1004, 2, 50000)) p(number, pot, cost)
        join pot t on t.ordinal = p.pot join round r on r.id = t.round_id where r.slug = '${SLUG}';
        insert into exclusion select p.round_id, 1, p.id from proposal p join round r on r.id = p.round_id
        where r.slug = '${SLUG}' and p.number in (1001, 1002);
        update round r set state = 'scheduled', scheduled_at = now(), rules_text = o.rules_text, rules_sha256 = o.rules_sha256,
            k_pseudonym = o.k_pseudonym, k_nonce = o.k_nonce, seed = o.seed
        from round o where r.slug = '${SLUG}' and o.slug = 'westfield-2026'`);
    for (const [i, ranking] of rankings.entries()) {
        const sorted = [...ranking].sort();
        house.value(`
            insert into revision (round_id, voter_id, revision, channel, withdrawn, cast_at, numbers, weights, form_key,
                picks_hash, commitment, receipt)
            select id, ${90000 + i}, 1, 1, false, now() - interval '1 day', '{${sorted}}',
                   '{${sorted.map((n) => ranking.indexOf(n) + 1)}}', decode(repeat('00', 16), 'hex'), sha256('p'),
                   sha256('${i}'), ${i} from round where slug = '${SLUG}';
            insert into ballot select id, ${90000 + i}, 1, now() - interval '1 day', 1 from round where slug = '${SLUG}'`);
    }
    await house.startServer();
    ada = await signIn(house, officersOf(house).ada);
});
after(() => house?.close());

test('counted at the desk: Borda points, a rival shut out, money that came over', async () => {
    const page = await ada.submit(await ada.get(`/desk/rounds/${SLUG}`), {}, { form: `/desk/rounds/${SLUG}/count` });
    assert.equal(page.status, 200, page.text);
    const [first, second] = house.rows(`select p.outcome, p.pb from result_part p join round r on r.id = p.round_id
        where r.slug = '${SLUG}' order by p.ordinal`);
    // First pot, 1,000.00: 1001 has 2 + 2 + 1 + 1, 1002 has 1 + 2, 1003 has 1 + 1; 1001 shuts 1002 out.
    assert.deepEqual(first.outcome.proposals.map((p) => [p.id, p.score, p.reason]), [
        ['1001', 6, 'won'], ['1002', 3, 'excluded'], ['1003', 2, 'won']]);
    assert.equal(first.outcome.left, '200.00');
    // Second pot: 300.00 and the 200.00 that came over pay for 1004.
    assert.equal(second.outcome.budget, '500.00');
    assert.deepEqual(second.outcome.winners, ['1004']);
    assert.match(second.pb, /The budget includes 200\.00 that the pot before it left over/);
    const shown = await ada.get(`/desk/rounds/${SLUG}/result`);
    assert.match(shown.text, /6 points/);
    assert.match(shown.text, /Not funded: Project 1001 won, and only one of them can/);
});

test('anybody who counts the files gets the same', () => {
    for (const { pb, outcome } of house.rows(`select p.pb, p.outcome from result_part p join round r on r.id = p.round_id
        where r.slug = '${SLUG}'`)) {
        const again = spawnSync(path.join(build, 'bin/wardmote-count'),
            ['tally', '-', '--rule', 'greedy-borda', '--fund-unsupported', 'no', '--json'], { input: pb, encoding: 'utf8' });
        assert.equal(again.status, 0, again.stderr);
        assert.deepEqual(JSON.parse(again.stdout).winners, outcome.winners);
    }
});
