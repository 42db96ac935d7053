// two.test.mjs: two servers and two SMS daemons on one database. Every voter votes through all four
// at the same moment. One ballot each stands, revisions have no gap, and everybody was told what is
// true of their own.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openHouse, until } from '../lib/harness.mjs';
import { cast, choices, newKey, openSession, receiptBits, receiptIn } from '../web/casting.mjs';

const SLUG = 'westfield-2026';
const VOTERS = 8;
let house, second, codes;

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    await house.startHandset();
    await house.startSms();
    await house.startSms();
    second = await house.startSecondServer();
    // A code that others have voted with already would begin at another revision.
    codes = house.demo.codes.filter((c) => c.area === 'Westfield').map((c) => c.code).slice(0, VOTERS);
});
after(() => house?.close());

test('two servers are two', () => {
    assert.notEqual(house.url, second.url);
});

test('every voter through two servers and two SMS daemons at once', async () => {
    const before = Number(house.value('select count(*) from revision'));
    const picks = choices(house, SLUG, 4);
    const sessions = [];
    for (const code of codes)
        sessions.push({ code, a: await openSession(house, code, SLUG), b: await openSession(second, code, SLUG) });
    const told = await Promise.all(
        sessions.flatMap(({ code, a, b }, i) => [
            cast(a, newKey(), picks[0]).then((page) => receiptIn(page.text)),
            cast(b, newKey(), picks[1]).then((page) => receiptIn(page.text)),
            house.ask(`+4479${22000000 + i}`, `VOTE ${code} ${picks[2].join(' ')}`, 60).then(receiptOrLate),
            house.ask(`+4479${23000000 + i}`, `VOTE ${code} ${picks[3].join(' ')}`, 60).then(receiptOrLate),
        ]),
    );
    await until('no text waits', () =>
        house.value("select count(*) = 0 from inbox where state = 'new'") === 't');
    const rows = house.rows(`
        select b.voter_id, b.current_revision, b.last_revision, count(*)::int as n, max(x.revision) as top
        from ballot b join revision x using (round_id, voter_id) join round r on r.id = b.round_id
        where r.slug = '${SLUG}' and x.written_at > (select min(received_at) from inbox) - interval '1 hour'
        group by 1, 2, 3 having count(*) >= 4`);
    assert.ok(rows.length >= codes.length, 'every voter has four revisions');
    for (const row of rows) {
        assert.equal(row.n, row.last_revision, 'no gap');
        assert.equal(row.top, row.last_revision, 'none beyond');
    }
    assert.equal(Number(house.value('select count(*) from revision')) - before, 4 * codes.length, 'none lost, none twice');
    const receipts = told.filter(Boolean);
    assert.equal(new Set(receipts).size, receipts.length, 'no receipt twice');
    const known = new Set(house.rows('select receipt::text as bits from revision').map((r) => r.bits));
    for (const receipt of receipts) assert.ok(known.has(String(receiptBits(receipt))), `receipt ${receipt} is stored`);
    for (const { a, b } of sessions) {
        a.browser.close();
        b.browser.close();
    }
});

// A text whose sending time was before a web ballot is stored superseded, and says so.
function receiptOrLate(said) {
    if (/came late/.test(said)) return null;
    return receiptIn(said);
}
