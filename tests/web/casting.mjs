// casting.mjs: voters without a browser's patience, for tests that cast many ballots at once: a
// session by a real code, the check page's form sent by hand, and receipts read and looked up.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { Browser } from '../lib/harness.mjs';

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'; // Crockford's base32
const RECEIPT = /\bR[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]\b/;

// The receipt in an answer or a text, or null.
export const receiptIn = (text) => RECEIPT.exec(text)?.[0] ?? null;

// The number under which a receipt is stored: its twelve characters after the R, five bits each.
export function receiptBits(receipt) {
    const digits = receipt.replaceAll('-', '').slice(1, 13);
    return [...digits].reduce((bits, c) => bits * 32n + BigInt(LETTERS.indexOf(c)), 0n);
}

// What the database says of receipts, in one query: a map from receipt to 'stands', 'replaced',
// 'withdrawn', or null when it knows none.
export function lookUp(house, receipts) {
    if (receipts.length === 0) return new Map();
    const rows = house.rows(
        `select i.n, f.state from unnest('{${receipts.map(receiptBits).join(',')}}'::bigint[])
             with ordinality i(bits, n) left join lateral api.receipt_find(i.bits) f on true`,
    );
    return new Map(rows.map(({ n, state }) => [receipts[n - 1], state]));
}

// What the page for residents says of a receipt, in the same words. (It answers one address twenty
// times a minute.)
export async function askPage(house, receipt) {
    const reader = new Browser(house.url);
    const page = await reader.submit(await reader.get('/receipt'), { receipt }, { form: '/receipt' });
    reader.close();
    assert.equal(page.status, 200, page.text);
    if (/This ballot (counts|was counted)/.test(page.text)) return 'stands';
    if (/A later ballot replaced this one/.test(page.text)) return 'replaced';
    return null;
}

// A session by a real code: cookies, and the form token of its pages.
export async function openSession(house, code, slug) {
    const browser = new Browser(house.url, { sockets: 1 });
    await browser.submit(await browser.get('/vote/code'), { code }, { form: '/vote/code' });
    const ballot = await browser.get(`/ballot/${slug}`);
    assert.equal(ballot.status, 200, ballot.text);
    const [, token] = ballot.form(`/ballot/${slug}`).pairs().find(([name]) => name === 'token');
    return { browser, token, slug };
}

export const newKey = () => randomBytes(16).toString('base64url');

// Sends what the check page's form would: picks as numbers. Returns the page, not followed.
export function cast(session, key, picks, options = {}) {
    const fields = [['token', session.token], ['key', key], ...picks.map((n) => ['p', n])];
    return session.browser.post(`/ballot/${session.slug}/check`, fields, { follow: false, ...options });
}

// `n` different choices of at most `most` projects that fit the round's pot: lists of numbers.
export function choices(house, slug, n, most = 4) {
    const projects = house.rows(
        `select to_char(p.number, 'FM0000') as number, p.cost from proposal p
         join round r on r.id = p.round_id where r.slug = '${slug}' order by p.cost, p.number`,
    );
    const pot = Number(house.value(`select t.amount from pot t join round r on r.id = t.round_id
                                    where r.slug = '${slug}' and t.ordinal = 1`));
    const all = [];
    for (let set = 1; all.length < n && set < 1 << projects.length; set++) {
        const chosen = projects.filter((_, i) => set & (1 << i));
        if (chosen.length <= most && chosen.reduce((sum, p) => sum + p.cost, 0) <= pot)
            all.push(chosen.map((p) => p.number).sort());
    }
    assert.equal(all.length, n, 'not so many choices');
    return all;
}
