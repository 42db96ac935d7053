// resident_kinds.test.mjs: every kind of ballot in a real browser, scripts on and off: points,
// rankings, blank ballots, limits of a pot. Each refusal is said in the voter's words, keeps what
// was typed or ticked, and changes nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openChromium } from '../lib/chromium.mjs';
import { openHouse, until } from '../lib/harness.mjs';
import { number, numbered, openBooth, path, pounds, pressed, proceed, receiptOn, tick, words } from './booth.mjs';

const POINTS = 'fishergate-2026', RANKING = 'acomb-streets-2026';
let house, browser, demo;
let go, look, signedIn, projects, revisions, stored, bend;

before(async () => {
    house = await openHouse();
    demo = await house.loadDemo();
    await house.startServer();
    browser = await openChromium();
    ({ go, look, signedIn, projects, revisions, stored, bend } =
        openBooth(house, browser, demo));
});

after(async () => {
    await browser?.close();
    await house?.close();
});

const line = async (page, n = 0) =>
    (await page.locator('#total .wm-total').nth(n).innerText()).replace(/\s+/g, ' ').trim();
const summary = async (page) =>
    (await page.locator('.govuk-error-summary li').allInnerTexts()).map((t) => t.trim());

const whyNot = (page) => page.innerText('#order [data-why]:visible');

// Checks that the error summary's link leads to a field that takes the focus.
async function followError(page) {
    await page.click('.govuk-error-summary a >> nth=0');
    return page.evaluate(() => document.activeElement.id);
}

test('points: the sum is shown; too many, too many to one, words, none; cast, changed', async () => {
    const page = await signedIn('Fishergate');
    const all = projects(POINTS);
    const [a, b, c] = all.map((p) => p.number);
    await page.click('text=Fishergate 2026');
    assert.match(await words(page), /You have 10 points to give, up to 5 to one project/);
    assert.equal(await line(page), '0 of 10 points given. 10 left.');
    assert.equal(await page.isVisible('#update'), false);
    await look(page, 'points-empty');
    const before = revisions();

    await number(page, { [a]: 5, [b]: 5, [c]: 2 });
    assert.equal(await line(page), '12 of 10 points given. 2 too many: take some away.');
    await page.waitForFunction(() => /2 too many/.test(document.querySelector('#say').textContent));
    await proceed(page);
    assert.match(await page.title(), /^Error: /);
    assert.deepEqual(await summary(page), ['You gave 12 points. Take 2 back so that they are 10 or fewer']);
    assert.deepEqual(await numbered(page), { [a]: '5', [b]: '5', [c]: '2' });
    assert.equal(await followError(page), `p${a}`);
    await look(page, 'points-over');

    await number(page, { [a]: 7, [b]: 1 });
    await proceed(page);
    assert.deepEqual(await summary(page), [`“${all[0].title}”: you gave 7 points. The most for one project is 5`]);
    assert.deepEqual(await numbered(page), { [a]: '7', [b]: '1' });
    await look(page, 'points-over-one');

    await number(page, { [a]: 'lots', [b]: '-1', [c]: 3 });
    await proceed(page);
    assert.deepEqual(await summary(page), [
        `“${all[0].title}”: the points must be a whole number, like 3`,
        `“${all[1].title}”: the points must be a whole number, like 3`,
    ]);
    assert.deepEqual(await numbered(page), { [a]: 'lots', [b]: '-1', [c]: '3' });
    await look(page, 'points-words');
    await number(page, { [a]: 'x', [b]: 7, [c]: 4 });
    await proceed(page);
    assert.deepEqual(await summary(page), ['You gave 11 points. Take 1 back so that they are 10 or fewer',
        `“${all[0].title}”: the points must be a whole number, like 3`,
        `“${all[1].title}”: you gave 7 points. The most for one project is 5`], 'all that is wrong, at once');
    await look(page, 'points-all-wrong');

    await number(page, {});
    await proceed(page);
    assert.deepEqual(await summary(page), ['Make a choice, or say that you do not support any of these']);
    assert.equal(revisions(), before, 'nothing was cast on the way');

    await number(page, { [a]: 4, [c]: 3 });
    await proceed(page);
    assert.equal(path(page), `/ballot/${POINTS}/check`);
    assert.match(await words(page), /4 points · .*3 points · /);
    assert.match(await words(page), /You have 3 points left\. You can give more\./);
    await look(page, 'points-check');
    await page.click('text=Change >> nth=0');
    assert.deepEqual(await numbered(page), { [a]: '4', [c]: '3' }, 'the draft carries the points');
    await proceed(page);
    await page.click('text=Cast my vote');
    assert.equal(path(page), `/ballot/${POINTS}/done`);
    assert.equal(stored(page, POINTS), `${a}=4 ${c}=3`);
    await look(page, 'points-done');

    await page.click('text=Change your vote');
    assert.deepEqual(await numbered(page), { [a]: '4', [c]: '3' }, 'what stands is filled in');
    await number(page, { [b]: 5, [c]: 5 });
    await proceed(page);
    await page.click('text=Cast my vote');
    assert.equal(stored(page, POINTS), `${b}=5 ${c}=5`);
    assert.equal(revisions(), before + 2);
});

test('points without scripts: the server adds up', async () => {
    const page = await signedIn('Fishergate', { width: 320, scriptless: true });
    const [a, b] = projects(POINTS).map((p) => p.number);
    await go(page, `/ballot/${POINTS}`);
    await number(page, { [a]: 5, [b]: 2 });
    assert.equal(await line(page), '0 of 10 points given. 10 left.');
    await page.click('text=Update total');
    assert.equal(await line(page), '7 of 10 points given. 3 left.');
    await look(page, 'points-no-scripts');
    // Update says nothing of limits, but keeps what cannot be read before the eyes.
    await number(page, { [a]: 'x', [b]: 2 });
    await page.click('text=Update total');
    assert.deepEqual(await numbered(page), { [a]: 'x', [b]: '2' });
    await number(page, { [a]: ' 5 ', [b]: '05' });
    await proceed(page);
    await page.click('text=Cast my vote');
    assert.equal(stored(page, POINTS), `${a}=5 ${b}=5`);
});

test('a ranking: two in one place, too many; gaps close; the order is shown; cast, changed', async () => {
    const page = await signedIn('Acomb');
    const all = projects(RANKING);
    const [a, b, c, d, e] = all.map((p) => p.number);
    const before = revisions();
    await page.click('text=Acomb streets 2026');
    assert.match(await words(page), /Number projects in the order that you want them: 1 is your first choice\. You can number up to 4\./);
    await look(page, 'ranking-empty');
    await number(page, { [a]: 2, [b]: 1, [c]: 2 });
    assert.equal(await line(page), '3 of 4 numbered.');
    assert.deepEqual((await page.locator('#order li').allInnerTexts())[0], all[1].title);
    const unsettled = /Not settled yet: two projects have the same number\.$/;
    assert.match(await whyNot(page), unsettled, 'told while it is typed');
    await proceed(page);
    assert.match(await whyNot(page), unsettled);
    assert.deepEqual(await page.locator('#order li').evaluateAll((all) => all.map((li) => li.value)), [1, 2, 2]);
    assert.deepEqual(await summary(page), [
        `“${all[0].title}” and “${all[2].title}” are both number 2. Give each a number of its own`]);
    assert.deepEqual(await numbered(page), { [a]: '2', [b]: '1', [c]: '2' });
    assert.equal(await followError(page), `p${c}`);
    await look(page, 'ranking-doubles');
    await number(page, { [a]: 1, [b]: 2, [c]: 3, [d]: 4, [e]: 5 });
    assert.equal(await line(page), '5 of 4 numbered. Remove 1.');
    await proceed(page);
    assert.match(await whyNot(page), /^Not settled yet: you numbered too many projects\.$/);
    assert.deepEqual(await summary(page), ['You can number up to 4 projects. Clear 1']);
    await look(page, 'ranking-too-many');
    await number(page, { [a]: 9, [b]: 1, [d]: 5 });
    await proceed(page);
    assert.equal(path(page), `/ballot/${RANKING}/check`);
    const keys = await page.locator('.govuk-summary-list__key').allInnerTexts();
    assert.deepEqual(keys, [all[1].title, all[3].title, all[0].title], 'in the order of the ballot');
    assert.match(await words(page), /1st choice .* 2nd choice .* 3rd choice/);
    await look(page, 'ranking-check');
    await page.click('text=Cast my vote');
    assert.equal(stored(page, RANKING), `${a}=3 ${b}=1 ${d}=2`);
    await page.click('text=Change your vote');
    assert.deepEqual(await numbered(page), { [a]: '3', [b]: '1', [d]: '2' });
    await number(page, { [e]: 1 });
    await proceed(page);
    await page.click('text=Cast my vote');
    assert.equal(stored(page, RANKING), `${e}=1`);
    assert.equal(revisions(), before + 2);
});

test('a ranking without scripts, at 320 pixels: the server puts it in order', async () => {
    const page = await signedIn('Acomb', { width: 320, scriptless: true });
    const all = projects(RANKING);
    await go(page, `/ballot/${RANKING}`);
    await number(page, { [all[4].number]: 3, [all[0].number]: 7 });
    await page.click('text=Update order');
    assert.deepEqual(await numbered(page), { [all[0].number]: '2', [all[4].number]: '1' });
    assert.deepEqual(await page.locator('#order li').allInnerTexts(), [all[4].title, all[0].title]);
    assert.equal(await page.locator('#order [data-why]:visible').count(), 0, 'it is settled');
    await number(page, { [all[4].number]: 2, [all[0].number]: 2 });
    await page.click('text=Update order');
    assert.match(await whyNot(page), /two projects have the same number/);
    await number(page, { [all[4].number]: 1, [all[0].number]: 2 });
    await page.click('text=Update order');
    await look(page, 'ranking-no-scripts');
    await proceed(page);
    await page.click('text=Cast my vote');
    assert.equal(stored(page, RANKING), `${all[0].number}=2 ${all[4].number}=1`);
});

test('none of these: said by a box of its own, on every kind that allows it', async () => {
    const page = await signedIn('Acomb');
    const [a] = projects(RANKING).map((p) => p.number);
    await go(page, `/ballot/${RANKING}`);
    await page.check('#p-none');
    await number(page, { [a]: 1 });
    assert.equal(await page.isChecked('#p-none'), false, 'a choice takes it off');
    await page.check('#p-none');
    await proceed(page);
    assert.deepEqual(await summary(page), [
        'You made a choice and also said that you do not support any of these. Clear one or the other']);
    assert.equal(await page.isChecked('#p-none'), true);
    assert.deepEqual(await numbered(page), { [a]: '1' });
    assert.match(await whyNot(page), /also said that you do not support any of these\.$/);
    await look(page, 'blank-and-choice');
    await number(page, {});
    await page.check('#p-none');
    await proceed(page);
    assert.equal(path(page), `/ballot/${RANKING}/check`);
    assert.match(await words(page), /I do not support any of these A blank ballot/);
    await look(page, 'blank-check');
    const before = revisions();
    await page.click('text=Cast my vote');
    assert.equal(path(page), `/ballot/${RANKING}/done`);
    assert.equal(revisions(), before + 1);
    assert.equal(stored(page, RANKING), '');
    await page.click('text=Change your vote');
    assert.equal(await page.isChecked('#p-none'), true, 'what stands is ticked');
});

test('none of these among boxes, and a blank answer to a question', async () => {
    bend(`update round set blank_allowed = true where slug in ('westfield-2026', 'westfield-agreement-2026')`);
    const page = await signedIn('Westfield');
    const [a, b] = projects('westfield-2026').map((p) => p.number);
    await go(page, '/ballot/westfield-2026');
    await tick(page, a, b);
    await page.check('#p-none');
    assert.deepEqual(await pressed(page), ['none'], 'it takes the others off');
    assert.match(await line(page), /^£0 of/);
    await look(page, 'blank-boxes');
    await page.check(`#p${a}`);
    assert.deepEqual(await pressed(page), [a]);
    await page.uncheck(`#p${a}`);
    await proceed(page);
    assert.deepEqual(await summary(page), ['Make a choice, or say that you do not support any of these']);
    assert.equal(await followError(page), 'p-none');
    await page.check('#p-none');
    await proceed(page);
    await page.click('text=Cast my vote');
    assert.equal(stored(page, 'westfield-2026'), '');

    await go(page, '/ballot/westfield-agreement-2026');
    await proceed(page);
    assert.deepEqual(await summary(page), ['Choose yes, no, or a blank ballot']);
    await page.check('#answer-3');
    await look(page, 'blank-question');
    await proceed(page);
    assert.match(await words(page), /Neither yes nor no: a blank ballot/);
    await page.click('text=Cast my vote');
    assert.equal(path(page), '/ballot/westfield-agreement-2026/done');
});

test('a form without a choice, that did not say none of these, casts nothing', async () => {
    const b = house.browser();
    const { code } = demo.codes.filter((c) => c.area === 'Fishergate').at(-1);
    await b.submit(await b.get('/vote/code'), { code }, { form: '/vote/code' });
    const check = await b.submit(await b.get(`/ballot/${POINTS}`), { p: ['none'] }, { form: /ballot/ });
    assert.equal(check.path, `/ballot/${POINTS}/check`, check.text);
    const fields = check.form(/check/).pairs().filter(([name]) => name !== 'p');
    const before = revisions();
    const answer = await b.post(`/ballot/${POINTS}/check`, fields);
    assert.equal(answer.path, `/ballot/${POINTS}`);
    assert.equal(revisions(), before);
    b.close();
});

test('two pots with limits of their own', async () => {
    bend(`update pot set min_picks = 1, max_picks = 2 where ordinal = 2 and round_id =
          (select id from round where slug = 'guildhall-2026')`);
    const page = await signedIn('Guildhall');
    const all = projects('guildhall-2026');
    const [first, second] = [1, 2].map((pot) => all.filter((p) => p.pot === pot)
        .sort((x, y) => x.cost - y.cost));
    await go(page, '/ballot/guildhall-2026');
    assert.match(await words(page), /From Greener streets, 1 to 2 projects\./);
    await tick(page, first[0].number);
    await proceed(page);
    assert.deepEqual(await summary(page), ['Choose at least 1 project from Greener streets']);
    const three = second.slice(0, 3);
    const cost = three.reduce((sum, p) => sum + p.cost, 0);
    await tick(page, ...three.map((p) => p.number));
    assert.match(await line(page, 2), /^Greener streets: 3 of 2 chosen\. Remove 1\.$/);
    await proceed(page);
    const dear = `Your choices from Greener streets cost ${pounds(cost)}. Remove ${pounds(cost - 600000)} or more so they cost £6,000 or less`;
    assert.deepEqual(await summary(page), [...(cost > 600000 ? [dear] : []),
        'You chose 3 projects from Greener streets and can choose up to 2. Remove 1']);
    await look(page, 'pots-limits');
    await tick(page, first[0].number, second[0].number);
    await proceed(page);
    assert.match(await words(page), /Ward pot: £[\d,]+ left\. Greener streets: £[\d,]+ left\. You can add more projects\./);
    await look(page, 'pots-check');
});

test('approval with a least and a most', async () => {
    bend(`update round set min_picks = 2 where slug = 'heworth-2026'`);
    const page = await signedIn('Heworth');
    const all = projects('heworth-2026');
    await go(page, '/ballot/heworth-2026');
    assert.match(await words(page), /Choose 2 to 5 projects\./);
    await tick(page, all[0].number);
    await proceed(page);
    assert.deepEqual(await summary(page), ['Choose at least 2 projects']);
    assert.deepEqual(await pressed(page), [all[0].number]);
    await tick(page, all[0].number, all[1].number);
    await proceed(page);
    assert.equal(path(page), '/ballot/heworth-2026/check');
});

test('points sent twice count once; the same form with other points is refused, and they are kept', async () => {
    const page = await signedIn('Fishergate');
    const [a, b] = projects(POINTS).map((p) => p.number);
    await go(page, `/ballot/${POINTS}`);
    await number(page, { [a]: 5, [b]: 1 });
    await proceed(page);
    const before = revisions();
    const send = (picks) =>
        page.evaluate(async (all) => {
            const form = document.querySelector('main form');
            const data = new URLSearchParams(new FormData(form));
            data.delete('p');
            for (const p of all) data.append('p', p);
            const answer = await fetch(form.action, { method: 'POST', body: data });
            return { status: answer.status, text: await answer.text() };
        }, picks);
    const receipt = (answer) => /R[0-9A-Z]{4}(-[0-9A-Z]{4}){2}-[0-9A-Z]/.exec(answer.text)?.[0];
    const [first, again] = [await send([`${a}=5`, `${b}=1`]), await send([`${a}=5`, `${b}=1`])];
    assert.ok(receipt(first));
    assert.equal(receipt(again), receipt(first), 'a double click gets the same receipt');
    assert.equal(revisions(), before + 1);
    const other = await send([`${a}=1`, `${b}=5`]);
    assert.equal(other.status, 409);
    assert.match(other.text, /This page was used already/);
    assert.equal(revisions(), before + 1);
    await go(page, `/ballot/${POINTS}/check`);
    assert.match(await words(page), /1 point · .*5 points · /);
    await page.click('text=Cast my vote');
    assert.equal(stored(page, POINTS), `${a}=1 ${b}=5`);
    assert.notEqual(await receiptOn(page), receipt(first));
});

test('the answer is lost on the way: pressing again gets the receipt of what stands', async () => {
    const page = await signedIn('Acomb');
    const [a, b] = projects(RANKING).map((p) => p.number);
    await go(page, `/ballot/${RANKING}`);
    await number(page, { [a]: 2, [b]: 1 });
    await proceed(page);
    const before = revisions();
    // The form goes out, and nobody waits for what comes back.
    await page.evaluate(() => {
        const form = document.querySelector('main form');
        navigator.sendBeacon(form.action, new URLSearchParams(new FormData(form)));
    });
    await until('the ballot is cast', () => revisions() === before + 1);
    const stands = stored(page, RANKING);
    assert.equal(stands, `${a}=2 ${b}=1`);
    await page.click('text=Cast my vote');
    assert.equal(path(page), `/ballot/${RANKING}/done`);
    assert.equal(revisions(), before + 1);
});

test('Back after casting: the same receipt, and nothing more', async () => {
    const page = await signedIn('Acomb');
    const [a] = projects(RANKING).map((p) => p.number);
    await go(page, `/ballot/${RANKING}`);
    await number(page, { [a]: 1 });
    await proceed(page);
    await page.click('text=Cast my vote');
    const [receipt, before] = [await receiptOn(page), revisions()];
    await page.goBack();
    if (path(page).endsWith('/check')) await page.click('text=Cast my vote');
    else await go(page, `/ballot/${RANKING}/done`);
    assert.equal(await receiptOn(page), receipt);
    assert.equal(revisions(), before);
});

test('signed out in the middle of points: they survive the new sign-in', async () => {
    const page = await signedIn('Fishergate');
    const [a, b] = projects(POINTS).map((p) => p.number);
    await go(page, `/ballot/${POINTS}`);
    await number(page, { [a]: 3, [b]: 4 });
    await page.context().clearCookies({ name: 'wm_voter' });
    await proceed(page);
    assert.equal(await page.innerText('h1'), 'You have been signed out');
    assert.match(await words(page), /Your choices are kept on this device/);
    await go(page, '/vote/code');
    await page.fill('#code', page.code);
    await proceed(page);
    await page.click('text=Fishergate 2026');
    assert.deepEqual(await numbered(page), { [a]: '3', [b]: '4' });
});

test('the database is gone while points are cast: the same form, sent again, counts once', async () => {
    const page = await signedIn('Fishergate');
    const [a, b] = projects(POINTS).map((p) => p.number);
    await go(page, `/ballot/${POINTS}`);
    await number(page, { [a]: 3, [b]: 5 });
    await proceed(page);
    const before = revisions();
    house.stopDatabase();
    try {
        await page.click('text=Cast my vote');
        assert.equal(await page.innerText('h1'), 'We could not confirm your vote');
        await look(page, 'points-try-again');
    } finally {
        house.startDatabase();
    }
    await page.click('button:text-is("Try again")');
    assert.equal(path(page), `/ballot/${POINTS}/done`);
    assert.equal(stored(page, POINTS), `${a}=3 ${b}=5`);
    assert.equal(revisions(), before + 1);
});

test('two plans for one corner: said where people choose', async () => {
    bend(`insert into exclusion select r.id, 1, p.id from round r join proposal p on p.round_id = r.id
          where r.slug = '${RANKING}' and p.number in (6510, 6532)`);
    const page = await signedIn('Acomb');
    const titles = projects(RANKING).slice(0, 2).map((p) => p.title);
    const said = `Only one of these can win: ${titles.join('; ')}.`;
    await go(page, `/ballot/${RANKING}`);
    assert.ok((await words(page)).includes(said));
    await go(page, `/rounds/${RANKING}`);
    assert.ok((await words(page)).includes(said));
    assert.match(await words(page), /People who live in Acomb can vote, with the code from their letter\./);
    await look(page, 'exclusion-round');
});

test('with the keyboard alone, points at 320 pixels: nothing that has the focus is hidden', async () => {
    const page = await signedIn('Fishergate', { width: 320 });
    await page.setViewportSize({ width: 320, height: 640 });
    await go(page, `/ballot/${POINTS}`);
    const hidden = [];
    let stops = 0;
    for (; stops < 100; stops++) {
        await page.keyboard.press('Tab');
        const stop = await page.evaluate(() => {
            const e = document.activeElement;
            if (!e || e === document.body) return null;
            const box = e.getBoundingClientRect();
            const bar = document.querySelector('#total').getBoundingClientRect();
            const clear = document.querySelector('#total').contains(e) || box.bottom <= bar.top + 1;
            return { label: e.id || e.textContent.trim(), seen: box.bottom > 0 && box.top < innerHeight && clear };
        });
        if (!stop || stop.label === 'Continue') break;
        if (!stop.seen) hidden.push(stop.label);
    }
    assert.ok(stops > 20, `${stops} stops`);
    assert.deepEqual(hidden, []);
    assert.equal(await page.locator('input[name=w]').first().getAttribute('inputmode'), 'numeric');
});

test('a hundred more projects: sixty choices at most, said and kept, and the page stays small', async () => {
    const { gzipSync } = await import('node:zlib');
    for (const slug of [POINTS, 'heworth-2026'])
        bend(`insert into proposal (round_id, number, short_name, title, summary, pot_id, cost, state, published_at)
              select t.round_id, 7000 + 100 * (r.kind = 'points')::integer + n, 'P' || n, 'A plan for street ' || n,
                     'Short.', t.id, 100, 'published', now()
              from generate_series(0, 99) n, round r join pot t on t.round_id = r.id where r.slug = '${slug}'`);
    const page = await signedIn('Fishergate');
    await go(page, `/ballot/${POINTS}`);
    assert.ok(gzipSync(Buffer.from(await page.content()), { level: 9 }).length <= 10 * 1024);
    const many = projects(POINTS).slice(0, 61).map((p) => p.number);
    await page.evaluate((numbers) => {
        for (const n of numbers) document.getElementById(`p${n}`).value = '1';
    }, many);
    await proceed(page);
    assert.deepEqual(await summary(page), ['You gave 61 points. Take 51 back so that they are 10 or fewer',
        'You can give points to up to 60 projects. Take the points off 1']);
    assert.equal(Object.keys(await numbered(page)).length, 61);
    await number(page, { [many[60]]: 2 });
    await proceed(page);
    await page.click('text=Cast my vote');
    assert.equal(stored(page, POINTS), `${many[60]}=2`);

    const other = await signedIn('Heworth');
    await go(other, '/ballot/heworth-2026');
    const boxes = projects('heworth-2026').slice(0, 70).map((p) => p.number);
    await other.evaluate((numbers) => {
        for (const n of numbers) document.getElementById(`p${n}`).checked = true;
    }, boxes);
    await proceed(other);
    assert.deepEqual(await summary(other), ['You can choose up to 5 projects. Remove 65']);
    assert.equal((await pressed(other)).length, 70);
});

test('pages and the script stay within their bytes; nothing is promised by text that is not there', async () => {
    const { gzipSync } = await import('node:zlib');
    const page = await signedIn('Fishergate');
    const b = house.browser();
    for (const slug of [POINTS, RANKING]) {
        const round = await b.get(`/rounds/${slug}`);
        assert.ok(gzipSync(round.raw, { level: 9 }).length <= 10 * 1024, slug);
        assert.match(round.text, slug === POINTS ? /VOTE your code \d{4} 2 \d{4} 1/ : /in your order, the project you want most first/);
    }
    const text = await b.get('/text');
    assert.match(text.text, /Where you give points, put them after each number/);
    assert.match(text.text, /Fishergate 2026/);
    const demoPage = (await b.get('/demo')).text;
    for (const kind of ['choose a few projects', 'choose projects within the money', 'share out points',
        'put projects in order', 'answer yes or no'])
        assert.ok(demoPage.includes(kind), kind);
    await go(page, `/ballot/${POINTS}`);
    assert.ok(gzipSync(Buffer.from(await page.content()), { level: 9 }).length <= 10 * 1024);
    const script = /src="([^"]*ballot\.js)"/.exec(await page.content())[1];
    assert.ok(gzipSync((await b.get(script)).raw, { level: 9 }).length <= 2 * 1024, 'ballot.js');
    b.close();
});
