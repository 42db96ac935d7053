// feeds.test.mjs: feeds and calendars, read by programs that are not ours: an XML parser with
// Atom's rules (RFC 4287) on top, and an iCalendar parser. Pages lead to them; a close that is moved
// is a newer entry and an event with a higher SEQUENCE; a result is news of its own.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import { openHouse, until } from '../lib/harness.mjs';

const require = createRequire(import.meta.url);
const { XMLParser, XMLValidator } = require('fast-xml-parser');
const ICAL = (await import('ical.js')).default;

let house, reader;

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    reader = house.browser();
});
after(async () => {
    reader?.close();
    await house?.close();
});

const list = (x) => (x === undefined ? [] : Array.isArray(x) ? x : [x]);
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const TAG = /^tag:127\.0\.0\.1,\d{4}-\d\d-\d\d:\/rounds\/[a-z0-9-]+(\/result)?$/;

// Reads a feed and asserts what RFC 4287 §4.1 demands of it.
async function feed(where) {
    const page = await reader.get(where);
    assert.equal(page.status, 200, where);
    assert.equal(page.headers['content-type'], 'application/atom+xml; charset=utf-8');
    assert.match(page.headers.etag, /^"/);
    assert.equal(page.headers['access-control-allow-origin'], '*');
    assert.equal(XMLValidator.validate(page.body), true, where);
    const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', textNodeName: 'text', parseTagValue: false });
    const { feed: f } = parser.parse(page.body);
    assert.equal(f.xmlns, 'http://www.w3.org/2005/Atom');
    assert.equal(f.id, house.url + where);
    assert.match(f.updated, MOMENT);
    assert.ok(f.title && f.author.name);
    assert.deepEqual(list(f.link).map((l) => [l.rel, l.type, l.hreflang]), [['self', 'application/atom+xml', undefined],
        ['alternate', 'text/html', undefined], ['alternate', 'application/atom+xml', where.endsWith('?lang=pl') ? 'en' : 'pl']]);
    assert.equal(f['xml:lang'], where.endsWith('?lang=pl') ? 'pl' : 'en-GB');
    assert.equal(new URL(f.link[2].href).search, where.endsWith('?lang=pl') ? '' : '?lang=pl');
    assert.equal(f.link[0].href, house.url + where);
    const entries = list(f.entry);
    assert.equal(new Set(entries.map((e) => e.id)).size, entries.length, 'ids are unique');
    for (const e of entries) {
        assert.match(e.id, TAG);
        assert.match(e.updated, MOMENT);
        assert.match(e.published, MOMENT);
        assert.ok(e.updated >= e.published && e.updated <= f.updated, e.id);
        assert.ok(e.title && e.summary);
        assert.equal((await reader.get(e.link.href)).status, 200, e.link.href);
    }
    assert.deepEqual(entries.map((e) => e.updated), entries.map((e) => e.updated).sort().reverse(), 'newest first');
    return entries;
}

// Reads a calendar: {uid: event}; asserts lines, times and what RFC 5545 demands of an event.
async function calendar(where) {
    const page = await reader.get(where);
    assert.equal(page.status, 200, where);
    assert.equal(page.headers['content-type'], 'text/calendar; charset=utf-8');
    assert.ok(page.body.endsWith('END:VCALENDAR\r\n'));
    assert.doesNotMatch(page.body, /(^|[^\r])\n|\r(?!\n)/);
    for (const line of page.body.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
    const root = new ICAL.Component(ICAL.parse(page.body));
    assert.equal(root.getFirstPropertyValue('version'), '2.0');
    assert.ok(root.getFirstPropertyValue('prodid'));
    const events = {};
    for (const component of root.getAllSubcomponents('vevent')) {
        const event = new ICAL.Event(component, { strictExceptions: true });
        assert.ok(!(event.uid in events), 'uids are unique');
        for (const name of ['dtstamp', 'dtstart', 'last-modified'])
            assert.equal(component.getFirstPropertyValue(name).zone.tzid, 'UTC', name);
        events[event.uid] = {
            summary: event.summary,
            at: event.startDate.toJSDate().toISOString(),
            changed: component.getFirstPropertyValue('last-modified').toJSDate().toISOString(),
            sequence: event.sequence,
            url: component.getFirstPropertyValue('url'),
        };
    }
    return events;
}

const moments = (slug) => house.rows(`select to_char(opens_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS".000Z"') as opens,
    to_char(closes_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS".000Z"') as closes from round where slug = '${slug}'`)[0];

describe('feeds', () => {
    it('of all rounds and of all results', async () => {
        const rounds = await feed('/feeds/rounds.atom');
        assert.equal(rounds.length, Number(house.value('select count(*) from round where frozen')));
        assert.ok(rounds.every((e) => !e.id.endsWith('/result')));
        assert.ok(rounds.some((e) => /^Voting opens at /.test(e.summary)));
        assert.match(rounds.find((e) => e.title === 'Westfield 2026').summary, /^Voting is open\. It closes at .* £24,400, \d+ projects\.$/);
        const results = await feed('/feeds/results.atom');
        assert.equal(results.length, Number(house.value(`select count(*) from round where state in ('published', 'archived')`)));
        assert.match(results.find((e) => /Micklegate/.test(e.title)).summary, /\d+ of \d+ projects funded, £[\d,.]+ of £[\d,.]+\. \d+ people voted\. The result is (provisional until|final)/);
    });

    it('in Polish, whatever cookie comes along: the same entries in other words', async () => {
        const titles = (entries) => entries.map((e) => [e.id, e.title.text ?? e.title]);
        const english = await feed('/feeds/rounds.atom'), rounds = await feed('/feeds/rounds.atom?lang=pl');
        assert.deepEqual(titles(rounds), titles(english), 'what officers wrote stays');
        assert.ok(rounds.every((e) => e.title['xml:lang'] === 'en-GB'), 'and is marked');
        assert.match(rounds.find((e) => e.title.text === 'Westfield 2026').summary, /^Głosowanie trwa\. Koniec: .* 24\u00a0400\u00a0£, \d+ projekt(y|ów)\.$/u);
        const results = await feed('/feeds/results.atom?lang=pl');
        assert.match(results.find((e) => /Micklegate/.test(e.title)).summary, /^Wybrane projekty: \d+ z \d+, .* Zagłosował[aoy] .* Wynik jest (wstępny do|ostateczny)/);
        reader.cookies.set('wm_lang', 'pl');
        assert.equal((await feed('/feeds/rounds.atom'))[0].summary, english[0].summary);
        const page = await reader.get('/rounds/westfield-2026');
        assert.ok(page.body.includes('hreflang="pl" title="Wyniki" href="/neighbourhoods/westfield/results.atom?lang=pl"'));
        assert.ok(page.text.includes('/embed/rounds/westfield-2026?lang=pl'), 'and its frame is Polish');
        reader.cookies.delete('wm_lang');
        assert.equal((await reader.get('/embed/rounds/westfield-2026?lang=pl')).heading, 'Westfield 2026');
        assert.match((await reader.get('/embed/rounds/westfield-2026?lang=pl')).text, /Jak głosować/);
        assert.match((await reader.get('/embed/rounds/westfield-2026?lang=xx')).text, /How to vote/);
    });

    it('of a neighbourhood: its own and those of the city', async () => {
        const entries = await feed('/neighbourhoods/westfield/rounds.atom');
        assert.deepEqual([...new Set(entries.map((e) => e.category.term))].sort(), ['City of York', 'Westfield']);
        assert.deepEqual((await feed('/neighbourhoods/micklegate/results.atom')).filter((e) => e.category.term === 'Micklegate').length, 1);
        const none = house.value(`insert into neighbourhood (slug, name, kind) values ('nowhere', 'No <where> & "co"', 'parish');
            notify content; select 'nowhere'`);
        assert.deepEqual(await feed(`/neighbourhoods/${none}/rounds.atom`), []);
        assert.equal((await reader.get('/neighbourhoods/unknown/rounds.atom')).status, 404);
    });

    it('pages lead to them', async () => {
        const alternates = async (where) => [...(await reader.get(where)).body.matchAll(
            /<link rel="alternate" type="([^"]+)"(?: hreflang="([^"]+)")? title="[^"]+" href="([^"]+)">/g)].map((m) => [m[1], m[2], m[3]]);
        const both = (at) => [['application/atom+xml', 'en', at], ['application/atom+xml', 'pl', `${at}?lang=pl`]];
        const below = (at) => [...both(`${at}/rounds.atom`), ...both(`${at}/results.atom`), ['text/calendar', undefined, `${at}/dates.ics`]];
        for (const where of ['/', '/rounds', '/results', '/neighbourhoods']) assert.deepEqual(await alternates(where), below('/feeds'), where);
        for (const where of ['/neighbourhoods/westfield', '/rounds/westfield-2026'])
            assert.deepEqual(await alternates(where), below('/neighbourhoods/westfield'), where);
        assert.deepEqual(await alternates('/rounds/micklegate-2026/result'), below('/neighbourhoods/micklegate'));
        assert.deepEqual(await alternates('/vote'), []);
        for (const where of ['/rounds', '/neighbourhoods/westfield'])
            assert.ok((await reader.get(where)).links.some((l) => l.href.endsWith('/dates.ics')), where);
        assert.ok((await reader.get('/rounds/westfield-2026')).links.some((l) => l.href === '/rounds/westfield-2026/dates.ics'));
    });
});

describe('calendars', () => {
    it('of a round: opening and closing, to the second', async () => {
        const events = await calendar('/rounds/westfield-2026/dates.ics');
        const { opens, closes } = moments('westfield-2026');
        const both = Object.fromEntries(Object.entries(events).map(([uid, e]) => [uid, [e.summary, e.at, e.sequence]]));
        assert.deepEqual(both, {
            'opens-westfield-2026@127.0.0.1': ['Voting opens: Westfield 2026', opens, 0],
            'closes-westfield-2026@127.0.0.1': ['Voting closes: Westfield 2026', closes, 0],
        });
        assert.equal(events['opens-westfield-2026@127.0.0.1'].url, `${house.url}/rounds/westfield-2026`);
        assert.equal((await reader.get('/rounds/none/dates.ics')).status, 404);
    });

    it('of a neighbourhood, and of all', async () => {
        const all = await calendar('/feeds/dates.ics');
        assert.equal(Object.keys(all).length, 2 * Number(house.value('select count(*) from round where frozen')));
        const own = await calendar('/neighbourhoods/westfield/dates.ics');
        for (const [uid, event] of Object.entries(own)) assert.deepEqual(all[uid], event);
        assert.ok(Object.keys(own).some((uid) => uid.includes('york')));
        assert.ok(!Object.keys(own).some((uid) => uid.includes('acomb')));
    });
});

describe('a close that two officers move', () => {
    it('is a newer entry with the same id, and the same event with a higher SEQUENCE', async () => {
        const id = (e) => /westfield-2026$/.test(e.id);
        const before = (await feed('/feeds/rounds.atom')).find(id);
        const was = await calendar('/rounds/westfield-2026/dates.ics');
        const first = await reader.get('/rounds/westfield-2026/dates.ics');
        // Feeds tell moments to the second: what changes now is to be later than the demo's loading.
        const second = () => Math.floor(Date.now() / 1000);
        await until('a later second', () => second() > Date.parse(before.updated) / 1000 + 1);
        // As api.desk_amendment_decide leaves it: the round's close and the granted amendment.
        house.value(`set session_replication_role = replica;
            insert into amendment (round_id, kind, closes_at, closed_at, reason, asked_by, decided_by, decided_at, granted)
            select r.id, 'extension', r.closes_at + interval '1 day', r.closes_at, 'Flood', a.id, b.id, clock_timestamp(), true
            from round r, (select min(id) as id from officer) a, (select max(id) as id from officer) b where r.slug = 'westfield-2026';
            update round set closes_at = closes_at + interval '1 day' where slug = 'westfield-2026'; notify content`);
        // Who keeps pages hears of it a moment later.
        await until('a feed that changed', async () => (await feed('/feeds/rounds.atom')).find(id).updated !== before.updated);
        const changed = (await feed('/feeds/rounds.atom'))[0];
        assert.equal(changed.id, before.id, 'it comes first now');
        assert.ok(changed.updated > before.updated);
        assert.equal(changed.published, before.published);
        assert.match(changed.summary, /The close was moved\./);
        await until('a calendar that changed', async () =>
            (await reader.get('/rounds/westfield-2026/dates.ics')).headers.etag !== first.headers.etag);
        const events = await calendar('/rounds/westfield-2026/dates.ics');
        const [opens, closes] = ['opens', 'closes'].map((w) => `${w}-westfield-2026@127.0.0.1`);
        assert.deepEqual(events[opens], was[opens], 'the opening stays as it was');
        assert.deepEqual([events[closes].sequence, events[closes].at], [1, moments('westfield-2026').closes]);
        assert.equal(new Date(events[closes].at) - new Date(was[closes].at), 86400000);
        assert.ok(events[closes].changed > was[closes].changed);
    });
});

it('a result that is corrected is newer news with the same id', async () => {
    const mine = (e) => /micklegate-2026\/result$/.test(e.id);
    const before = (await feed('/feeds/results.atom')).filter(mine);
    const of = `where round_id = (select id from round where slug = 'micklegate-2026')`;
    house.value(`set session_replication_role = replica;
        insert into result select (jsonb_populate_record(x, jsonb_build_object('version', 2, 'correction', 'A batch was left out',
            'published_at', clock_timestamp(), 'final_at', clock_timestamp() + interval '7 days'))).* from result x ${of};
        insert into result_part select (jsonb_populate_record(x, '{"version": 2}')).* from result_part x ${of}; notify content`);
    await until('the correction', async () => (await feed('/feeds/results.atom')).find(mine).updated !== before[0].updated);
    const after = (await feed('/feeds/results.atom')).filter(mine);
    assert.equal(after.length, 1);
    assert.equal(after[0].id, before[0].id);
    assert.ok(after[0].updated > before[0].updated);
    assert.match(after[0].summary, /The result is provisional until/);
});

it('an unchanged feed is a 304', async () => {
    for (const where of ['/feeds/rounds.atom', '/feeds/dates.ics', '/neighbourhoods/westfield/results.atom']) {
        const { etag } = (await reader.request('GET', where)).headers;
        const again = await reader.request('GET', where, { headers: { 'if-none-match': etag } });
        assert.equal(again.status, 304, where);
    }
});
