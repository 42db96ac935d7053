// matrix.test.mjs: who may call what. The cells are made from the server's own table (--routes): every
// page × every role × the ward it is for, asked over HTTP, and the answer is the one that the table
// declares. A page that declares nothing, or names something that stands in no fixture, fails.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { openHouse } from '../lib/harness.mjs';
import { routes } from '../lib/routes.mjs';
import { tokenOf } from './officers.mjs';
import { makeThings, sessionOf, thingPath, ward } from './things.mjs';

const desk = routes.filter((r) => r.who === 'officer');

const areaRoles = ['ward_officer', 'approver', 'clerk'], serviceRoles = ['sms_operator', 'auditor', 'administrator'];
// Some look after another ward than the one where everything lies.
const own = ward, other = 'holgate';
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

async function signIn(asker) {
    asker.browser = sessionOf(house, asker.officer);
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

// A file is its own officer's; the other ward's officer asks for one of the ward's.
const pathOf = (route, asker, maker = asker) => thingPath(things, route.pattern, maker.officer);

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
    things = await makeThings(house);
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
