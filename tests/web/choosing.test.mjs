// choosing.test.mjs: a round's page and the way from one project into the ballot, on a phone: filters,
// an order that favours nobody, "Add to my vote", and refusals that Back and reload do not trip over.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openChromium, openWindow } from '../lib/chromium.mjs';
import { openHouse } from '../lib/harness.mjs';
import { numbered, openBooth, path, pressed, proceed, tick, words } from './booth.mjs';

let house, browser, go, freshCode, look, enter, signedIn, projects, bend;

before(async () => {
    house = await openHouse();
    const demo = await house.loadDemo();
    await house.startServer();
    browser = await openChromium();
    ({ go, freshCode, look, enter, signedIn, projects, bend } = openBooth(house, browser, demo));
});
after(async () => {
    await browser?.close();
    await house?.close();
});

const listed = (page) => page.locator('.wm-projects .wm-number, .wm-projects .wm-project > div:first-child')
    .evaluateAll((all) => [...new Set(all.map((e) => e.textContent.trim().slice(-4)))]);
const boxes = (page) => page.locator('#ballot input[id^=p][id]:not(#p-none)').evaluateAll((all) =>
    all.filter((b) => b.type !== 'hidden').map((b) => b.id.slice(1)));

for (const scriptless of [false, true]) {
    test(`the list is narrowed and put in order by a form, scripts ${scriptless ? 'off' : 'on'}`, async () => {
        const page = await openWindow(browser, { width: 360, scripts: !scriptless });
        const all = projects('guildhall-2026');
        await go(page, '/rounds/guildhall-2026');
        assert.deepEqual((await listed(page)).sort(), all.map((p) => p.number), 'all of them');
        assert.match(await words(page), /The order is mixed, so that nobody’s project is always first/);
        await page.click('text=Filter and order the projects');
        await page.selectOption('#order', 'dearest');
        await page.fill('#most', '£3,000');
        await page.selectOption('#pot', '2');
        await page.click('button:text-is("Show")');
        const wanted = all.filter((p) => p.pot === 2 && p.cost <= 300000).sort((a, b) => b.cost - a.cost || a.number - b.number);
        assert.ok(wanted.length > 0 && wanted.length < all.length);
        assert.deepEqual(await listed(page), wanted.map((p) => p.number));
        assert.match(await words(page), new RegExp(`\\b${wanted.length} projects? of ${all.length} match`));
        assert.equal(await page.inputValue('#most'), '3,000', 'what was asked stands in the form, behind its £');
        if (!scriptless) await look(page, 'filtered');
        await page.fill('#most', 'ten');
        await page.fill('#q', 'no such words');
        await page.click('button:text-is("Show")');
        assert.match(await page.title(), /^Error: /);
        assert.match(await words(page), /Enter an amount in pounds, like 2500/);
        assert.match(await words(page), /No projects match/);
        if (!scriptless) await look(page, 'filtered-wrong');
        // Every word, in any of the texts, and the number.
        const title = all[0].title.toUpperCase().split(' ').slice(0, 2).join(' ');
        await go(page, `/rounds/guildhall-2026?q=${encodeURIComponent(title)}`);
        assert.ok((await listed(page)).includes(all[0].number));
        await go(page, `/rounds/guildhall-2026?q=${all[1].number}`);
        assert.deepEqual(await listed(page), [all[1].number]);
        await page.context().close();
    });
}

test('a visitor finds the same order again; visitors have different ones; a query is no page of others', async () => {
    // 127.0.0.x are different visitors.
    const orders = new Map();
    for (let i = 1; i <= 12; i++) {
        const get = async (where) => (await fromAddress(`127.0.0.${i}`, where)).matchAll(/href="\/rounds\/guildhall-2026\/(\d{4})"/g);
        const first = [...await get('/rounds/guildhall-2026')].map((m) => m[1]);
        const again = [...await get('/rounds/guildhall-2026')].map((m) => m[1]);
        assert.deepEqual(again, first, 'reload keeps it');
        const narrowed = [...await get('/rounds/guildhall-2026?pot=1')].map((m) => m[1]);
        assert.deepEqual(narrowed, first.filter((n) => narrowed.includes(n)), 'and a filter keeps it');
        assert.deepEqual([...first].sort(), projects('guildhall-2026').map((p) => p.number));
        orders.set(first.join(), i);
    }
    assert.ok(orders.size >= 6, `${orders.size} orders for 12 visitors`);
});

// From another address of this machine.
async function fromAddress(localAddress, where) {
    const http = await import('node:http');
    return new Promise((resolve, reject) => {
        http.get(house.url + where, { localAddress }, (r) => {
            let text = '';
            r.on('data', (d) => { text += d; });
            r.on('end', () => resolve(text));
        }).on('error', reject);
    });
}

test('each voter has an own order on the ballot, and keeps it', async () => {
    const orders = new Set();
    for (let i = 0; i < 4; i++) {
        const page = await signedIn('Westfield');
        await go(page, '/ballot/westfield-2026');
        const first = await boxes(page);
        assert.deepEqual([...first].sort(), projects('westfield-2026').map((p) => p.number));
        await tick(page, first[0]);
        await proceed(page);
        await page.waitForLoadState();
        await page.goBack();
        await page.waitForSelector('#total');
        assert.deepEqual(await boxes(page), first, 'Back keeps it');
        await page.reload();
        assert.deepEqual(await boxes(page), first, 'reload keeps it');
        orders.add(first.join());
        await page.context().close();
    }
    assert.ok(orders.size >= 3, `${orders.size} orders for 4 voters`);
});

test('"Add to my vote", signed in: at its place in the ballot, once, beside what was chosen', async () => {
    const page = await signedIn('Westfield');
    const all = projects('westfield-2026');
    await go(page, '/ballot/westfield-2026');
    await tick(page, all[0].number);
    await proceed(page);
    await page.click('text=Cast my vote');
    await go(page, `/rounds/westfield-2026/${all[2].number}`);
    await look(page, 'project');
    await page.click('text=Add to my vote');
    assert.equal(new URL(page.url()).hash, `#p${all[2].number}`);
    assert.deepEqual(await pressed(page).then((n) => n.sort()), [all[0].number, all[2].number], 'the ballot that stands, and it');
    assert.ok((await words(page)).includes(`Added to your choices: ${all[2].title}.`));
    assert.ok(await page.locator(`#p${all[2].number}`).evaluate((e) => {
        const q = e.getBoundingClientRect();
        return q.top >= 0 && q.bottom <= innerHeight - document.querySelector('#total').offsetHeight;
    }), 'it is in sight');
    await look(page, 'added');
    await page.reload();
    assert.deepEqual(await pressed(page).then((n) => n.sort()), [all[0].number, all[2].number]);
    await page.uncheck(`#p${all[2].number}`);
    await proceed(page);
    assert.equal(path(page), '/ballot/westfield-2026/check');
    await go(page, '/ballot/westfield-2026');
    assert.deepEqual(await pressed(page), [all[0].number], 'what was taken off stays off');
    await page.context().close();
});

test('"Add to my vote" before signing in: the code, then straight to it', async () => {
    for (const scripts of [true, false]) {
        const page = await openWindow(browser, { width: 360, scripts });
        const [, , , p] = projects('westfield-2026');
        await go(page, `/rounds/westfield-2026/${p.number}`);
        await page.click('text=Add to my vote');
        assert.equal(path(page), '/vote/code');
        assert.match(await words(page), new RegExp(`Project ${p.number} will be added to your vote`));
        if (scripts) await look(page, 'code-to-add');
        await page.fill('#code', freshCode('Westfield'));
        await proceed(page);
        assert.equal(path(page), '/ballot/westfield-2026');
        assert.equal(new URL(page.url()).hash, `#p${p.number}`);
        assert.deepEqual(await pressed(page), [p.number]);
        await go(page, '/vote/rounds');
        assert.match(await words(page), /Your choices are kept/);
        await page.context().close();
    }
});

test('"Add to my vote" on a project of people elsewhere says so once', async () => {
    let page = await openWindow(browser, { width: 360 });
    const [p] = projects('acomb-2026');
    await go(page, `/rounds/acomb-2026/${p.number}`);
    await page.click('text=Add to my vote');
    await page.fill('#code', freshCode('Westfield'));
    await proceed(page);
    assert.equal(await page.innerText('h1'), 'Your code does not vote on that project');
    await look(page, 'add-elsewhere');
    await page.click('text=See the votes that are open to you');
    assert.equal(await page.innerText('h1'), 'Your votes');
    await page.context().close();
    page = await signedIn('Westfield');
    await go(page, `/rounds/acomb-2026/${p.number}`);
    await page.click('text=Add to my vote');
    assert.equal(await page.innerText('h1'), 'Your code does not vote here');
    await page.click('text=See the votes that are open to you');
    assert.equal(await page.innerText('h1'), 'Your votes');
    await page.context().close();
});

test('adding gives one point, or the last place', async () => {
    let page = await signedIn('Fishergate');
    let all = projects('fishergate-2026');
    for (const p of all.slice(0, 2)) {
        await go(page, `/rounds/fishergate-2026/${p.number}`);
        await page.click('text=Add to my vote');
    }
    assert.deepEqual(await numbered(page), { [all[0].number]: '1', [all[1].number]: '1' });
    await page.context().close();
    page = await signedIn('Acomb');
    all = projects('acomb-streets-2026');
    for (const p of all.slice(0, 2).reverse()) {
        await go(page, `/rounds/acomb-streets-2026/${p.number}`);
        await page.click('text=Add to my vote');
    }
    assert.deepEqual(await numbered(page), { [all[1].number]: '1', [all[0].number]: '2' });
    await page.context().close();
});

test('what cannot be added is not: withdrawn, closed, a question, not there, from another site', async () => {
    const anyone = house.browser();
    const [p] = projects('micklegate-2026');
    for (const [slug, number] of [['micklegate-2026', p.number], ['westfield-agreement-2026', projects('westfield-agreement-2026')[0].number]]) {
        const page = await anyone.post(`/rounds/${slug}/${number}/add`, {});
        assert.equal(page.path, `/rounds/${slug}/${number}`);
        assert.ok(!page.body.includes('Add to my vote'), slug);
        assert.equal(anyone.cookies.size, 0);
    }
    const open = projects('westfield-2026').at(-1).number;
    for (const [where, status] of [['/rounds/westfield-2026/0001/add', 404], ['/rounds/none/0001/add', 404]])
        assert.equal((await anyone.post(where, {})).status, status);
    assert.equal((await anyone.post(`/rounds/westfield-2026/${open}/add`, {}, { origin: 'https://elsewhere.example' })).status, 403);
    assert.equal(anyone.cookies.size, 0);
    bend(`update proposal set state = 'withdrawn', withdrawn_reason = 'Sold' where number = ${Number(open)}
          and round_id = (select id from round where slug = 'westfield-2026')`);
    const page = await anyone.post(`/rounds/westfield-2026/${open}/add`, {});
    assert.equal(page.path, `/rounds/westfield-2026/${open}`);
    assert.equal(anyone.cookies.size, 0);
    const list = await anyone.get(`/rounds/westfield-2026?q=${open}`);
    assert.match(list.text, /No projects match\. 1 project that was withdrawn matches too\./);
    const left = projects('westfield-2026').length - 1;
    assert.match((await anyone.get('/rounds/westfield-2026?most=999999')).text, new RegExp(`\\b${left} projects of ${left} match\\.`), 'of those that are left');
    anyone.close();
});

test('a refused ballot comes by GET: reload and Back ask nothing, and the choices are kept', async () => {
    for (const scripts of [true, false]) {
        const page = await signedIn('Westfield', { width: 360, scriptless: !scripts });
        await go(page, '/ballot/westfield-2026');
        await proceed(page);
        assert.match(await words(page), /Choose at least one project/);
        assert.equal(path(page), '/ballot/westfield-2026');
        const all = await boxes(page);
        await tick(page, ...all);
        const [answer] = await Promise.all([page.waitForResponse((r) => r.request().method() === 'POST'), proceed(page)]);
        assert.equal(answer.status(), 303);
        assert.match(await words(page), /Your choices cost/);
        const navigation = await page.reload();
        assert.equal(navigation.request().method(), 'GET', 'nothing is sent again');
        assert.match(await words(page), /Your choices cost/);
        assert.deepEqual((await pressed(page)).length, all.length);
        await tick(page, all[0]);
        await proceed(page);
        assert.equal(path(page), '/ballot/westfield-2026/check');
        await page.waitForLoadState();
        await page.goBack();
        await page.waitForSelector('#total');
        assert.equal(path(page), '/ballot/westfield-2026');
        assert.deepEqual(await pressed(page), [all[0]]);
        await page.context().close();
    }
});

test('projects by theme: how many there are, which they are, and the way back to all', async () => {
    const page = await openWindow(browser, { width: 360 });
    await go(page, '/rounds/westfield-2026');
    await page.click('main summary');
    const options = await page.locator('#theme option').allTextContents();
    const themes = house.rows(`select p.theme, count(*) filter (where p.state = 'published') as n from proposal p join round r on r.id = p.round_id
        where r.slug = 'westfield-2026' and p.theme <> '' group by 1 order by min(p.number)`);
    assert.ok(themes.length > 2);
    assert.deepEqual(options, ['Any theme', ...themes.map((t) => `${t.theme} (${t.n})`)]);
    await page.selectOption('#theme', themes[1].theme);
    await page.click('main details button');
    assert.match(page.url(), /theme=/);
    const wanted = house.rows(`select to_char(p.number, 'FM0000') as n from proposal p join round r on r.id = p.round_id
        where r.slug = 'westfield-2026' and p.theme = '${themes[1].theme}'`).map((p) => p.n);
    assert.deepEqual((await listed(page)).sort(), wanted.sort());
    assert.match(await words(page), new RegExp(`\\b${wanted.length} projects? of \\d+ match`));
    assert.ok((await words(page)).includes(`· ${themes[1].theme} ·`), 'each says its theme');
    await look(page, 'by-theme');
    await page.click(`.wm-project a >> nth=0`);
    assert.match(await words(page), new RegExp(`Theme ${themes[1].theme}`));
    await look(page, 'theme');
    await go(page, '/rounds/westfield-2026?theme=Nothing');
    assert.match(await words(page), /No projects match/);
    await page.click('text=Show all projects');
    assert.equal(path(page), '/rounds/westfield-2026');
    await page.context().close();
});

test('a card to print: how to text, every number and cost, in letters of 18 points', async () => {
    const page = await openWindow(browser, { width: 360 });
    await go(page, '/rounds/westfield-2026');
    await page.click('text=A card to print, in large letters');
    assert.equal(path(page), '/rounds/westfield-2026/card');
    const said = await words(page);
    for (const p of projects('westfield-2026').slice(0, -1)) {
        assert.ok(said.includes(p.number), p.number);
        assert.ok(said.includes(p.title), p.title);
    }
    assert.match(said, /Text VOTE .* to 60777/);
    await look(page, 'card');
    await page.emulateMedia({ media: 'print' });
    const small = await page.evaluate(() => [...document.querySelectorAll('main p, main li, main .wm-number')]
        .filter((e) => e.checkVisibility() && parseFloat(getComputedStyle(e).fontSize) < 23.9).map((e) => e.textContent.slice(0, 40)));
    assert.deepEqual(small, [], 'nothing is smaller than 18 points on paper');
    for (const hidden of ['header nav', 'footer', '.govuk-back-link'])
        assert.equal(await page.isVisible(hidden), false, hidden);
    assert.equal((await page.goto(`${house.url}/rounds/micklegate-2026/card`)).status(), 404);
    await page.context().close();
});
