// api.test.mjs: open data, /api/v1. The document that describes it is valid OpenAPI 3.1 by another
// program's judgement, names every route that other sites may read, and every answer from York's
// data is what it says. Then: pages of a list, unchanged answers, other sites, errors, and that
// nothing is told before its time or about anybody.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openHouse, top, until } from '../lib/harness.mjs';

const require = createRequire(import.meta.url);
const { Validator } = await import('@seriousme/openapi-schema-validator');
const Ajv = require('ajv/dist/2020.js').default;
const addFormats = require('ajv-formats').default;

let house, reader, doc, ajv;
const seen = new Set(); // paths of the document from which an answer was checked

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    reader = house.browser();
    doc = (await reader.get('/api/v1/openapi.json')).json();
    ajv = openAjv(doc);
});
after(async () => {
    reader?.close();
    await house?.close();
});

// The document as the root of its own references. Answers may not hold more than it names: clients
// are to bear new members, but the document is to tell of them.
function openAjv(description) {
    const strict = structuredClone(description);
    for (const schema of Object.values(strict.components.schemas))
        if (schema.properties) schema.additionalProperties = false;
    const validator = new Ajv({ strict: false, allErrors: true });
    addFormats(validator);
    validator.addSchema({ $id: 'doc', ...strict });
    return validator;
}

const pointer = (...parts) =>
    `doc#/${parts.map((p) => encodeURIComponent(p.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;

// Asserts that a page is what the document says of this path and status.
function check(template, page) {
    const said = doc.paths[template].get.responses[page.status];
    assert.ok(said, `${page.path}: ${page.status} is not described`);
    const response = said.$ref ? said.$ref.slice(2).split('/') : ['paths', template, 'get', 'responses', String(page.status)];
    const content = response.reduce((at, part) => at[part], doc).content;
    const media = page.headers['content-type'].split(';')[0];
    assert.ok(content?.[media], `${page.path}: ${media} is not described`);
    if (page.status === 200) seen.add(template);
    if (!media.endsWith('json')) return page.body;
    const body = page.json();
    const validate = ajv.getSchema(pointer(...response, 'content', media, 'schema'));
    assert.ok(validate(body), `${page.path}: ${JSON.stringify(validate.errors?.slice(0, 5), null, 1)}`);
    return body;
}

async function ask(template, values = {}, query = '') {
    const where = template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
    return check(template, await reader.get(where + query));
}

const api = '/api/v1';

describe('the document', () => {
    it('is OpenAPI 3.1', async () => {
        const result = await new Validator().validate(structuredClone(doc));
        assert.deepEqual(result.errors, undefined);
        assert.ok(result.valid);
        assert.match(doc.openapi, /^3\.1\./);
    });

    it('names every route that other sites may read, and no other', () => {
        const table = fs.readFileSync(path.join(top, 'server/routes.c'), 'utf8');
        const routes = [...table.matchAll(/\{"GET", "([^"]+)", \w+, WHO_ANY_SITE,/g)].map((m) =>
            m[1].replace(/:(\w+)/g, '{$1}'));
        assert.ok(routes.length > 10);
        assert.deepEqual(Object.keys(doc.paths).sort(), routes.sort());
    });

    it('names the parameters that each route reads', () => {
        const source = fs.readFileSync(path.join(top, 'server/routes.c'), 'utf8');
        const named = [...source.matchAll(/^#define (\w+) (\{.*\})$/gm)]; // fields that several routes have
        const table = named.reduce((text, [, name, fields]) => text.replace(new RegExp(`(?<!#define )\\b${name}\\b`, 'g'), fields), source);
        for (const m of table.matchAll(/\{"GET", "([^"]+)", \w+, WHO_ANY_SITE, \w+, \w+,\s*(NULL|FIELDS\((.*?)\)),\s/g)) {
            const fields = [...(m[3] ?? '').matchAll(/\{"(\w+)"/g)].map((f) => f[1]);
            const names = (doc.paths[m[1].replace(/:(\w+)/g, '{$1}')].get.parameters ?? [])
                .map((p) => (p.$ref ? doc.components.parameters[p.$ref.split('/').pop()] : p))
                .filter((p) => p.in === 'query').map((p) => p.name);
            assert.deepEqual(names.sort(), fields.sort(), m[1]);
        }
    });
});

describe('every answer is what the document says', () => {
    it('neighbourhoods and their agreements, all of them', async () => {
        await ask(api);
        await ask(`${api}/openapi.json`);
        const all = await ask(`${api}/neighbourhoods`, {}, '?limit=100');
        assert.equal(all.total, Number(house.value('select count(*) from neighbourhood')));
        let pledges = 0, checks = 0;
        for (const { slug } of all.items) {
            await ask(`${api}/neighbourhoods/{slug}`, { slug });
            const editions = await ask(`${api}/neighbourhoods/{slug}/agreements`, { slug });
            for (const { edition } of editions.items) {
                const one = await ask(`${api}/neighbourhoods/{slug}/agreements/{edition}`, { slug, edition });
                pledges += one.pledges.length;
                assert.equal((await reader.get(one.url)).status, 200, one.url);
                for (const file of ['agreement.csv', 'agreement.json', 'agreement.txt'])
                    await ask('/neighbourhoods/{slug}/agreement/{edition}/{file}', { slug, edition, file });
                checks += one.pledges.reduce((sum, p) => sum + p.checks.length, 0);
            }
        }
        assert.equal(pledges, Number(house.value(`select count(*) from pledge g
            join agreement_edition e on e.id = g.edition_id where e.state <> 'draft'`)));
        assert.ok(checks > 0);
    });

    it('rounds, proposals and results, all of them', async () => {
        const all = await ask(`${api}/rounds`, {}, '?limit=100');
        assert.equal(all.total, Number(house.value('select count(*) from round where frozen')));
        let proposals = 0;
        for (const line of all.items) {
            const { slug } = line;
            const round = await ask(`${api}/rounds/{slug}`, { slug });
            assert.equal(round.phase, line.phase);
            const list = await ask(`${api}/rounds/{slug}/proposals`, { slug }, '?limit=100');
            proposals += list.total;
            for (const { number, latitude, longitude } of list.items) {
                const at = house.rows(`select lat, lon from proposal where number = ${Number(number)}`)[0];
                assert.deepEqual([latitude, longitude], at.lat === null ? [null, null] : [at.lat / 1e5, at.lon / 1e5]);
                const one = await reader.get(`${api}/rounds/${slug}/proposals/${number}`);
                assert.match(one.body, at.lat === null ? /"latitude":null/ : /"latitude":\d+\.\d{1,5},/, 'no digits that nobody measured');
                check(`${api}/rounds/{slug}/proposals/{number}`, one);
            }
            const result = await ask(`${api}/rounds/{slug}/result`, { slug });
            assert.equal(result.status === 404, line.phase !== 'published', slug);
        }
        assert.equal(proposals, Number(house.value(`select count(*) from proposal p join round r on r.id = p.round_id
            where r.frozen and p.state <> 'draft'`)));
    });

    it('money and numbers are the database\'s', async () => {
        const round = await ask(`${api}/rounds/{slug}`, { slug: 'westfield-2026' });
        assert.deepEqual(round.pots.map((p) => p.amount_pence),
            house.rows(`select t.amount from pot t join round r on r.id = t.round_id
                where r.slug = 'westfield-2026' order by t.ordinal`).map((t) => t.amount));
        assert.equal(round.rules_sha256, house.value(`select encode(rules_sha256, 'hex') from round where slug = 'westfield-2026'`));
        const result = await ask(`${api}/rounds/{slug}/result`, { slug: 'micklegate-2026' });
        assert.equal(result.ballots, Number(house.value(`select ballots from result x join round r on r.id = x.round_id
            where r.slug = 'micklegate-2026'`)));
        const funded = result.parts.flatMap((p) => p.money.proposals.filter((q) => q.funded).map((q) => q.number));
        assert.deepEqual(funded.sort(), house.rows(`select json_array_elements_text(a.outcome -> 'winners') as n
            from result_part a join round r on r.id = a.round_id where r.slug = 'micklegate-2026'`).map((w) => w.n).sort());
        for (const part of result.parts)
            for (const url of Object.values(part.files)) assert.equal((await reader.get(url)).status, 200, url);
    });

    it('addresses in answers lead somewhere', async () => {
        const all = await ask(`${api}/rounds`);
        for (const key of ['url', 'api_url']) assert.equal((await reader.get(all.items[0][key])).status, 200);
        const home = await ask(api);
        for (const url of [home.description, home.neighbourhoods, home.rounds, home.about])
            assert.equal((await reader.get(url)).status, 200, url);
    });
});

describe('pages of a list', () => {
    it('following `next` meets each thing once, in one order', async () => {
        const whole = (await ask(`${api}/rounds`, {}, '?limit=100')).items.map((l) => l.slug);
        const met = [];
        let at = `${api}/rounds?limit=3`, hops = 0;
        while (at) {
            const page = await reader.get(at);
            met.push(...check(`${api}/rounds`, page).items.map((l) => l.slug));
            at = /<([^>]+)>; rel="next"/.exec(page.headers.link)?.[1];
            assert.match(page.headers.link, /rel="first".*rel="last"/);
            assert.ok(hops++ < 50);
        }
        assert.deepEqual(met, whole);
        assert.ok(hops > 1);
    });

    it('links keep what was asked for; past the end is empty', async () => {
        const page = await reader.get(`${api}/rounds?neighbourhood=westfield&phase=open&limit=1`);
        const list = check(`${api}/rounds`, page);
        assert.ok(list.total > 1 && list.items.every((l) => l.phase === 'open'));
        assert.match(page.headers.link, /rounds\?neighbourhood=westfield&phase=open&page=2&limit=1>; rel="next"/);
        const past = await reader.get(`${api}/rounds?page=9999`);
        assert.deepEqual(check(`${api}/rounds`, past).items, []);
        assert.match(past.headers.link, /page=1&limit=50>; rel="prev"/);
    });

    for (const query of ['?page=0', '?page=-1', '?page=x', '?limit=0', '?limit=101', '?limit=', '?page=1&page=2',
        '?page=123456', '?phase=later', '?neighbourhood=a%3E%3B%20rel%3Dx', '?neighbourhood=%ff'])
        it(`${query}: a problem, told as one`, async () => {
            const page = await reader.get(`${api}/rounds${query}`);
            assert.equal(page.status, 400);
            assert.equal(check(`${api}/rounds`, page).status, 400);
            assert.equal(page.headers.link, undefined);
        });
});

describe('for other sites and for those who ask again', () => {
    it('an unchanged answer is a 304 without a body, with and without a query', async () => {
        for (const where of [`${api}/rounds`, `${api}/rounds?limit=2`, `${api}/rounds?limit=3`, `${api}/rounds/westfield-2026`]) {
            const first = await reader.request('GET', where);
            const { etag } = first.headers;
            assert.match(etag, /^"[0-9a-f]{32}"$/, where);
            const again = await reader.request('GET', where, { headers: { 'if-none-match': etag } });
            assert.equal(again.status, 304, where);
            assert.equal(again.body, '');
            assert.equal(again.headers['access-control-allow-origin'], '*');
            const other = await reader.request('GET', where, { headers: { 'if-none-match': '"0"' } });
            assert.equal(other.status, 200);
            assert.equal(other.body, first.body);
        }
        const [two, three] = [await reader.get(`${api}/rounds?limit=2`), await reader.get(`${api}/rounds?limit=3`)];
        assert.notEqual(two.headers.etag, three.headers.etag);
    });

    it('a script of any site may read, and only read', async () => {
        const page = await reader.request('GET', `${api}/neighbourhoods`, { headers: { origin: 'https://elsewhere.example' } });
        assert.equal(page.headers['access-control-allow-origin'], '*');
        assert.equal(page.headers['access-control-allow-credentials'], undefined);
        assert.equal(page.headers['cross-origin-resource-policy'], 'cross-origin');
        assert.match(page.headers['access-control-expose-headers'], /ETag, Link/);
        assert.equal(page.headers['set-cookie'], undefined);
        const before = await reader.request('OPTIONS', `${api}/neighbourhoods`, {
            headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'GET',
                'access-control-request-headers': 'if-none-match' } });
        assert.equal(before.status, 204);
        assert.equal(before.body, '');
        assert.equal(before.headers['access-control-allow-origin'], '*');
        assert.equal(before.headers['access-control-allow-methods'], 'GET, HEAD');
        assert.match(before.headers['access-control-allow-headers'], /If-None-Match/);
        const head = await reader.request('HEAD', `${api}/neighbourhoods`);
        assert.equal(head.status, 200);
        assert.equal(head.body, '');
        assert.equal(head.headers.etag, page.headers.etag);
        for (const other of ['/', '/rounds', '/vote/code', '/desk']) {
            const elsewhere = await reader.request('GET', other, { headers: { origin: 'https://elsewhere.example' } });
            assert.equal(elsewhere.headers['access-control-allow-origin'], undefined, other);
            assert.equal((await reader.request('OPTIONS', other)).status, 405, other);
        }
    });

    it('what is not there, or not allowed, is a problem too', async () => {
        for (const where of [`${api}/rounds/none`, `${api}/neighbourhoods/none/agreements/1`, `${api}/rounds/westfield-2026/proposals/0`,
            `${api}/neighbourhoods/westfield/agreements/99`, `${api}/nothing`, '/api/v2']) {
            const page = await reader.request('GET', where);
            assert.equal(page.status, 404, where);
            assert.equal(page.headers['content-type'], 'application/problem+json');
            assert.equal(page.headers['access-control-allow-origin'], '*');
            assert.deepEqual([page.json().status, page.json().title, page.json().type], [404, 'Not Found', 'about:blank']);
        }
        const post = await reader.request('POST', `${api}/rounds`, { body: '' });
        assert.equal(post.status, 405);
        assert.equal(post.headers.allow, 'GET, HEAD, OPTIONS');
        assert.equal(post.json().status, 405);
    });
});

describe('what is not told', () => {
    const everything = async () => {
        let all = '';
        for (const { slug } of (await ask(`${api}/rounds`, {}, '?limit=100')).items)
            for (const more of ['', '/proposals', '/result']) all += (await reader.get(`${api}/rounds/${slug}${more}`)).body;
        return all + (await reader.get(`${api}/neighbourhoods`)).body;
    };

    it('drafts, of rounds and of editions', async () => {
        house.value(`insert into agreement_edition (neighbourhood_id, edition, title, state)
            select id, 77, 'Secret draft', 'draft' from neighbourhood where slug = 'westfield'; notify content`);
        const draft = house.value('select slug from round where not frozen limit 1');
        assert.equal((await reader.get(`${api}/neighbourhoods/westfield/agreements/77`)).status, 404);
        assert.doesNotMatch((await reader.get(`${api}/neighbourhoods/westfield/agreements?limit=99`)).body, /Secret draft/);
        if (draft) assert.equal((await reader.get(`${api}/rounds/${draft}`)).status, 404);
    });

    it('small counts: those that the page does not show are null', async () => {
        const set = (web, texts, ballots) => house.value(`update result set web = ${web}, texts = ${texts}, paper = 0, assisted = 0,
            ballots = ${ballots} where round_id = (select id from round where slug = 'micklegate-2026'); notify content`);
        const shown = (ballots) => until('the new figures', async () =>
            (await reader.get(`${api}/rounds/micklegate-2026/result`)).json().ballots === ballots);
        const channels = async () => (await ask(`${api}/rounds/{slug}/result`, { slug: 'micklegate-2026' })).ballots_by_channel;
        const was = house.rows(`select web, texts, ballots from result x join round r on r.id = x.round_id where r.slug = 'micklegate-2026'`)[0];
        set(50, 3, 53);
        await shown(53);
        assert.deepEqual(await channels(), { web: null, text: null, paper: 0, assisted: 0 });
        assert.match((await reader.get('/rounds/micklegate-2026/result')).text, /On the web not shown By text not shown/);
        set(40, 13, 54);
        await shown(54);
        assert.deepEqual(await channels(), { web: 40, text: 13, paper: 0, assisted: 0 });
        house.value(`update result set withdrawn = 4, voided = 0, replaced = 5, ballots = 55 where round_id =
            (select id from round where slug = 'micklegate-2026'); notify content`);
        await shown(55);
        const few = await ask(`${api}/rounds/{slug}/result`, { slug: 'micklegate-2026' });
        assert.deepEqual([few.withdrawn, few.voided, few.replaced], [null, 0, 5]);
        assert.match((await reader.get('/rounds/micklegate-2026/result')).text, /withdrawn: fewer than 5/);
        set(5, 4, 9);
        await shown(9);
        assert.equal(await channels(), null);
        set(was.web, was.texts, was.ballots);
    });

    it('voters, codes, numbers, commitments', async () => {
        const all = await everything();
        for (const { code } of house.demo.codes.slice(0, 5)) assert.ok(!all.includes(code));
        const made = house.rows(`select encode(commitment, 'hex') as x from revision limit 50`);
        assert.ok(made.length > 0);
        for (const { x } of made) assert.ok(!all.includes(x));
        assert.doesNotMatch(all, /"(voter|voter_id|credential|officer|phone_number|receipt|pseudonym|commitment)"/);
    });
});

it('feeds, calendars and tables are of the types that it says', async () => {
    for (const [template, slug] of [['/feeds/rounds.atom'], ['/feeds/results.atom'], ['/feeds/dates.ics'],
        ...['rounds.atom', 'results.atom', 'dates.ics'].map((f) => [`/neighbourhoods/{slug}/${f}`, 'westfield']),
        ...['dates.ics', 'projects.csv', 'projects.ods'].map((f) => [`/rounds/{slug}/${f}`, 'westfield-2026'])])
        assert.ok((await ask(template, { slug })).length > 100, template);
    for (const file of ['pot-1.pb', 'pot-1.json', 'pot-1.txt', 'result.csv', 'result.ods'])
        for (const at of ['result', 'versions/{version}'])
            assert.ok((await ask(`/rounds/{slug}/${at}/{file}`, { slug: 'micklegate-2026', version: 1, file })) !== undefined);
});

it('every path of the document was asked and checked', () => {
    assert.deepEqual(Object.keys(doc.paths).filter((p) => !seen.has(p)), []);
});
