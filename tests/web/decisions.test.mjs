// decisions.test.mjs: what the council decided on each proposal after the vote: written down by one officer,
// confirmed by another, read by residents beside the result and never in it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openHouse, until } from '../lib/harness.mjs';
import { faults, openChromium, openWindow, shot } from '../lib/chromium.mjs';
import { count, londonDay, officersOf, signIn } from './officers.mjs';
import { makeRound } from './rounds_over.mjs';

let house, ada, tom, reader;
const desk = '/desk/rounds/decided/decisions';
const result = '/rounds/decided/result';
const shows = (path, pattern) => until(`${path} ${pattern}`, async () => {
    const page = await reader.get(path);
    return pattern.test(page.text) && page;
});
const today = londonDay(0);
const wish = (more = {}) => ({ number: '1002', decision: 'approved', reason: 'Paid <from> the ward’s own fund', body: 'The Executive', day: today, ...more });

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    makeRound(house, 'decided', { kind: 'approval', rule: 'greedy', ballots: Array.from({ length: 12 }, () => ({ 1001: 1 })) });
    await house.startServer();
    const officers = officersOf(house);
    [ada, tom] = [await signIn(house, officers.ada), await signIn(house, officers.tom)];
    reader = house.browser();
    await count(ada, 'decided');
});
after(() => house?.close());

test('there is nothing to decide before the result is public', async () => {
    assert.equal((await ada.get(desk)).status, 404);
    await ada.submit(await ada.get('/desk/rounds/decided/result'), {}, { form: '/desk/rounds/decided/result/review' });
    await tom.submit(await tom.get('/desk/rounds/decided/result'), {}, { form: '/desk/rounds/decided/result' });
    const page = await shows(result, /What the council decided/);
    assert.match(page.text, /No decision has been published yet/);
    assert.ok((await ada.get('/desk/rounds/decided')).links.some((l) => l.href === desk));
});

test('one officer writes it down; what is wrong is said, and what was typed stays', async () => {
    const page = await ada.get(desk);
    for (const [wrong, words] of [[{ number: '' }, /Choose a proposal/], [{ decision: null }, /Choose what the council decided/],
        [{ reason: '' }, /Give the reason/], [{ body: '' }, /Say who of the council/], [{ day: '31/02/2026' }, /Enter the day/],
        [{ day: londonDay(3) }, /Enter the day/]]) {
        const again = await ada.submit(page, wish(wrong), { form: desk });
        assert.equal(again.status, 422);
        assert.match(again.text, words);
        if (!('body' in wrong)) assert.match(again.body, /value="The Executive"/);
    }
    const asked = await ada.submit(page, wish(), { form: desk });
    assert.equal(asked.path, desk);
    assert.match(asked.text, /1002 Project 1002: Approved by The Executive on/);
    assert.match(asked.text, /Waiting Reason: .*Written down by you/);
    assert.doesNotMatch((await reader.get(result)).text, /Approved/);
});

test('another confirms it, and residents read it beside the vote', async () => {
    assert.match((await tom.get('/desk')).text, /1 decision of the council to confirm/);
    const form = /^\/desk\/decisions\/\d+$/;
    const own = await ada.get('/desk/decisions');
    const token = own.form('/desk/sign-out').pairs()[0][1];
    assert.equal((await ada.post(own.form(form).action, { token, grant: 'yes' })).status, 409, 'not by who wrote it');
    const done = await tom.submit(await tom.get('/desk/decisions'), { grant: 'yes' }, { form });
    assert.match(done.text, /Confirmed Reason: .*confirmed by Tom/);
    const page = await shows(result, /Approved by The Executive/);
    assert.match(page.text, /1002 Project 1002 Not funded Approved by The Executive, \d+ \w+ \d{4}\. Paid <from> the ward’s own fund/);
    assert.match(page.text, /1001 Project 1001 Funded Not decided yet/);
});

test('a later one replaces it, and both are read', async () => {
    await tom.submit(await tom.get(desk), wish({ decision: 'deferred', reason: 'The fund is spent' }), { form: desk });
    await ada.submit(await ada.get(desk), { grant: 'yes' }, { form: /^\/desk\/decisions\/\d+$/ });
    const page = await shows(result, /Deferred by The Executive/);
    assert.match(page.text, /Earlier decisions, which were replaced .*1002 Approved by The Executive/);
    assert.match((await ada.get(desk)).text, /Replaced Reason: .*A later one replaced it/);
});

test('in the table and in open data it has a place of its own', async () => {
    const csv = (await reader.get(`${result}/result.csv`)).body;
    const day = today.split('/').reverse().join('-');
    assert.match(csv, /,funded,reason,council_decision,council_decided_by,council_decided_on,council_reason\r\n/);
    assert.match(csv, new RegExp(`1002,"Project 1002",200\\.00,0,no,"Not funded[^"]*","deferred","The Executive","${day}","The fund is spent"\r\n`));
    assert.match(csv, /1001,"Project 1001",600\.00,12,yes,"[^"]*",,,,\r\n/);
    const api = (await reader.get('/api/v1/rounds/decided/result')).json();
    assert.deepEqual(api.council_decisions.map((d) => [d.number, d.decision, d.decided_on, d.stands]),
        [['1002', 'deferred', day, true], ['1002', 'approved', day, false]]);
    const counted = (await reader.get(`${result}/pot-1.json`)).body;
    assert.doesNotMatch(counted, /Executive|deferred/, 'what the count said is only what the count said');
});

test('its pages, for eyes and for axe', async () => {
    const chromium = await openChromium();
    for (const width of [360, 1280]) {
        const page = await openWindow(chromium, { width });
        await page.goto(house.url + result);
        if (width === 1280) await shot(page, 'result-decided');
        assert.deepEqual(await faults(page), []);
        await page.context().addCookies([...ada.cookies].map(([name, value]) => ({ name, value, url: house.url })));
        for (const path of [desk, '/desk/decisions']) {
            await page.goto(house.url + path);
            assert.deepEqual(await faults(page), [], path);
        }
        await page.context().close();
    }
    await chromium.close();
});
