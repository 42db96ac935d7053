// resident.test.mjs: a resident's road in a real browser, told as stories: a code, a ballot, a
// check, a receipt; and every way in which it can go wrong, in the resident's words, with what was
// typed or ticked still there. Every page that is met is given to axe at the width of a phone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openChromium, openWindow } from '../lib/chromium.mjs';
import { openHouse } from '../lib/harness.mjs';
import { openBooth, path, pounds, pressed, proceed, tick, words } from './booth.mjs';

let house, browser, demo;
let go, freshCode, look, enter, signedIn, projects, revisions;

before(async () => {
    house = await openHouse();
    demo = await house.loadDemo();
    await house.startServer();
    browser = await openChromium();
    ({ go, freshCode, look, enter, signedIn, projects, revisions } =
        openBooth(house, browser, demo));
});

after(async () => {
    await browser?.close();
    await house?.close();
});

test('a code from the letter opens the ward, the city and the agreement', async () => {
    const page = await openWindow(browser, { width: 360 });
    const code = freshCode('Westfield');
    await go(page, '/');
    await page.click('text=Vote with your code');
    assert.equal(path(page), '/vote/code');
    await look(page, 'code');
    // As people type it: spaces, dashes, the letters O and l.
    const typed = `${code.slice(0, 3)} ${code.slice(3, 6)}-${code.slice(6)}`
        .replaceAll('0', 'O').replaceAll('1', 'l');
    await page.fill('#code', typed);
    await proceed(page);
    assert.equal(path(page), '/vote/rounds');
    await look(page, 'rounds');
    const said = await words(page);
    for (const title of ['Westfield 2026', 'City-wide fund 2026', 'Westfield agreement'])
        assert.ok(said.includes(title), title);
    assert.ok(!said.includes('Acomb 2026'));
    await go(page, '/vote/code');
    assert.equal(path(page), '/vote/rounds', 'who is signed in is not asked again');
});

test('no code, a mistyped code, an unknown code: said plainly, and kept', async () => {
    const page = await openWindow(browser, { width: 360 });
    await go(page, '/vote/code');
    await proceed(page);
    assert.match(await page.title(), /^Error: /);
    assert.match(await words(page), /Enter the code from your letter/);
    await look(page, 'code-missing');
    await page.fill('#code', '123 456');
    await proceed(page);
    const first = await words(page);
    assert.match(first, /That code is not right\. Check for digits that look alike, or call 01904 000000/);
    assert.equal(await page.inputValue('#code'), '123 456');
    await look(page, 'code-wrong');
    await page.click('.govuk-error-summary a');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'code');
    // Well formed, but nobody's: the same words.
    await page.fill('#code', '000 000 000 0000');
    await proceed(page);
    assert.equal((await words(page)).replace('000 000 000 0000', ''), first);
});

test('a void code gets the words of an unknown one; the sixth try has to wait', async () => {
    const browserless = house.browser();
    const code = freshCode('Heworth');
    house.value(`update credential set voided_at = clock_timestamp()
                 where serial = '${demo.codes.find((c) => c.code === code).serial}'`);
    house.value('delete from code_try');
    const unknown = await browserless.post('/vote/code', { code: '0000000000000' });
    const voided = await browserless.post('/vote/code', { code });
    assert.equal(unknown.status, 422);
    assert.equal(voided.status, 422);
    assert.equal(voided.body.replaceAll(code, ''), unknown.body.replaceAll('0000000000000', ''));
    for (let i = 2; i < 5; i++) await browserless.post('/vote/code', { code });
    assert.equal(house.value(`select count(*) from code_try where outcome = 'wrong'`), '5');
    const good = freshCode('Heworth');
    const waited = await browserless.post('/vote/code', { code: good });
    assert.equal(waited.status, 429);
    assert.equal(waited.headers['retry-after'], '900');
    assert.match(waited.text, /Too many tries\. Wait 15 minutes, or call 01904 000000/);
    assert.equal(house.value(`select count(*) from code_try where outcome = 'wrong'`), '5', 'waiting costs no further try');
    house.value(`update code_try set at = at - interval '16 minutes'`);
    const later = await browserless.post('/vote/code', { code: good });
    assert.equal(later.path, '/vote/rounds');
    house.value('delete from code_try');
    browserless.close();
});

test('a scanned letter fills the code in, and does not sign in', async () => {
    const page = await openWindow(browser, { width: 360 });
    const code = freshCode('Westfield');
    await go(page, `/v/${code}`);
    assert.equal((await page.inputValue('#code')).replaceAll(' ', ''), code);
    assert.deepEqual(await page.context().cookies(), []);
    await look(page, 'code-prefilled');
    await proceed(page);
    assert.equal(path(page), '/vote/rounds');
});

test('a knapsack ballot: over the pot, back within it, checked, cast, changed', async () => {
    const page = await signedIn('Westfield');
    const all = projects('westfield-2026');
    await page.click('text=Westfield 2026');
    await look(page, 'ballot-empty');
    assert.match(await page.innerText('#total'), /£0 of £24,400 chosen\. £24,400 left\./);
    assert.equal(await page.isVisible('#update'), false);
    await tick(page, ...all.map((p) => p.number));
    const cost = all.reduce((sum, p) => sum + p.cost, 0);
    const over = `${pounds(cost)} of £24,400 chosen. ${pounds(cost - 2440000)} over: remove something.`;
    assert.equal((await page.innerText('#total .wm-total')).replace(/\s+/g, ' '), over);
    await page.waitForFunction((t) => document.querySelector('#say').textContent === t, over);
    assert.equal(await page.locator('input[name=p]:disabled').count(), 0);
    await proceed(page);
    assert.match(await page.title(), /^Error: /);
    assert.ok(
        (await words(page)).includes(
            `Your choices cost ${pounds(cost)}. Remove ${pounds(cost - 2440000)} or more so they cost £24,400 or less`,
        ),
    );
    assert.equal((await pressed(page)).length, all.length, 'all ticks are kept');
    await look(page, 'ballot-over');

    await tick(page, all[0].number, all[3].number);
    await proceed(page);
    assert.equal(path(page), '/ballot/westfield-2026/check');
    await look(page, 'check');
    const chosen = all[0].cost + all[3].cost;
    assert.ok((await words(page)).includes(`You have ${pounds(2440000 - chosen)} left. You can add more projects.`));
    await page.click('text=Change >> nth=0');
    assert.deepEqual(await pressed(page), [all[0].number, all[3].number]);
    await proceed(page);

    const before = revisions();
    await page.click('text=Cast my vote');
    assert.equal(path(page), '/ballot/westfield-2026/done');
    await look(page, 'done');
    const receipt = /R[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/.exec(await words(page))[0];
    assert.ok(!(await words(page)).includes('Planters'), 'no choices on the receipt');
    await page.reload();
    assert.ok((await words(page)).includes(receipt), 'survives a reload');
    assert.equal(revisions(), before + 1);

    await page.click('text=Change your vote');
    assert.deepEqual(await pressed(page), [all[0].number, all[3].number], 'what stands is ticked');
    await look(page, 'ballot-again');
    await tick(page, all[5].number);
    await proceed(page);
    assert.match(await words(page), /This replaces the ballot that you cast before/);
    await page.click('text=Cast my vote');
    const second = /R[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/.exec(await words(page))[0];
    assert.notEqual(second, receipt);
    await go(page, '/vote/rounds');
    assert.match(await words(page), /Westfield 2026 Voted/i);

    for (const [which, heading] of [
        [second.toLowerCase().replaceAll('-', ' '), 'This ballot counts'],
        [receipt, 'A later ballot replaced this one'],
    ]) {
        await go(page, '/receipt');
        await page.fill('#receipt', which);
        await page.click('button:text-is("Check")');
        assert.equal(await page.innerText('h1'), heading);
        await look(page, 'receipt');
    }
});

test('the same ballot with scripts off, and the Back button', async () => {
    const page = await signedIn('Westfield', { width: 360, scriptless: true });
    const all = projects('westfield-2026');
    await go(page, '/ballot/westfield-2026');
    await page.check(`#p${all[1].number}`);
    await page.click('text=Update total');
    assert.ok((await page.innerText('#total')).startsWith(`${pounds(all[1].cost)} of £24,400 chosen.`));
    assert.deepEqual(await pressed(page), [all[1].number]);
    await look(page, 'no-scripts');
    assert.equal(await page.isVisible('#update'), true);
    await proceed(page);
    await look(page, 'no-scripts-check');
    await page.goBack();
    assert.deepEqual(await pressed(page), [all[1].number]);
    await proceed(page);
    await page.click('text=Cast my vote');
    assert.equal(path(page), '/ballot/westfield-2026/done');
});

test('an approval ballot: too many, none', async () => {
    const page = await signedIn('Westfield');
    const all = projects('york-2026');
    await go(page, '/ballot/york-2026');
    assert.match(await page.innerText('#total'), /0 of 3 chosen/);
    await tick(page, ...all.slice(0, 5).map((p) => p.number));
    assert.match((await page.innerText('#total .wm-total')).replace(/\s+/g, ' '), /^5 of 3 chosen\. Remove 2\.$/);
    await proceed(page);
    assert.match(await words(page), /You can choose up to 3 projects\. Remove 2/);
    assert.equal((await pressed(page)).length, 5);
    await look(page, 'approval-too-many');
    await tick(page);
    await proceed(page);
    assert.match(await words(page), /Choose at least one project/);
    await look(page, 'approval-none');
});

test('two pots: each has its own sum, and the one that is over is named', async () => {
    const page = await signedIn('Guildhall');
    const all = projects('guildhall-2026').filter((p) => p.pot === 2);
    await go(page, '/ballot/guildhall-2026');
    await tick(page, ...all.map((p) => p.number));
    const cost = all.reduce((sum, p) => sum + p.cost, 0);
    assert.ok(cost > 600000, 'the demo has more than the second pot can pay for');
    const lines = await page.locator('.wm-total').allInnerTexts();
    assert.match(lines[0], /^Ward pot: £0 of £15,000 chosen/);
    assert.ok(lines[1].startsWith(`Greener streets: ${pounds(cost)} of £6,000 chosen.`));
    await proceed(page);
    assert.ok((await words(page)).includes(`Your choices from Greener streets cost ${pounds(cost)}. Remove ${pounds(cost - 600000)} or more so they cost £6,000 or less`));
    await look(page, 'two-pots');
});

test('a yes or no question about the agreement', async () => {
    const page = await signedIn('Westfield');
    await go(page, '/ballot/westfield-agreement-2026');
    await look(page, 'question');
    await proceed(page);
    assert.match(await words(page), /Choose yes or no/);
    await look(page, 'question-none');
    await page.click('label:text-is("No")');
    await proceed(page);
    assert.match(await words(page), /No Change/);
    await look(page, 'question-check');
    await page.click('text=Cast my vote');
    assert.equal(path(page), '/ballot/westfield-agreement-2026/done');
    assert.equal(house.value(`select weights from revision v join round r on r.id = v.round_id
        where r.slug = 'westfield-agreement-2026' order by v.written_at desc limit 1`), '{0}');
});

test('a form sent twice counts once; sent again with other picks it is refused, and kept', async () => {
    const page = await signedIn('Westfield');
    const all = projects('westfield-2026');
    await go(page, '/ballot/westfield-2026');
    await tick(page, all[2].number);
    await proceed(page);
    const before = revisions();
    const send = (number) =>
        page.evaluate(async (n) => {
            const form = document.querySelector('main form');
            const data = new URLSearchParams(new FormData(form));
            data.set('p', n);
            const answer = await fetch(form.action, { method: 'POST', body: data, redirect: 'manual' });
            return { status: answer.status, text: answer.type === 'basic' ? await answer.text() : '' };
        }, number);
    await send(all[2].number);
    await send(all[2].number);
    assert.equal(revisions(), before + 1);
    const reused = await send(all[4].number);
    assert.equal(reused.status, 409);
    assert.match(reused.text, /This page was used already/);
    assert.equal(revisions(), before + 1);
    await go(page, '/ballot/westfield-2026/check');
    assert.ok((await page.content()).includes(`value="${all[4].number}"`), 'the new choices are kept');
    await page.click('text=Cast my vote');
    assert.equal(path(page), '/ballot/westfield-2026/done');
    assert.equal(revisions(), before + 2);
});

test('signed out elsewhere in the middle of a ballot: the choices survive the new sign-in', async () => {
    const page = await signedIn('Westfield');
    const all = projects('westfield-2026');
    await go(page, '/ballot/westfield-2026');
    await tick(page, all[6].number, all[7].number);
    house.value(`update voter set generation = generation + 1 where id = (
        select voter_id from credential where serial = '${demo.codes.find((c) => c.code === page.code).serial}')`);
    await proceed(page);
    assert.equal(await page.innerText('h1'), 'You have been signed out');
    assert.match(await words(page), /Your choices are kept on this device/);
    await look(page, 'signed-out');
    await enter(page, page.code);
    assert.match(await words(page), /Your choices are kept: continue where you stopped/);
    await look(page, 'rounds-started');
    await page.click('text=Westfield 2026');
    assert.deepEqual(await pressed(page), [all[6].number, all[7].number]);
});

test('the button signs out everywhere', async () => {
    const page = await signedIn('Westfield');
    const other = await openWindow(browser, { width: 360 });
    await enter(other, page.code);
    await page.click('button:text-is("Sign out")');
    assert.equal(path(page), '/vote');
    await go(other, '/vote/rounds');
    assert.equal(await other.innerText('h1'), 'You have been signed out');
});

test('rounds that are not open, or not for this voter, say so on a page of their own', async () => {
    const page = await signedIn('Westfield');
    for (const [slug, heading] of [
        ['acomb-2026', 'Your code does not vote here'],
        ['micklegate-2026', 'Your code does not vote here'],
    ]) {
        await go(page, `/ballot/${slug}`);
        assert.equal(await page.innerText('h1'), heading);
        await look(page, `away-${slug}`);
    }
    const stranger = await openWindow(browser, { width: 360 });
    await go(stranger, '/ballot/westfield-2026');
    assert.equal(path(stranger), '/vote/code', 'who was never signed in is asked for a code');
});

test('the vote closes between the check and the button: said on a page of its own, nothing cast', async () => {
    const page = await signedIn('Heworth');
    const all = projects('heworth-2026');
    await go(page, '/ballot/heworth-2026');
    await tick(page, all[0].number);
    await proceed(page);
    const before = revisions();
    // A frozen round does not change; only a superuser who switches triggers off can do this.
    house.value(`set session_replication_role = replica;
        update round set closes_at = clock_timestamp() where slug = 'heworth-2026'`);
    await page.click('text=Cast my vote');
    assert.equal(await page.innerText('h1'), 'Voting has closed');
    await look(page, 'closed');
    assert.equal(revisions(), before);
    await go(page, '/rounds/heworth-2026');
    assert.match(await words(page), /Voting closed at (?!\d+:\d+:).* The result will be published here/);
    await look(page, 'round-closed');
});

test('the database is gone while a vote is cast: the same form, sent again, counts once', async () => {
    const page = await signedIn('Westfield');
    const all = projects('westfield-2026');
    await go(page, '/ballot/westfield-2026');
    await tick(page, all[1].number, all[2].number);
    await proceed(page);
    const before = revisions();
    house.stopDatabase();
    try {
        await page.click('text=Cast my vote');
        assert.equal(await page.innerText('h1'), 'We could not confirm your vote');
        assert.match(await words(page), /Try again: it cannot count twice\. Your choices are kept\./);
        await look(page, 'try-again');
        const other = await openWindow(browser, { width: 360 });
        assert.equal((await go(other, '/vote')).status(), 503);
        await look(other, 'busy');
    } finally {
        house.startDatabase();
    }
    await page.click('button:text-is("Try again")');
    assert.equal(path(page), '/ballot/westfield-2026/done');
    assert.equal(revisions(), before + 1);
});

test('with the keyboard alone, on a narrow window, nothing that has the focus is hidden', async () => {
    const page = await signedIn('Westfield', { width: 320 });
    await page.setViewportSize({ width: 320, height: 640 });
    await go(page, '/ballot/westfield-2026');
    const stops = [];
    for (;;) {
        await page.keyboard.press('Tab');
        const stop = await page.evaluate(() => {
            const e = document.activeElement;
            if (!e || e === document.body) return null;
            const box = e.getBoundingClientRect();
            const bar = document.querySelector('#total').getBoundingClientRect();
            const inside = document.querySelector('#total').contains(e);
            return {
                label: e.id || e.textContent.trim().slice(0, 40),
                seen: box.bottom > 0 && box.top < innerHeight && (inside || box.bottom <= bar.top + 1),
            };
        });
        if (!stop || stops.length > 100) break;
        stops.push(stop);
    }
    assert.ok(stops.length > 30, `${stops.length} stops`);
    // Only what comes before the bar in the page can lie below it on the screen.
    const bar = stops.findIndex((s) => s.label === 'Continue');
    assert.deepEqual(stops.slice(0, bar).filter((s) => !s.seen), []);
});

test('a result: reasons, files, and no formula in the table', async () => {
    const b = house.browser();
    const page = await b.get('/rounds/micklegate-2026/result');
    assert.match(page.heading, /^Micklegate chose \w+ projects$/);
    assert.equal((page.body.match(/class="wm-project"/g) ?? []).length,
        projects('micklegate-2026').length);
    const csv = await b.get('/rounds/micklegate-2026/result/result.csv');
    assert.equal(csv.headers['content-type'], 'text/csv; charset=utf-8');
    assert.match(csv.headers['content-disposition'], /attachment; filename="micklegate-2026-result\.csv"/);
    assert.ok(csv.body.startsWith('pot,number,project,cost,votes,funded,reason,council_decision,'));
    const pb = await b.get('/rounds/micklegate-2026/result/pot-1.pb');
    assert.ok(pb.body.startsWith('META'));
    const json = await b.get('/rounds/micklegate-2026/result/pot-1.json');
    assert.equal(json.json().format, 'wardmote-result/1');
    const log = await b.get('/rounds/micklegate-2026/result/pot-1.txt');
    assert.equal(log.status, 200);
    for (const path of ['pot-2.pb', 'pot-1.exe', 'x'])
        assert.equal((await b.get(`/rounds/micklegate-2026/result/${path}`)).status, 404, path);
    assert.match((await b.get('/rounds/westfield-2026/result')).text, /No result yet/);
    assert.equal((await b.get('/rounds/westfield-2026/result/result.csv')).status, 404);
    b.close();
});

test('pages stay within their bytes', async () => {
    const { gzipSync } = await import('node:zlib');
    const b = house.browser();
    const home = await b.get('/');
    const css = await b.get(/href="([^"]*service\.css)"/.exec(home.body)[1]);
    assert.ok(gzipSync(css.raw, { level: 9 }).length <= 12 * 1024, 'stylesheet');
    assert.match(css.headers['cache-control'], /immutable/);
    for (const path of ['/', '/neighbourhoods', '/neighbourhoods/westfield/agreement', '/text',
        '/rounds/westfield-2026', '/rounds/micklegate-2026/result'])
        assert.ok(gzipSync((await b.get(path)).raw, { level: 9 }).length <= 10 * 1024, path);
    for (const path of ['/', '/vote', '/text', '/rounds/micklegate-2026/result'])
        assert.ok(!/<script|style=|<style/.test((await b.get(path)).body), `${path}: no script, no style`);
    b.close();
});

test('unknown addresses and an unknown area say where to go on', async () => {
    const page = await openWindow(browser, { width: 360 });
    for (const path of ['/nothing', '/neighbourhoods/atlantis', '/rounds/atlantis',
        '/rounds/westfield-2026/9999', '/rounds/holgate-2027']) {
        const answer = await go(page, path);
        assert.equal(answer.status(), 404, path);
        await look(page, 'missing');
    }
});

test('with the demonstration switched off there are no codes on show', async () => {
    const b = house.browser();
    assert.match((await b.get('/demo')).text, /Voting code/);
    await house.server.stop();
    await house.startServer({ demo: 'off', public_url: 'https://vote.york.example' });
    assert.equal((await b.get('/demo')).status, 404);
    b.close();
});
