// count_rules.test.mjs: rounds with two pots, where what the first leaves goes on to the second and
// two proposals exclude each other, counted at the desk by rankings and by points; the published
// files, counted again by anybody, give the same.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { build, openHouse } from '../lib/harness.mjs';
import { makeRound, partsOf } from './rounds_over.mjs';
import { count, officersOf, signIn } from './officers.mjs';

let house, ada;

const rounds = {
    'two-pots': {
        kind: 'ranking', rule: 'greedy-borda-raw',
        ballots: [{ 1001: 1, 1003: 2, 1004: 3 }, { 1001: 1, 1002: 2 }, { 1001: 2, 1002: 1, 1004: 3 }, { 1003: 2, 1004: 1 }, { 1001: 1 }],
        // Places are those among the pot's own proposals: 1001 has 2 + 2 + 1 + 1, 1002 has 1 + 2, 1003 has 1 + 1.
        scores: [['1001', 6, 'won'], ['1002', 3, 'excluded'], ['1003', 2, 'won']], second: 3,
    },
    'points-pots': {
        kind: 'points', rule: 'greedy-points-raw', sum: '10',
        ballots: [{ 1001: 7, 1002: 3 }, { 1002: 1, 1003: 2, 1004: 7 }, { 1001: 2, 1004: 8 }],
        scores: [['1001', 9, 'won'], ['1002', 4, 'excluded'], ['1003', 2, 'won']], second: 15,
    },
};

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    for (const [slug, round] of Object.entries(rounds)) makeRound(house, slug, round);
    await house.startServer();
    ada = await signIn(house, officersOf(house).ada);
});
after(() => house?.close());

for (const [slug, round] of Object.entries(rounds)) {
    test(`${round.kind}: a rival shut out, money that came over`, async () => {
        const page = await count(ada, slug);
        assert.equal(page.status, 200, page.text);
        const [first, second] = partsOf(house, slug);
        assert.equal(first.outcome.rule, round.rule);
        // First pot, 1,000.00: 1001 shuts 1002 out, and 200.00 are left.
        assert.deepEqual(first.outcome.proposals.map((p) => [p.id, p.score, p.reason]), round.scores);
        assert.equal(first.outcome.left, '200.00');
        // Second pot: 300.00 and the 200.00 that came over pay for 1004.
        assert.equal(second.outcome.budget, '500.00');
        assert.deepEqual(second.outcome.proposals.map((p) => [p.id, p.score, p.reason]), [['1004', round.second, 'won']]);
        assert.match(second.pb, /The budget includes 200\.00 that the pot before it left over/);
        const shown = await ada.get(`/desk/rounds/${slug}/result`);
        assert.match(shown.text, new RegExp(`${round.scores[0][1]} points`));
        assert.match(shown.text, /Not funded: Project 1001 won, and only one of them can/);
        assert.match(shown.text, /£200 goes on to Second pot/);
        assert.doesNotMatch(shown.text, /£200 left/, 'the same money is told once');
        assert.match(shown.text, /Of the £500, £200 came over from First pot\./);
        assert.match(shown.text.replace(/<[^>]*>/g, ' '), /of\s+£1,300/);
        assert.doesNotMatch(shown.text, /came over from Second pot/);
    });

    test(`${round.kind}: anybody who counts the files gets the same`, () => {
        const parts = partsOf(house, slug);
        assert.equal(parts.length, 2);
        for (const { pb, outcome } of parts) {
            const again = spawnSync(path.join(build, 'bin/wardmote-count'),
                ['tally', '-', '--rule', round.rule, '--fund-unsupported', 'no', '--json'], { input: pb, encoding: 'utf8' });
            assert.equal(again.status, 0, again.stderr);
            assert.deepEqual(JSON.parse(again.stdout).winners, outcome.winners);
        }
    });
}

test('the rule that was frozen is the rule that counts', async () => {
    // 1001 has four of six votes and takes all that plain votes give; equal shares give the others theirs.
    makeRound(house, 'shares', {
        kind: 'approval', rule: 'mes', parameters: { utility: 'cost', completion: 'add1u' },
        ballots: [{ 1001: 1 }, { 1001: 1 }, { 1001: 1 }, { 1001: 1 }, { 1003: 1 }, { 1003: 1 }],
    });
    await count(ada, 'shares');
    const [{ outcome, pb }] = partsOf(house, 'shares');
    assert.equal(outcome.rule, 'mes');
    assert.equal(outcome.parameters.completion, 'add1u');
    assert.equal(outcome.parameters.fund_unsupported, false);
    assert.deepEqual([...outcome.winners].sort(), ['1001', '1003']);
    assert.match(pb, /rule;unknown/);
    assert.match(pb, /counted by wardmote-count's rule mes with minimum-votes=0 fund-unsupported=no completion=add1u utility=cost/);
    assert.match((await ada.get('/desk/rounds/shares/result')).text, /its supporters paid for it/);
});

// Six voters, £1,000: a share is £166.66. The two of 1003 have £333.33 between them and pay its £200; the four of
// 1001 have £666.66 and pay its £600. £200 are left, and 1002, which one of the four chose too, costs £200:
// that one pays for it once everybody's share is £350.
const completions = { none: ['1001', '1003'], add1: ['1001', '1002', '1003'], util: ['1001', '1002', '1003'] };
for (const [completion, winners] of Object.entries(completions)) {
    test(`equal shares, and what is left: ${completion}`, async () => {
        const slug = `left-${completion}`;
        makeRound(house, slug, {
            kind: 'approval', rule: 'mes', parameters: { utility: 'cost', completion }, exclusion: false,
            ballots: [{ 1001: 1, 1002: 1 }, { 1001: 1 }, { 1001: 1 }, { 1001: 1 }, { 1003: 1 }, { 1003: 1 }],
        });
        await count(ada, slug);
        const [{ outcome }] = partsOf(house, slug);
        assert.equal(outcome.parameters.completion, completion);
        assert.deepEqual([...outcome.winners].sort(), winners);
    });
}

test('an officer chooses how a round is counted, and residents read it', async () => {
    const form = await ada.get('/desk/rounds/new');
    const draft = {
        area: 'westfield', title: 'Fair shares', kind: 'points', method: 'phragmen', pot1_name: 'Pot', pot1_amount: '24,400',
        grace: '15', points_sum: '10', points_max: '5', minimum_votes: '2', min_picks: '1', max_picks: '3',
    };
    const refused = await ada.submit(form, draft, { form: '/desk/rounds/new' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /That kind of ballot cannot be counted so/);
    const saved = await ada.submit(form, { ...draft, kind: 'knapsack', method: 'shares' }, { form: '/desk/rounds/new' });
    assert.equal(saved.path, '/desk/rounds/fair-shares', saved.text);
    assert.equal(house.value(`select rule || ' ' || (rule_parameters ->> 'utility') from round where slug = 'fair-shares'`), 'mes cost');
    assert.match(saved.text, /Counted Equal shares\. Money that is left: The shares are raised, then votes decide/, 'who approves it sees how it is counted');
    const unspent = await ada.submit(await ada.get('/desk/rounds/fair-shares/edit'), { completion: 'none' }, { form: '/desk/rounds/fair-shares/edit' });
    assert.match(unspent.text, /Counted Equal shares\. Money that is left: It is not spent/);
    const again = await ada.get('/desk/rounds/fair-shares/edit');
    assert.ok(again.form('/desk/rounds/fair-shares/edit').pairs().some(([n, v]) => n === 'method' && v === 'shares'));
    assert.ok(again.form('/desk/rounds/fair-shares/edit').pairs().some(([n, v]) => n === 'completion' && v === 'none'));
    const wrong = await ada.submit(again, { completion: 'nonsense' }, { form: '/desk/rounds/fair-shares/edit' });
    assert.equal(wrong.status, 422);
    house.value(`update round set opens_at = now() + interval '1 day', closes_at = now() + interval '2 days' where slug = 'fair-shares'`);
    house.value(`select api.round_freeze(id, '\\x01', '\\x02', '\\x03', sha256('1'), sha256('2'), sha256('3')) from round where slug = 'fair-shares'`);
    const rules = await house.browser().get('/rounds/fair-shares/rules');
    assert.match(rules.text, /divided equally among the people who vote\. If 1,000 people vote, that is £24\.40 each/);
    assert.match(rules.text, /the count ends\. This vote does not spend the money that is left/, 'as it was frozen');
    assert.match(rules.text, /on at least 2 ballots/);
});

test('how counting works says it for points and for orders too', async () => {
    const page = await house.browser().get('/counting');
    assert.match(page.text, /a project’s points are added up/);
    assert.match(page.text, /gives 4 points to its first/);
    assert.match(page.text, /money at the same pace/);
    assert.match(page.text, /It can also be left unspent/);
});
