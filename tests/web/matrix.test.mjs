// matrix.test.mjs: who may call what. The cells are made from the server's own table (--routes): every
// page × every role × the ward it is for, asked over HTTP, and the answer is the one that the table
// declares. A page that declares nothing, or names something that stands in no fixture, fails.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { openHouse } from '../lib/harness.mjs';
import { routes } from '../lib/routes.mjs';
import { tokenOf } from './officers.mjs';

const desk = routes.filter((r) => r.who === 'officer');

const areaRoles = ['ward_officer', 'approver', 'clerk'], serviceRoles = ['sms_operator', 'auditor', 'administrator'];
// Everything lies in Micklegate, whose round is published; some look after Holgate instead.
const own = 'micklegate', other = 'holgate';
// Who asks: a role in the ward where the thing is, in another, one of the service, none at all.
const askers = [
    ...areaRoles.flatMap((role) => [{ role, ward: own }, { role, ward: other }]),
    ...serviceRoles.map((role) => ({ role, ward: '' })),
    { role: 'none', ward: '' },
];
const nameOf = (asker) => (asker.ward ? `${asker.role} of ${asker.ward}` : asker.role);

let house, things;
const value = (sql) => house.value(sql);
const id = (sql) => value(`${sql} returning id`);

// A session as signing in makes it, without the half second that a password takes.
function sessionOf(officer) {
    const secret = randomBytes(32);
    value(`insert into officer_session (id_hash, officer_id) values ('\\x${createHash('sha256').update(secret).digest('hex')}', ${officer})`);
    const browser = house.browser();
    browser.cookies.set('wm_desk', secret.toString('base64url'));
    return browser;
}

async function signIn(asker) {
    asker.browser = sessionOf(asker.officer);
    asker.token = tokenOf(await asker.browser.get('/desk/me'));
}

function makeAskers() {
    for (const asker of askers) {
        asker.officer = id(`insert into officer (email, name, password_hash, totp_sealed)
            values ('${randomBytes(6).toString('hex')}@x.org', '${nameOf(asker)}', 'none', '')`);
        if (asker.ward) value(`insert into officer_area (officer_id, neighbourhood_id, role)
            select ${asker.officer}, id, '${asker.role}' from neighbourhood where slug = '${asker.ward}'`);
        else if (asker.role !== 'none') value(`insert into officer_role (officer_id, role) values (${asker.officer}, '${asker.role}')`);
    }
}

// One of everything that a path can name, in Micklegate.
async function makeThings() {
    const ward = value(`select id from neighbourhood where slug = '${own}'`);
    const someone = value(`select id from officer where email like 'sam@%'`);
    const round = (slug, opens, closes) => {
        const r = id(`insert into round (slug, neighbourhood_id, title, kind, opens_at, closes_at, max_picks)
            values ('${slug}', ${ward}, '${slug}', 'approval', clock_timestamp() + interval '${opens}', clock_timestamp() + interval '${closes}', 3)`);
        const pot = id(`insert into pot (round_id, ordinal, name, amount) values (${r}, 1, 'Pot', 100000)`);
        const number = value('select api.free_number()');
        id(`insert into proposal (round_id, number, short_name, title, pot_id, cost, state) values (${r}, ${number}, 'P', 'P', ${pot}, 1000,
            '${opens.startsWith('-') ? 'published' : 'draft'}')`);
        return { id: r, number: number.padStart(4, '0') };
    };
    const draft = round('matrix-draft', '9 days', '10 days');
    const open = round('matrix-open', '-1 day', '1 day');
    value(`select api.round_freeze(${open.id}, 'k', 'k', 's', sha256('1'), sha256('2'), sha256(sha256('seed')))`);
    const register = id(`insert into register (name, neighbourhood_id) values ('Matrix', ${ward})`), retired = id(`insert into register (name, neighbourhood_id) values ('Matrix, old', ${ward})`);
    const edition = value(`select id from agreement_edition where neighbourhood_id = ${ward} limit 1`);
    const resident = house.browser();
    const form = `/rounds/matrix-open/${open.number}/offer`;
    await resident.submit(await resident.get(form), { words: 'A van', name: 'Ann', number: '07700 900 456', agree: 'yes' }, { form });
    value(`insert into sms_gateway (name) values ('matrix') on conflict do nothing; update sms_gateway set place = 9, seen_at = clock_timestamp() where name = 'matrix'`);
    const funded = value(`select to_char(min(p.number), 'FM0000') from round r, api.round_funded(r.id) p where r.slug = 'micklegate-2026'`);
    const hash = (words) => `sha256('${words}')`;
    return {
        slug: (pattern) => (/\/(changes|paper|assisted|monitor)/.test(pattern) ? 'matrix-open'
            : /\/(result|embargo|decisions|correct|archive|delivery)/.test(pattern) ? 'micklegate-2026' : 'matrix-draft'),
        number: (pattern) => (/\/delivery/.test(pattern) ? funded : draft.number),
        batch: id(`insert into paper_batch (round_id, collected_at, place, ballots, opened_by)
            values (${open.id}, clock_timestamp() - interval '1 hour', 'Library', 3, ${someone})`),
        pledge: value(`select id from pledge where edition_id = ${edition} limit 1`),
        serial: value(`select c.serial from credential c join voter v on v.id = c.voter_id where v.neighbourhood_id = ${ward}
            and not exists (select from ballot b where b.voter_id = v.id) order by c.id limit 1`)
            || value(`select c.serial from credential c join voter v on v.id = c.voter_id where v.neighbourhood_id = ${ward} limit 1`),
        door: (pattern) => (/drop|replay/.test(pattern) ? 'out' : 'in'),
        letter: id(`insert into outbox (dedup_key, class, recipient_key, recipient_sealed, sender, segments, state)
            values ('matrix', 'reply', ${hash('a')}, '', '60777', 1, 'dead')`),
        reference: (pattern) => (/drop|replay/.test(pattern) ? (things.letterReference ??= value(`select client_ref from outbox where dedup_key = 'matrix'`)) : things.inbox),
        inbox: id(`insert into inbox (provider, endpoint, message_id, sender_key, sender_sealed, near_key, state, done_at)
            values ('matrix', '60777', 'm', ${hash('a')}, '', ${hash('b')}, 'dead', clock_timestamp())`),
        name: 'matrix',
        language: 'pl',
        // ":id" is another thing on every page.
        changes: id(`insert into amendment (kind, round_id, closes_at, reason, asked_by)
            values ('extension', ${open.id}, clock_timestamp() + interval '2 days', 'Snow', ${someone})`),
        decisions: id(`insert into decision (proposal_id, decision, reason, body, decided_on, asked_by)
            select p.id, 'approved', 'Good', 'Council', current_date, ${someone} from proposal p join round r on r.id = p.round_id
            where r.slug = 'micklegate-2026' limit 1`),
        ideas: id(`insert into idea (reference, key_hash, neighbourhood_id, title, what, state, sent_at)
            values ('MATR1X', ${hash('i')}, ${ward}, 'Idea', 'What', 'sent', clock_timestamp())`),
        agreements: edition,
        offers: value('select max(id) from offer'),
        outlines: (officer) => id(`insert into outline_import (officer_id, sha256, credit, features)
            values (${officer}, ${hash('f')}, '', '[{"code": "E05010311", "name": "", "outline": "5390000 -110000,5390000 -100000,5400000 -100000", "points": 3, "kept": 3, "problem": ""}]')`),
        registers: (officer, pattern) => (/retire/.test(pattern) ? retired : register),
        imports: (officer) => {
            // Of one row, packed as server/import_row.h says.
            const row = Buffer.from('\0\0\0\0\0\0....\x06\0\0\0A Lane');
            row.writeInt32LE(Number(value(`select neighbourhood_id from register where id = ${register}`)), 6);
            const file = id(`insert into register_import (register_id, officer_id, sha256, persons, rows, parts, addresses, checked)
                values (${register}, ${officer}, ${hash('f')}, false, 1, 1, 1, true)`);
            value(`update register set imports = 0 where id = ${register}`); // nobody else's file came between
            value(`insert into register_import_part values (${file}, 0, '\\x${row.toString('hex')}')`);
            value(`insert into register_import_sample (import_id, n, address, postcode, uprn, area, code, phone, problem)
                values (${file}, 1, '${file} Lane', '', '', '', false, false, '')`);
            return file;
        },
        'proposal-files': (officer) => id(`insert into proposal_import (round_id, officer_id, sha256, roles, cells)
            values (${draft.id}, ${officer}, ${hash('f')}, 'title,cost', '[["title", "cost"], ["Bench", "10"]]')`),
        import: (officer) => id(`insert into proposal_import (round_id, officer_id, sha256, roles, done_at)
            values (${draft.id}, ${officer}, ${hash('f')}, 'title,cost', clock_timestamp())`),
        people: id(`insert into officer (name, email, password_hash, totp_sealed) values ('Target', 'target@x.org', 'none', '')`),
    };
}

// What the path names, filled in. A file is its own officer's; the other ward's officer asks for one of the ward's.
function pathOf(route, asker, maker = asker) {
    const parts = route.pattern.split('/');
    return parts.map((part, i) => {
        if (!part.startsWith(':')) return part;
        const name = part.slice(1);
        const thing = name === 'id' ? things[parts[i - 1]] : things[name];
        assert.ok(thing !== undefined, `${route.pattern}: the test makes no :${name} there: add one to makeThings`);
        if (typeof thing !== 'function') return thing;
        return name === 'id' ? thing(maker.officer, route.pattern) : thing(route.pattern);
    }).join('/');
}

// Forms that name their area, not the path: what makes each of them a good one.
const soon = (days) => new Date(Date.now() + days * 86400e3).toLocaleDateString('en-GB');
const named = {
    '/desk/rounds/new': { title: 'Matrix', about: '', kind: 'approval', opens_date: soon(5), opens_time: '9am', closes_date: soon(9), closes_time: '9pm',
        grace: '15', min_picks: '1', max_picks: '3', eligibility: 'code', residence: 'none', method: 'most', minimum_votes: '0', provisional_days: '28',
        pot1_name: 'Pot', pot1_amount: '100' },
    '/desk/codes': { how_many: '1', format: 'csv', addresses: '' },
    '/desk/agreements': { title: 'Matrix agreement' },
    '/desk/registers/new': { kind: 'codes', name: 'Matrix', codes_per_address: '1', extra_cap: '0' },
    '/desk/rounds/:slug/edit': {},
};
// Forms that a page of ours never sends empty.
const needed = {
    '/desk/rounds/:slug/paper/:batch': { key: 'A'.repeat(22) }, '/desk/rounds/:slug/assisted': { key: 'A'.repeat(22) },
    '/desk/rounds/:slug/changes': { kind: 'extension' }, '/desk/changes/:id': { grant: 'no' }, '/desk/decisions/:id': { grant: 'no' },
    '/ballot/:round/check': { key: 'A'.repeat(22) }, '/desk/rounds/:slug/texts': { occasion: 'opened', on: 'no' }, '/desk/texts/bulk': { pause: 'no' }, '/desk/providers/:name/pause': { pause: 'no' },
};
let serial = 0;
function fieldsOf(route, token) {
    const fields = { ...named[route.pattern], ...needed[route.pattern], token };
    if (route.pattern in named) fields.area = own;
    if (fields.title) fields.title += ` ${++serial}`;
    if (fields.name) fields.name += ` ${++serial}`;
    return fields;
}

// Wrong passwords are counted, and ten are too many.
const forget = (route) => { if (route.pattern === '/desk/prove') value('delete from failure'); };

const ask = (browser, route, where, fields, options = {}) =>
    route.method === 'GET' ? browser.get(where, { follow: false, ...options })
        : browser.post(where, fields, { follow: false, ...options });
const away = (page) => page.status === 303 && page.headers.location === '/desk/sign-in';
const toProve = (page) => (page.status === 303 && page.headers.location.startsWith('/desk/prove?to='))
    || (page.status === 200 && /name="form" value=/.test(page.body));

// What the table says of this asker: 'open', 'closed' (403) or 'elsewhere' (404).
function declared(route, asker) {
    if (route.roles.includes('any')) return 'open';
    if (!route.roles.includes(asker.role)) return 'closed';
    return route.place === 'area' && asker.ward === other ? 'elsewhere' : 'open';
}
function found(page) {
    if (away(page)) return 'signed out';
    if (toProve(page)) return 'to be proved';
    if (page.status === 403) return 'closed';
    if (page.status === 404) return 'elsewhere';
    return [200, 303, 409, 422, 429].includes(page.status) ? 'open' : `status ${page.status}`;
}

const counts = {};
const wrong = [];
function cell(kind, route, who, got, wanted) {
    counts[kind] = (counts[kind] ?? 0) + 1;
    if (got !== wanted) wrong.push(`${route.method} ${route.pattern}, ${who}: ${got}, should be ${wanted}`);
}
const verdict = () => assert.deepEqual(wrong.splice(0), []);

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    makeAskers();
    things = await makeThings();
    for (const asker of askers) await signIn(asker);
});
after(async () => {
    const all = Object.values(counts).reduce((a, b) => a + b, 0);
    console.log(`# ${all} cells: ${Object.entries(counts).map(([kind, n]) => `${n} ${kind}`).join(', ')}`);
    await house?.close();
});

it('every page of the table says who may call it', () => {
    assert.ok(routes.length > 150 && desk.length > 100);
    assert.deepEqual(routes.filter((r) => [r.who, ...r.roles, r.place].includes('?')).map((r) => `${r.method} ${r.pattern}`), []);
    const known = new Set([...areaRoles, ...serviceRoles, 'any']);
    assert.deepEqual(desk.flatMap((r) => r.roles).filter((r) => !known.has(r)), []);
});

describe('a page of the desk', () => {
    it('opens to the roles that it names, in the ward where they are held, and to nobody else', async () => {
        const maker = askers.find((a) => a.role === 'ward_officer' && a.ward === own);
        for (const route of desk)
            for (const asker of askers) {
                forget(route);
                const where = pathOf(route, asker, declared(route, asker) === 'elsewhere' ? maker : asker);
                const page = await ask(asker.browser, route, where, fieldsOf(route, asker.token));
                // Signing out leads to where the signed out are sent.
                const out = route.pattern === '/desk/sign-out' && value(`select count(*) from officer_session
                    where officer_id = ${asker.officer} and ended_at is null`) === '0';
                cell('role × ward', route, nameOf(asker), out ? 'open' : found(page), declared(route, asker));
                // What gives the session another id, or ends it.
                if (page.headers['set-cookie'] || route.pattern === '/desk/sign-out') await signIn(asker);
            }
        verdict();
    });

    it('opens to nobody who is not signed in', async () => {
        const stranger = house.browser();
        for (const route of desk) {
            const page = await ask(stranger, route, pathOf(route, askers[0]), { token: askers[0].token });
            cell('signed out', route, 'signed out', found(page), 'signed out');
        }
        verdict();
    });

    it('does nothing without the form’s token, or with another session’s', async () => {
        for (const route of desk.filter((r) => r.method === 'POST'))
            for (const [i, asker] of askers.entries()) {
                const where = pathOf(route, askers[0]);
                const none = await ask(asker.browser, route, where, {});
                cell('without a token', route, nameOf(asker), found(none), 'signed out');
                const stolen = await ask(asker.browser, route, where, { token: askers[(i + 1) % askers.length].token });
                cell('another’s token', route, nameOf(asker), found(stolen), 'signed out');
            }
        verdict();
    });

    it('does nothing that another site sends', async () => {
        for (const route of desk.filter((r) => r.method === 'POST')) {
            const where = pathOf(route, askers[0]);
            for (const options of [{ origin: 'https://evil.example' }, { headers: { 'sec-fetch-site': 'cross-site' } }]) {
                const page = await ask(askers[0].browser, route, where, { token: askers[0].token }, options);
                cell('another site', route, JSON.stringify(options), `${page.status}`, '403');
            }
        }
        verdict();
    });

    it('that is hard to undo asks who it is when that was proved long ago', async () => {
        value(`update officer_session set proved_at = clock_timestamp() - interval '31 min'`);
        for (const route of desk)
            for (const asker of askers.filter((a) => declared(route, a) === 'open')) {
                if (!route.proven && route.method === 'POST') continue; // the first test saw them
                forget(route);
                const page = await ask(asker.browser, route, pathOf(route, asker), fieldsOf(route, asker.token));
                cell('not proved', route, nameOf(asker), found(page), route.proven ? 'to be proved' : 'open');
            }
        value('update officer_session set proved_at = clock_timestamp()');
        verdict();
    });

    it('opens no more once the role is taken away, in the same session', async () => {
        for (const asker of askers.filter((a) => a.role !== 'none')) {
            value(`delete from officer_area where officer_id = ${asker.officer}`);
            value(`set session_replication_role = replica; delete from officer_role where officer_id = ${asker.officer}`);
            for (const route of desk.filter((r) => r.method === 'GET')) {
                const page = await ask(asker.browser, route, pathOf(route, asker));
                cell('role taken away', route, nameOf(asker), found(page), route.roles.includes('any') ? 'open' : 'closed');
            }
        }
        verdict();
    });
});

describe('other pages', () => {
    const segment = { slug: 'westfield-2026', round: 'westfield-2026' };
    const fill = (pattern) => pattern.replaceAll(/:(\w+)/g, (_, name) =>
        name === 'slug' && pattern.startsWith('/neighbourhoods') ? 'westfield' : segment[name] ?? '1');

    it('of residents open without a session, and take no form from another site', async () => {
        for (const route of routes.filter((r) => ['anyone', 'any_site', 'framed'].includes(r.who))) {
            const stranger = house.browser();
            const where = fill(route.pattern);
            const page = await ask(stranger, route, where, {});
            const shut = page.status === 401 || page.status === 403 || page.status >= 500 || away(page);
            cell('anyone', route, 'a stranger', shut ? 'closed' : 'open', 'open');
            if (route.method === 'POST') {
                const evil = await ask(stranger, route, where, {}, { origin: 'https://evil.example' });
                cell('another site', route, 'a stranger', `${evil.status}`, '403');
            }
            stranger.close();
        }
        verdict();
    });

    const cast = () => value('select count(*) from revision');
    it('of voters open to who proved their right, for the rounds of their own area', async () => {
        const code = house.demo.codes.find((c) => c.area === 'Westfield').code;
        const voter = house.browser();
        assert.equal((await voter.submit(await voter.get('/vote/code'), { code }, { form: '/vote/code' })).status, 200);
        const before = cast();
        const token = (await voter.get('/vote/rounds')).form('/vote/sign-out').pairs()[0][1];
        for (const route of routes.filter((r) => r.who === 'voter')) {
            const stranger = await ask(house.browser(), route, fill(route.pattern), { token });
            const turned = stranger.status === 403 || (stranger.status === 303 && stranger.headers.location === '/vote/code');
            cell('voters', route, 'a stranger', turned ? 'turned away' : stranger.status, 'turned away');
            if (route.method === 'POST') {
                const evil = await ask(voter, route, fill(route.pattern), { token }, { origin: 'https://evil.example' });
                cell('another site', route, 'a voter', `${evil.status}`, '403');
                const bare = await ask(voter, route, fill(route.pattern), {});
                cell('without a token', route, 'a voter', `${bare.status}`, '403');
                // That turned the voter away, cookie and all.
                await voter.submit(await voter.get('/vote/code'), { code }, { form: '/vote/code' });
            }
            if (!route.pattern.includes(':round')) continue;
            const fresh = (await voter.get('/vote/rounds')).form('/vote/sign-out').pairs()[0][1];
            const mine = await ask(voter, route, fill(route.pattern), { token: fresh, ...needed[route.pattern] });
            const sentAway = mine.status === 303 && /^\/vote\/code/.test(mine.headers.location);
            cell('voters', route, 'a voter of this ward', sentAway ? 'turned away' : found(mine), 'open');
            // Rounds are public: who may not vote in one is told why, at the latest where that leads to.
            const theirs = await ask(voter, route, route.pattern.replace(':round', 'acomb-2026'), { token: fresh, ...needed[route.pattern] }, { follow: true });
            cell('voters', route, 'a voter of another ward',
                theirs.status === 403 || /You have not voted here/.test(theirs.text) ? 'turned away' : theirs.status, 'turned away');
        }
        assert.equal(cast(), before, 'and nothing was cast');
        verdict();
    });

    it('of providers keep nothing from who does not know the secret', async () => {
        const rows = () => value('select count(*) from inbox');
        const kept = rows();
        for (const route of routes.filter((r) => r.who === 'provider')) {
            const page = await ask(house.browser(), route, route.pattern, {});
            const shut = page.status >= 400 && page.status < 500 && page.status !== 404;
            cell('providers', route, 'a stranger', shut ? 'refused' : `${page.status}`, 'refused');
        }
        assert.equal(rows(), kept);
        verdict();
    });
});
