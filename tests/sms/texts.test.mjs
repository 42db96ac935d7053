// texts.test.mjs: what residents text and what they are told, through the real daemon and database.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../lib/harness.mjs';
import { Provider } from './provider.mjs';
import { Town } from './town.mjs';

let town, provider, phones = 100;
const phone = () => `+4477009${String(++phones).padStart(5, '0')}`;
const ref = /Ref R[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/g;

// Compares with the receipt left out, since it is different each time.
function says(reply, words) {
    assert.equal(reply?.replace(ref, 'Ref …'), words);
}

before(async () => {
    town = await Town.open();
    provider = await Provider.open();
    await town.startSms(provider);
});
after(async () => {
    await town.close();
    await provider.close();
});

test('a vote is recorded, named, priced, and can be changed', async () => {
    const code = town.code(), me = phone();
    const spaced = `${code.slice(0, 3)} ${code.slice(3, 6)} ${code.slice(6, 9)} ${code.slice(9)}`;
    says(
        await town.ask(me, `VOTE ${spaced} 1275 1359`),
        `Recorded for Westfield: 1275 Hob Moor bench, 1359 Allot'mt path. £3,543 of £12,000. Ref …. To change it text again before ${town.closes}.`,
    );
    assert.equal(town.standing(code, 'westfield'), '1275 1359');
    says(
        await town.ask(me, `vote ${code} 1580, please`),
        `Recorded for Westfield: 1580 Apple trees. £9,000 of £12,000. Ref …. To change it text again before ${town.closes}.`,
    );
    assert.equal(town.standing(code, 'westfield'), '1580');
});

test('the receipt that is told is the receipt that is stored', async () => {
    const code = town.code();
    const told = (await town.ask(phone(), `VOTE ${code} 1275`)).match(ref)[0].slice(5).replaceAll('-', '');
    const stored = BigInt(town.house.value('select receipt from revision order by written_at desc limit 1'));
    let bits = 0n;
    for (const c of told.slice(0, 12)) bits = bits * 32n + BigInt('0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(c));
    assert.equal(bits, stored);
});

test('a round whose ballots give an order is refused by text, with all else in that text', async () => {
    const code = town.code();
    says(
        await town.ask(phone(), `VOTE ${code} 8001 1275`),
        'Not counted: 8001 First is in Westfield, where ballots give points or an order. Please vote there on the web, with the same code.',
    );
    assert.equal(town.standing(code, 'order'), null);
    assert.equal(town.standing(code, 'westfield'), null);
});

test('one code votes in the ward, the city and on the agreement', async () => {
    const code = town.code(), me = phone();
    says(
        await town.ask(me, `${code} 1275 5011 5022`),
        `Recorded for Westfield: 1275 Hob Moor bench. £1,843 of £12,000. Ref …. Recorded for York: 5011 Trams, 5022 Trees. Ref …. To change it text again before ${town.closes}.`,
    );
    says(
        await town.ask(me, `YES ${code} 4017`),
        `Recorded: YES to the Westfield agreement (4017). Ref …. To change it text again before ${town.closes}.`,
    );
    assert.equal(town.standing(code, 'agreement'), '4017');
    says(
        await town.ask(me, `no ${code} 4017`),
        `Recorded: NO to the Westfield agreement (4017). Ref …. To change it text again before ${town.closes}.`,
    );
    assert.equal(
        town.house.value("select h.weights from ballot b join revision h using (round_id, voter_id) join round r on r.id = b.round_id where r.slug = 'agreement' and h.revision = b.current_revision and h.weights = '{0}'"),
        '{0}',
    );
});

test('what cannot be counted is refused whole, with the reason, and the earlier vote stands', async () => {
    const code = town.code(), me = phone();
    await town.ask(me, `VOTE ${code} 1275 1359`);
    const stands = ' Your earlier vote 1275 1359 stands.';
    const rows = [
        [`VOTE ${code} 1275 1580 1428`, `Not counted: that costs £14,003, £2,003 over the £12,000 limit. Text again with fewer projects.${stands}`],
        [`VOTE ${code} 1275 1590`, `Not counted: there is no project 1590. Did you mean 1580 Apple trees? Text again with all your numbers.${stands}`],
        [`VOTE ${code} 1275 2718`, `Not counted: 2718 is in Acomb; your code is for Westfield.${stands}`],
        [`VOTE ${code} 6001`, /^Not counted: voting in Westfield closed at .*\. Your earlier vote 1275 1359 stands\.$/],
        [`VOTE ${code} 7001`, /^Not counted: voting in Westfield opens at .*\. Text again then\. Your earlier vote/],
        [`VOTE ${code} 5011 5022 5033`, `Not counted: you chose 3. In York choose at most 2. Text again with all your numbers.${stands}`],
        [`VOTE ${code} 4017`, `Not counted: 4017 Agreement is a yes or no question. Text YES or NO, your code, then 4017.${stands}`],
        [`YES ${code} 1275`, `Not counted: 1275 Hob Moor bench is a project. Text VOTE, your code, then 1275 and any others.${stands}`],
        [`VOTE ${code} 5011 1580 2718`, `Not counted: 2718 is in Acomb; your code is for Westfield.${stands}`],
        [`VOTE ${code} 127`, 'Not counted: 127 is not a project number. They have four digits, with a space between. Text again with all your numbers.'],
        [`VOTE ${code} 1275 not 1359`, /^Not counted: we only read numbers\./],
    ];
    for (const [body, words] of rows) {
        const reply = await town.ask(phone(), body);
        if (words instanceof RegExp) assert.match(reply, words);
        else assert.equal(reply, words);
    }
    assert.equal(town.standing(code, 'westfield'), '1275 1359');
    assert.equal(town.standing(code, 'city'), null);
});

test('unknown, void and mistyped codes are told alike; five in an hour are enough', async () => {
    const wrong = 'Not counted: that code is not right. Check the 13 digits on your letter and text again.';
    const me = phone(), code = town.code(), dead = town.code();
    town.house.value(`update credential set voided_at = clock_timestamp() where serial = 'S${town.serial}'`);
    const mistyped = code.slice(0, 12) + ((Number(code[12]) + 1) % 10);
    assert.equal(await town.ask(me, `VOTE ${dead} 1275`), wrong);
    assert.equal(await town.ask(me, `VOTE ${mistyped} 1275`), wrong);
    assert.equal(await town.ask(me, 'VOTE 000 000 000 0000 1275'), wrong);
    assert.equal(await town.ask(me, `VOTE ${mistyped} 1359`), wrong);
    assert.equal(await town.ask(me, `VOTE ${mistyped} 1428`), wrong);
    const limited = await town.ask(me, `VOTE ${code} 1275`);
    assert.match(limited, /^Not counted: too many tries with a wrong code from this phone\./);
    assert.equal(town.standing(code, 'westfield'), null);
    assert.match(await town.ask(phone(), `VOTE ${code} 1275`), /^Recorded/);
    assert.equal(town.house.value("select count(*) from code_try where outcome = 'wrong'"), '5');
});

test('digits of other scripts vote; emoji and nothing get help', async () => {
    const code = town.code();
    const arabic = [...`${code} 1275`].map((c) => (c === ' ' ? c : '٠١٢٣٤٥٦٧٨٩'[c])).join('');
    assert.match(await town.ask(phone(), arabic), /^Recorded for Westfield: 1275/);
    assert.match(await town.ask(phone(), `VOTE ${code} 1️⃣3️⃣5️⃣9️⃣`), /^Recorded for Westfield: 1359/);
    for (const body of ['😀', '', ' ', 'Hello?', 'HELP'])
        assert.match(await town.ask(phone(), body), /^To vote, text VOTE, your 13-digit code/);
    assert.match(await town.ask(phone(), 'STOP'), /Your vote stands\.$/);
});

test('help comes three times an hour, then silence; a vote is answered all the same', async () => {
    const me = phone(), code = town.code();
    for (const word of ['a?', 'b?', 'c?']) assert.ok(await town.ask(me, word));
    assert.equal(await town.ask(me, 'd?'), null);
    assert.match(await town.ask(me, `VOTE ${code} 1275`), /^Recorded/);
});

test('the same text twice is one vote and one reply, unless something came between', async () => {
    const me = phone(), code = town.code();
    assert.match(await town.ask(me, `VOTE ${code} 1275`), /^Recorded/);
    assert.equal(await town.ask(me, `VOTE ${code} 1275`), null);
    assert.match(await town.ask(me, `VOTE ${code} 1359`), /^Recorded/);
    assert.match(await town.ask(me, `VOTE ${code} 1275`), /^Recorded/);
    assert.equal(town.standing(code, 'westfield'), '1275');
    // Another phone changed it: the same words are no mere repeat any more.
    assert.match(await town.ask(phone(), `VOTE ${code} 1428`), /^Recorded/);
    assert.match(await town.ask(me, `VOTE ${code} 1275`), /^Recorded/);
    assert.equal(town.standing(code, 'westfield'), '1275');
});

test('senders that cannot be answered still vote', async () => {
    for (const from of ['60777', 'Council', '+449098790000', '+447064000000']) {
        const code = town.code();
        assert.equal(await town.ask(from, `VOTE ${code} 1275`), null, from);
        assert.equal(town.standing(code, 'westfield'), '1275', from);
    }
});

test('an older text that arrives late does not replace a newer one', async () => {
    const code = town.code(), me = phone();
    await town.ask(me, `VOTE ${code} 1275`);
    const late = await town.ask(me, `VOTE ${code} 1359`, {
        sentAt: "clock_timestamp() - interval '5 minutes'",
    });
    assert.match(late, /^Not changed for Westfield: this text came late/);
    assert.equal(town.standing(code, 'westfield'), '1275');
});

test('many phones with one code at once: one ballot, revisions without a gap, each answered', async () => {
    const code = town.code();
    const picks = [1275, 1359, 1428, 1580];
    const ids = town.receive(
        Array.from({ length: 40 }, (_, i) => ({ from: phone(), body: `VOTE ${code} ${picks[i % 4]}` })),
    );
    for (const id of ids) assert.match(await town.reply(id), /^(Recorded|Not changed) for Westfield/);
    const [row] = town.house.rows(`
        select count(*)::int as n, max(h.revision) as last, count(distinct h.inbox_id)::int as texts
        from revision h where h.inbox_id in (${ids})`);
    assert.deepEqual(row, { n: 40, last: 40, texts: 40 });
});

test('replies go out once each, to the number that texted, from the number that was texted', async () => {
    const me = phone();
    await town.ask(me, `VOTE ${town.code()} 1275`);
    await until('all is sent', () =>
        town.house.value("select not exists (select from outbox where state in ('queued', 'leased', 'unknown'))") === 't',
        60);
    assert.deepEqual(provider.wrong, []);
    assert.equal(provider.doubles(), 0);
    const mine = provider.texts.filter((t) => t.to === me);
    assert.equal(mine.length, 1);
    assert.equal(mine[0].from, '60777');
    assert.match(mine[0].body, /^Recorded for Westfield/);
    assert.equal(town.house.value("select count(*) from outbox where state <> 'accepted'"), '0');
    assert.equal(town.house.value('select max(segments) <= 2 from outbox'), 't');
});

test('nothing personal is logged', () => {
    const log = town.house.daemons[0].log();
    assert.ok(log.length > 0);
    assert.doesNotMatch(log, /7700|VOTE|\d{13}|1275/);
});
