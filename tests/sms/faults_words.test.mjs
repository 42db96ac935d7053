// faults_words.test.mjs: what a text itself can do wrong (fault matrix, sms.md section 11): row 18, a
// text that kills whoever reads it; row 19, a table of what people text, with the exact reply.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../lib/harness.mjs';
import { held } from '../lib/held.mjs';
import { Provider } from './provider.mjs';
import { Town } from './town.mjs';

let town, provider, serial = 0;
const phone = () => `+4477006${String(++serial).padStart(5, '0')}`;

before(async () => {
    town = await Town.open();
    provider = await Provider.open();
});
after(async () => {
    await town.close();
    await provider.close();
});

test('row 18: a text that kills its reader ends as dead, and charges no innocent', { timeout: 600000 }, async () => {
    const codes = town.codes('westfield', 7);
    const [poison, ...ids] = town.receive([
        { from: phone(), body: 'the words that kill' },
        ...codes.map((code) => ({ from: phone(), body: `VOTE ${code} 1275` })),
    ]);
    const settled = () => town.house.value(`select not exists (select from inbox where state in ('new', 'leased'))`) === 't';
    let deaths = 0, daemon;
    for (; !settled() && deaths < 30; deaths++) {
        // It may be dead before anybody saw it start.
        await town.startSms(provider, { WARDMOTE_FAILPOINT: 'words:words that kill' }).catch(() => {});
        daemon = town.house.daemons.at(-1);
        await until('it dies, or nothing is left', () => daemon.ended || settled(), 30);
        if (!daemon.ended) break;
        town.hurry({ leases: true });
        assert.equal(daemon.ended.signal, 'SIGKILL');
    }
    // Once in a batch with the others, and eight times alone.
    assert.equal(deaths, 9);
    assert.deepEqual(town.house.rows(`select state, attempts, outcome from inbox where id = ${poison}`),
        [{ state: 'dead', attempts: 8, outcome: 'gave_up' }]);
    const [others] = town.house.rows(`
        select count(*)::int as n, max(attempts)::int <= 1 as uncharged,
               (select count(*)::int from revision where inbox_id = any (array[${ids}])) as effects,
               (select count(*)::int from outbox where dedup_key in (${ids.map((i) => `'reply:${i}'`)})) as replies
        from inbox where id = any (array[${ids}]) and state = 'done'`);
    assert.deepEqual(others, { n: 7, uncharged: true, effects: 7, replies: 7 });
    await daemon.kill();
    held(18, 'a poisonous text among seven', 8);
});

const ref = /Ref R[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/g;
async function told(from, body) {
    const [id] = town.receive([{ from, body }]);
    const reply = await town.reply(id);
    const segments = Number(town.house.value(`select coalesce(max(segments), 0) from outbox where dedup_key = 'reply:${id}'`));
    return { reply: reply?.replace(ref, 'Ref …') ?? null, segments };
}

const needsCode = 'Not counted: that needs the 13-digit code on your letter. Text VOTE, your code and project numbers, like VOTE 123 456 789 0123 1275 1359.';
const wrongCode = 'Not counted: that code is not right. Check the 13 digits on your letter and text again.';
const bench = (town) => `Recorded for Westfield: 1275 Hob Moor bench. £1,843 of £12,000. Ref …. To change it text again before ${town.closes}.`;
const both = (town) => `Recorded for Westfield: 1275 Hob Moor bench, 1359 Allot'mt path. £3,543 of £12,000. Ref …. To change it text again before ${town.closes}.`;
const arabic = (digits) => digits.replace(/\d/g, (d) => '٠١٢٣٤٥٦٧٨٩'[d]);
const keycaps = (digits) => digits.replace(/\d/g, '$&\ufe0f\u20e3');
const stands = ' Your earlier vote 1275 stands.';

// What is texted with a code whose ballot for 1275 stands; the reply, and the numbers that stand after.
const table = [
    ['the same number twice', (c) => `VOTE ${c} 1275 1275`, bench, '1275'],
    ['dashes', (c) => `VOTE ${c.slice(0, 3)}-${c.slice(3)}-1275-1359`, both, '1275 1359'],
    ['no blank after VOTE', (c) => `vote${c} 1275`, bench, '1275'],
    ['Arabic digits', (c) => `VOTE ${arabic(c)} ${arabic('1275')}`, bench, '1275'],
    ['keycap emoji', (c) => `VOTE ${keycaps(c)} ${keycaps('1275')}`, bench, '1275'],
    ['short numbers and no code', () => '12 7 3', () => needsCode, '1275'],
    ['a number and no code', () => 'VOTE 1273', () => needsCode, '1275'],
    ['a number that is not on the list', (c) => `VOTE ${c} 1273`,
        () => `Not counted: there is no project 1273. Did you mean 1275 Hob Moor bench? Text again with all your numbers.${stands}`, '1275'],
    ['over the pot', (c) => `VOTE ${c} 1275 1359 1428 1580`,
        () => `Not counted: that costs £15,703, £3,703 over the £12,000 limit. Text again with fewer projects.${stands}`, '1275'],
    ['too many in one of two rounds', (c) => `VOTE ${c} 1275 5011 5022 5033`,
        () => `Not counted: you chose 3. In York choose at most 2. Text again with all your numbers.${stands}`, '1275'],
    ['a project of another ward', (c) => `VOTE ${c} 2718`, () => `Not counted: 2718 is in Acomb; your code is for Westfield.${stands}`, '1275'],
    ['a slip in the code', (c) => `VOTE ${c.slice(0, 12)}${(Number(c[12]) + 1) % 10} 1275`, () => wrongCode, '1275'],
];

test('row 19: what people text, word for word, in one segment', { timeout: 600000 }, async () => {
    await town.startSms(provider);
    for (const [what, body, wanted, after] of table) {
        const code = town.code(), me = phone();
        await told(me, `VOTE ${code} 1275`);
        assert.deepEqual(await told(me, body(code)), { reply: wanted(town), segments: 1 }, what);
        assert.equal(town.standing(code, 'westfield'), after, what);
    }
    held(19, 'numbers, codes, digits of other scripts, limits, reach', table.length);
});

test('row 19: five wrong codes, and then not even a right one', async () => {
    const me = phone(), code = town.code();
    for (let i = 0; i < 5; i++)
        assert.deepEqual(await told(me, `VOTE ${code.slice(0, 12)}${(Number(code[12]) + 1 + i) % 10} 1275`), { reply: wrongCode, segments: 1 });
    assert.deepEqual(await told(me, `VOTE ${code} 1275`), {
        reply: 'Not counted: too many tries with a wrong code from this phone. Wait an hour, check the 13 digits on your letter and text again.',
        segments: 1,
    });
    assert.equal(town.standing(code, 'westfield'), null);
    assert.equal((await told(phone(), `VOTE ${code} 1275`)).reply, bench(town), 'another phone is not to blame');
    held(19, 'five wrong codes', 1);
});

test('row 19: one code from two phones at once: both are answered, one ballot stands', async () => {
    for (let i = 0; i < 5; i++) {
        const code = town.code();
        const ids = town.receive([{ from: phone(), body: `VOTE ${code} 1275` }, { from: phone(), body: `VOTE ${code} 1275 1359` }]);
        const replies = await Promise.all(ids.map((id) => town.reply(id)));
        // Either may be dealt with first; the later one stands, and the other's sender is told which.
        const [first, second] = replies.map((r) => r.replace(ref, 'Ref …'));
        assert.ok(first === bench(town) || /^Not changed for Westfield: this text came late/.test(first), first);
        assert.equal(second, both(town));
        assert.equal(town.standing(code, 'westfield'), '1275 1359');
        assert.equal(town.house.value(`select count(*) from revision where inbox_id = any (array[${ids}])`), '2');
    }
    held(19, 'one code, two phones', 5);
});

test('row 19: closed by one second, and in time by one second', async () => {
    const code = town.code();
    town.round('flood', 'westfield', 'knapsack', "clock_timestamp() - interval '1 day'", "date_trunc('second', clock_timestamp()) + interval '2 s'");
    await until('the round is over', () => town.house.value("select closes_at + interval '1 s' < clock_timestamp() from round where slug = 'flood'") === 't');
    const at = (s) => `(select closes_at + interval '${s} s' from round where slug = 'flood')`;
    const vote = async (numbers, sentAt) => {
        const [id] = town.receive([{ from: phone(), body: `VOTE ${code} ${numbers}`, sentAt }]);
        return town.reply(id);
    };
    assert.match(await vote('9005', at(0)), /^Not counted: voting in Westfield closed at /);
    assert.match(await vote('9005', at(1)), /^Not counted: voting in Westfield closed at /);
    assert.equal(town.standing(code, 'flood'), null);
    assert.match(await vote('9013', at(-1)), /^Recorded for Westfield: 9013 Lamps\. /);
    assert.equal(town.standing(code, 'flood'), '9013');
    held(19, 'sent at the close, a second after it, a second before it', 3);
});
