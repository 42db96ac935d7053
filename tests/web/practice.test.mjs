// practice.test.mjs: a round to practise on: officers make ballots up, count them and compare ways of counting;
// each page says that it is practice, and nobody else ever meets it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openHouse } from '../lib/harness.mjs';
import { faults, openChromium, openWindow, shot } from '../lib/chromium.mjs';
import { count, london, officersOf, signIn, tokenOf, turnsNow } from './officers.mjs';
import { makeRound } from './rounds_over.mjs';

let house, ada, tom, reader;
const at = '/desk/rounds/dry-run';
const banner = /Practice: these votes do not count\./;
const voted = (page) => Number(/Voted (\d+)/.exec(page.text)[1]);
const phase = () => house.value(`select api.desk_phase(round) from round where slug = 'dry-run'`);

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    makeRound(house, 'real', { kind: 'approval', rule: 'greedy', ballots: [{ 1001: 1 }] });
    await house.startServer();
    const officers = officersOf(house);
    [ada, tom] = [await signIn(house, officers.ada), await signIn(house, officers.tom)];
    reader = house.browser();
});
after(() => house?.close());

test('it is made like any round, by two officers, and says that it is practice', async () => {
    const form = await ada.get('/desk/rounds/new');
    const opens = london(3600), closes = london(2 * 86400);
    const saved = await ada.submit(form, {
        area: 'westfield', title: 'Dry run', kind: 'knapsack', method: 'shares', eligibility: 'practice', pot1_name: 'Pot',
        pot1_amount: '1,000', grace: '0', points_sum: '10', points_max: '5', minimum_votes: '0', min_picks: '1', max_picks: '3',
        minimum_age: '18', residence: 'postcode', opens_date: opens.date, opens_time: opens.time,
        closes_date: closes.date, closes_time: closes.time,
    }, { form: '/desk/rounds/new' });
    assert.equal(saved.path, at, saved.text);
    assert.match(saved.text, banner);
    assert.match(saved.text, /Voters Nobody: this is practice/);
    assert.doesNotMatch(saved.text, /Voting codes Done|Voting codes To do/);
    for (const [title, cost] of [['Bench', '400'], ['Trees', '500'], ['Mural', '900']]) {
        const preview = await ada.submit(await ada.get(`${at}/proposals`), { title, short_name: title, cost, pot: '1', then: 'preview' },
            { form: `${at}/proposals` });
        assert.match(preview.text, banner);
        await ada.submit(preview, {}, { form: /publish$/ });
    }
    await ada.submit(await ada.get(at), {}, { form: `${at}/review` });
    await tom.submit(await tom.get(at), {}, { form: `${at}/approve` });
    const scheduled = await tom.submit(await tom.get(at), {}, { form: `${at}/schedule` });
    assert.match(scheduled.text, /Scheduled|Open/, scheduled.text);
});

test('ballots are made up while it is open, and are cast like any other', async () => {
    turnsNow(house, 'dry-run', 'opens_at');
    assert.equal(phase(), 'open');
    const wrong = await ada.submit(await ada.get(at), { ballots: '501' }, { form: `${at}/practice` });
    assert.match(wrong.body, /href="#ballots">Enter a number, 1 to 500/);
    assert.match(wrong.body, /value="501"/, 'what was typed is kept');
    assert.equal(wrong.status, 422);
    const made = await ada.submit(await ada.get(at), { ballots: '40' }, { form: `${at}/practice` });
    assert.equal(made.path, at);
    assert.equal(voted(made), 40);
    assert.equal(voted(await ada.submit(await ada.get(at), { ballots: '25' }, { form: `${at}/practice` })), 65);
    assert.equal(house.value(`select count(distinct commitment) from revision x join round r on r.id = x.round_id where r.slug = 'dry-run'`), '65');
    assert.equal((await ada.post('/desk/rounds/real/practice', { token: tokenOf(made), ballots: '5' })).status, 409, 'not in a real round');
});

test('nobody meets it who does not know its address, and then it says what it is', async () => {
    for (const path of ['/', '/rounds', '/neighbourhoods/westfield', '/results', '/feeds', '/api/v1/rounds'])
        assert.doesNotMatch((await reader.get(path)).text, /Dry run/, path);
    for (const path of ['/api/v1/rounds/dry-run', '/rounds/dry-run/result', '/rounds/dry-run/dates.ics'])
        assert.equal((await reader.get(path)).status, 404, path);
    const page = await reader.get('/rounds/dry-run');
    assert.match(page.text, banner);
    assert.doesNotMatch(page.text, /Vote now|Text VOTE/);
    const number = house.value(`select to_char(min(p.number), 'FM0000') from proposal p join round r on r.id = p.round_id where r.slug = 'dry-run'`);
    for (const path of [`/rounds/dry-run/${number}`, '/rounds/dry-run/rules'])
        assert.match((await reader.get(path)).text, banner, path);
    const rules = (await reader.get('/rounds/dry-run/rules')).text;
    assert.match(rules, /Nobody can vote: this is practice/);
    assert.doesNotMatch(rules, /One person, one ballot/);
    assert.doesNotMatch((await reader.get('/rounds/westfield-2026')).text, banner);
    assert.doesNotMatch((await ada.get('/desk/rounds/westfield-2026')).text, banner);
});

test('it is counted, and ways of counting are compared on one page', async () => {
    assert.equal((await ada.get(`${at}/compare`)).status, 409, 'not before the count');
    turnsNow(house, 'dry-run', 'closes_at');
    assert.equal(phase(), 'to_count');
    assert.equal((await ada.post(`${at}/practice`, { token: tokenOf(await ada.get(at)), ballots: '5' })).status, 409, 'nothing is made up now');
    const counted = await count(ada, 'dry-run');
    assert.match(counted.text, banner);
    assert.match(counted.text, /No result of practice is published/);
    assert.doesNotMatch((await reader.get('/rounds/dry-run')).text, /will be published|Being counted/);
    assert.equal(counted.forms.some((f) => /review/.test(f.action)), false);
    const token = tokenOf(counted);
    const refused = await ada.post(`${at}/result/review`, { token });
    assert.equal(refused.status, 409);
    assert.match(refused.text, /Practice is not published/);
    const page = await ada.get(`${at}/compare`);
    assert.match(page.text, banner);
    for (const words of ['Most votes first', 'Most for the money first', 'Equal shares', 'it is not spent', 'Phragmén’s rule'])
        assert.ok(page.text.includes(words), words);
    const rows = [...page.body.matchAll(/<tr class="govuk-table__row"><th scope="row"[^>]*>([^<]*)<\/th>(.*?)<\/tr>/gs)].map((m) =>
        [m[1], ...[...m[2].matchAll(/<td[^>]*>([^<]*)</g)].map((c) => c[1])]);
    assert.equal(rows.length, 5, 'three proposals, the money, who gets nothing');
    for (const row of rows) assert.equal(row.length, 7, row.join(' | '));
    // The first column is the rule of most votes: what it spends is what its projects cost.
    const cost = { Bench: 400, Trees: 500, Mural: 900 };
    const spent = rows.slice(0, 3).filter((r) => r[1] === 'Funded').reduce((sum, r) => sum + cost[r[0].split(' ')[1]], 0);
    assert.equal(Number(rows[3][1].replace(/[£,]/g, '')), spent);
    // What was counted by the round's own rule, equal shares, is the third column.
    const winners = house.rows(`select p.outcome from result_part p join round r on r.id = p.round_id where r.slug = 'dry-run'`)[0].outcome.winners;
    assert.deepEqual(rows.slice(0, 3).filter((r) => r[3] === 'Funded').map((r) => r[0].slice(0, 4)).sort(), [...winners].sort());
});

test('rules are not compared on a real round', async () => {
    await count(ada, 'real');
    const page = await ada.get('/desk/rounds/real/compare');
    assert.equal(page.status, 409);
    assert.match(page.text, /real rounds are not practised on/);
    assert.doesNotMatch(page.text, /Ways of counting compared/);
    assert.doesNotMatch((await ada.get('/desk/rounds/real/result')).text, /Compare ways/);
});

test('its pages, for eyes and for axe', async () => {
    const chromium = await openChromium();
    for (const width of [360, 1280]) {
        const page = await openWindow(chromium, { width });
        for (const path of ['/rounds/dry-run', '/rounds/dry-run/rules']) {
            await page.goto(house.url + path);
            assert.deepEqual(await faults(page), [], path);
        }
        await page.context().addCookies([...ada.cookies].map(([name, value]) => ({ name, value, url: house.url })));
        for (const path of [at, `${at}/result`, `${at}/compare`]) {
            await page.goto(house.url + path);
            if (path.endsWith('compare')) await shot(page, `compare-${width}`);
            assert.deepEqual(await faults(page), [], path);
        }
        await page.context().close();
    }
    await chromium.close();
});
