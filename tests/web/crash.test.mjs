// crash.test.mjs: voters cast on the web and by text without a pause while the server, the SMS
// daemon and PostgreSQL are killed (kill -9), one a round, in an order that SEED decides. Whatever
// was acknowledged is there afterwards, and nothing is there twice. ROUNDS=n rounds (9 by default,
// three deaths each); `make check-crash ROUNDS=200` is the long way.
//
// Clients behave as real ones do: a browser that got no answer sends the same form again, a provider
// that got no 200 delivers the same text again.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Browser, openHouse, sleep, until } from '../lib/harness.mjs';
import { askPage, cast, choices, lookUp, newKey, openSession, receiptIn } from './casting.mjs';

const SLUG = 'westfield-2026';
const ROUNDS = Number(process.env.ROUNDS || 9);
const SEED = Number(process.env.SEED || Date.now() % 2 ** 31);
const WEB = 12; // voters who cast on the web, each in a loop
const LINES = 4; // of the provider, each delivering one text after the other
const BETWEEN_KILLS = 600; // ms of load between two kills
const PATIENCE = 300; // s until everything unanswered is answered, once all is up again

let house, codes, picks;
const receipts = []; // acknowledged on the web
const texts = []; // answered 200: {id, code}
const faults = { refused: 0, broken: 0 }; // answers that were no acknowledgement
let stopping = false;

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    await house.startHandset();
    await house.startSms();
    codes = house.demo.codes.filter((c) => c.area === 'Westfield').map((c) => c.code);
    picks = choices(house, SLUG, 60);
});
after(() => house?.close());

// Tries until `send` gives an answer that acknowledges, or says why it never will.
async function insist(what, send) {
    for (const end = Date.now() + PATIENCE * 1000; ; await sleep(30)) {
        let page = null;
        try {
            page = await send();
        } catch {
            faults.broken++; // cut, refused, or no answer: it may stand or not
        }
        if (page && page.status < 400) return page;
        if (page) faults.refused++;
        if (page && page.status !== 503) throw new Error(`${what}: ${page.status} ${page.text}`);
        if (Date.now() > end && stopping) throw new Error(`${what}: no answer for ${PATIENCE} s`);
    }
}

async function webVoter(session, i) {
    for (let n = i; !stopping; n++) {
        const key = newKey(), chosen = picks[n % picks.length];
        const page = await insist('a ballot', () => cast(session, key, chosen, { timeout: 15000 }));
        assert.equal(page.status, 303, page.text);
        assert.match(page.headers.location, /\/done$/, `sent to ${page.headers.location}`);
        receipts.push(receiptIn(page.text));
    }
    session.browser.close();
}

// The provider's end of the webhook. Each text comes from a phone of its own.
async function provider(line) {
    const wire = new Browser(house.url, { sockets: 1 });
    const headers = {
        'content-type': 'application/json',
        authorization: `Bearer ${house.secrets['hook.secret']}`,
    };
    for (let n = 0; !stopping; n++) {
        const id = randomUUID(), code = codes[WEB + (n * LINES + line) % (codes.length - WEB)];
        const from = `+4477${line}${String(1000000 + n)}`;
        const body = JSON.stringify({
            id, to: '60777', from, body: `VOTE ${code} ${picks[n % picks.length].join(' ')}`,
            sent_at: new Date().toISOString(),
        });
        await insist('a text', () =>
            wire.request('POST', '/hooks/sms/handset', { headers, body, timeout: 15000 }));
        texts.push({ id, code });
        await sleep(10);
    }
    wire.close();
}

// --- the deaths ----------------------------------------------------------------------------------

async function killServer() {
    await house.server.kill();
    await house.startServer();
}

async function killSms() {
    await house.sms.kill();
    await house.startSms();
}

// Its children need a moment to notice that it is gone; until then it does not start again.
async function killDatabase() {
    await house.killDatabase();
    await until('PostgreSQL is back', () => {
        try {
            return house.startDatabase();
        } catch {
            return false;
        }
    }, 60);
}

const deaths = [killServer, killSms, killDatabase];

// As many of each as there can be, shuffled: mulberry32 (Tommy Ettinger) from SEED.
function order() {
    let state = SEED;
    const random = () => {
        state = (state + 0x6d2b79f5) | 0;
        let t = Math.imul(state ^ (state >>> 15), 1 | state);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
    const all = Array.from({ length: ROUNDS }, (_, i) => deaths[i % deaths.length]);
    for (let i = all.length - 1; i > 0; i--) {
        const k = Math.floor(random() * (i + 1));
        [all[i], all[k]] = [all[k], all[i]];
    }
    return all;
}

test(`${ROUNDS} deaths under load, seed ${SEED}`, async (t) => {
    const sessions = [];
    for (const code of codes.slice(0, WEB)) sessions.push(await openSession(house, code, SLUG));
    const load = [
        ...sessions.map(webVoter),
        ...Array.from({ length: LINES }, (_, i) => provider(i)),
    ];
    const running = Promise.all(load);
    running.catch(() => {}); // awaited below, also when a restart fails first
    for (const death of order()) {
        const before = receipts.length + texts.length;
        await sleep(BETWEEN_KILLS);
        await until('somebody is served', () => receipts.length + texts.length > before, 60);
        await death();
    }
    await sleep(BETWEEN_KILLS);
    stopping = true;
    await running;
    // A lease of a daemon that died ends by itself after half a minute: that is not waited for.
    // Two hundred deaths leave many texts that are claimed singly: they take their time.
    await until('every text is done', () => house.value(`
        update inbox_lease set until = clock_timestamp() where token in (
            select token from inbox_lease
            where until > clock_timestamp() + interval '5 s' for update skip locked);
        update inbox_waiting set next_at = clock_timestamp() where inbox_id in (
            select inbox_id from inbox_waiting where next_at > clock_timestamp()
            for update skip locked);
        select count(*) = 0 from inbox where state = 'new'`) === 't', PATIENCE + 2 * ROUNDS);

    await t.test('every receipt that a browser was given is there', async () => {
        assert.ok(receipts.length > 50 && !receipts.includes(null), `${receipts.length} receipts`);
        const states = lookUp(house, receipts);
        const lost = receipts.filter((r) => !['stands', 'replaced'].includes(states.get(r)));
        t.diagnostic(`web: acknowledged ${receipts.length}, found ${receipts.length - lost.length}, ` +
            `lost ${lost.length}, not answered at first ${faults.broken + faults.refused}`);
        assert.deepEqual(lost, []);
        assert.equal(new Set(receipts).size, receipts.length, 'a receipt given for two ballots');
        const some = receipts.filter((_, i) => i % Math.ceil(receipts.length / 15) === 0);
        for (const receipt of some) assert.equal(await askPage(house, receipt), states.get(receipt));
    });

    await t.test('every text that was answered 200 cast one ballot', () => {
        assert.ok(texts.length > 20, `${texts.length} texts`);
        const rows = house.rows(`
            select x.message_id as id, x.state, x.outcome,
                   (select count(*) from revision h where h.inbox_id = x.id) as ballots
            from inbox x`);
        const found = new Map(rows.map((r) => [r.id, r]));
        const lost = texts.filter(({ id }) => !found.has(id));
        const wrong = rows.filter((r) => r.state !== 'done' || r.ballots !== 1);
        t.diagnostic(`texts: acknowledged ${texts.length}, found ${texts.length - lost.length}, ` +
            `lost ${lost.length}, doubled ${rows.filter((r) => r.ballots > 1).length}`);
        assert.deepEqual(lost, []);
        assert.deepEqual(wrong, []);
        assert.equal(rows.length, texts.length, 'texts that nobody sent');
    });

    await t.test('nothing is there twice, and revisions have no gap', () => {
        assert.deepEqual(house.rows(`
            select voter_id, count(*) from revision where round_id = (select id from round
                where slug = '${SLUG}') group by voter_id, form_key having count(*) > 1`), []);
        assert.deepEqual(house.rows(`
            select b.voter_id from ballot b join revision h using (round_id, voter_id)
            group by b.round_id, b.voter_id having count(*) <> max(h.revision)
                or max(h.revision) <> max(b.last_revision)`), []);
        const web = Number(house.value(`select count(*) from revision h join round r
            on r.id = h.round_id where r.slug = '${SLUG}' and h.channel = 1 and h.voter_id in (
            select voter_id from credential where serial in (${house.demo.codes
                .filter((c) => codes.slice(0, WEB).includes(c.code))
                .map((c) => `'${c.serial}'`).join(',')}))`));
        t.diagnostic(`web: ${web} revisions for ${receipts.length} acknowledged ballots`);
        assert.equal(web, receipts.length, 'every form was answered in the end, so none is left over');
    });
});
