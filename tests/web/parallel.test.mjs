// parallel.test.mjs: one code, sixty-four ballots at the same moment, half on the web and half by
// text, each with other choices. One stands; none is lost or written twice; everybody is told what
// is true of their own.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openHouse, until } from '../lib/harness.mjs';
import { askPage, cast, choices, lookUp, newKey, openSession, receiptIn } from './casting.mjs';

const SLUG = 'westfield-2026';
const HALF = 32;
let house, code;

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    await house.startHandset();
    await house.startSms();
    code = house.demo.codes.find((c) => c.area === 'Westfield').code;
});
after(() => house?.close());

const phone = (i) => `+4479${String(11000000 + i)}`;

async function byWeb(session, picks) {
    const page = await cast(session, newKey(), picks);
    assert.equal(page.status, 303, page.text);
    return { door: 'web', picks, said: page.text, receipt: receiptIn(page.text) };
}

async function byText(i, picks) {
    const said = await house.ask(phone(i), `VOTE ${code} ${picks.join(' ')}`, 60);
    return { door: 'text', picks, said, receipt: receiptIn(said) };
}

// All revisions of the one voter, in order, with their receipts as the database keeps them.
function revisions() {
    return house.rows(
        `select h.revision, h.channel, h.receipt::text as bits, h.inbox_id,
                extract(epoch from h.cast_at) as at, array_to_string(array(
                    select to_char(x, 'FM0000') from unnest(h.numbers) x), ' ') as picks
         from revision h join round r on r.id = h.round_id
         where r.slug = '${SLUG}' and h.voter_id = (select voter_id from ballot b
             join round s on s.id = b.round_id where s.slug = '${SLUG}' and b.last_revision = 64)
         order by h.revision`,
    );
}

test('sixty-four ballots of one voter at once', async (t) => {
    const sessions = [];
    for (let i = 0; i < HALF; i++) sessions.push(await openSession(house, code, SLUG));
    const wanted = choices(house, SLUG, 2 * HALF);

    const answers = await Promise.all([
        ...sessions.map((session, i) => byWeb(session, wanted[i])),
        ...sessions.map((_, i) => byText(i, wanted[HALF + i])),
    ]);
    sessions.forEach((s) => s.browser.close());
    await until('no text waits', () =>
        house.value("select count(*) = 0 from inbox where state = 'new'") === 't');

    await t.test('revisions without a gap, each of another caller', () => {
        const all = revisions();
        assert.deepEqual(all.map((r) => r.revision), all.map((_, i) => i + 1));
        assert.equal(all.length, 2 * HALF);
        assert.deepEqual(all.map((r) => r.picks).sort(), wanted.map((p) => p.join(' ')).sort());
        assert.equal(all.filter((r) => r.channel === 1).length, HALF);
        assert.equal(new Set(all.filter((r) => r.inbox_id).map((r) => r.inbox_id)).size, HALF);
    });

    await t.test('one ballot stands: the one that was cast last', () => {
        const [ballot, ...more] = house.rows(
            `select b.current_revision, b.last_revision from ballot b join round r
             on r.id = b.round_id where r.slug = '${SLUG}' and b.last_revision = 64`,
        );
        assert.equal(more.length, 0);
        const last = revisions().sort((a, b) => b.at - a.at || b.revision - a.revision)[0];
        assert.equal(ballot.current_revision, last.revision);
    });

    await t.test('everybody was told the truth about their own ballot', () => {
        const told = answers.filter((a) => a.receipt);
        const states = lookUp(house, told.map((a) => a.receipt));
        const standing = revisions().find((r) => r.revision === standingRevision());
        assert.equal(new Set(told.map((a) => a.receipt)).size, told.length, 'a receipt given twice');
        for (const a of told) {
            assert.equal(states.get(a.receipt), a.picks.join(' ') === standing.picks ? 'stands'
                : 'replaced', `${a.door}: ${a.said}`);
        }
        // A text that came later than a ballot cast after it was sent does not change it.
        for (const a of answers.filter((b) => !b.receipt)) {
            assert.equal(a.door, 'text', a.said);
            assert.match(a.said, /^Not changed .*this text came late/);
            assert.notEqual(a.picks.join(' '), standing.picks);
        }
        t.diagnostic(`${told.length} receipts, ${answers.length - told.length} texts too late`);
    });

    await t.test('the page for receipts says so too: exactly one counts', async () => {
        const web = answers.filter((a) => a.door === 'web').map((a) => a.receipt);
        const states = lookUp(house, web);
        // The one that stands, if it is there, and as many others as the page answers in a minute.
        const shown = web.sort((a, b) => (states.get(b) === 'stands') - (states.get(a) === 'stands')).slice(0, 18);
        for (const receipt of shown)
            assert.equal(await askPage(house, receipt), states.get(receipt), receipt);
        const receipts = answers.map((a) => a.receipt).filter(Boolean);
        const counted = [...lookUp(house, receipts).values()].filter((s) => s === 'stands');
        assert.equal(counted.length, 1);
    });

    await t.test('one more text, when all is quiet, stands', async () => {
        const [more] = choices(house, SLUG, 2 * HALF + 1).slice(-1);
        const said = await house.ask(phone(0), `VOTE ${code} ${more.join(' ')}`, 60);
        assert.match(said, /^Recorded /);
        assert.equal(lookUp(house, [receiptIn(said)]).get(receiptIn(said)), 'stands');
        const receipts = answers.map((a) => a.receipt).filter(Boolean);
        for (const state of lookUp(house, receipts).values()) assert.equal(state, 'replaced');
    });
});

function standingRevision() {
    return Number(house.value(`select current_revision from ballot b join round r
        on r.id = b.round_id where r.slug = '${SLUG}' and b.last_revision = 64`));
}
