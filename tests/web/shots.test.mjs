// shots.test.mjs: the pages that people meet first, in a real browser: pictures into var/shots/ for
// somebody to look at, and what a machine can tell: axe finds nothing, nothing sticks out sideways,
// no script fails, nothing is asked of a third party. Also the ballot with scripts off.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { faults, openChromium, openWindow, shot } from '../lib/chromium.mjs';
import { openHouse, totp } from '../lib/harness.mjs';

let house, browser, demo;

before(async () => {
    house = await openHouse();
    demo = await house.loadDemo();
    await house.startServer();
    await house.startHandset();
    await house.startSms();
    browser = await openChromium();
});

after(async () => {
    await browser?.close();
    await house?.close();
});

async function visit(page, path, name, options) {
    const answer = await page.goto(house.url + path);
    assert.equal(answer.status(), 200, path);
    if (name) await shot(page, name, options);
    assert.deepEqual(await faults(page), [], path);
}

// A window of a voter (of Westfield: knapsack, open now), each time with another code.
let used = 0;
async function voterWindow(options, area = 'Westfield', slug = 'westfield-2026') {
    const page = await openWindow(browser, options);
    const code = demo.codes.filter((c) => c.area === area)[used++].code;
    await page.goto(`${house.url}/vote/code`);
    await page.fill('input[name=code]', code);
    await page.click('main button[type=submit]');
    await page.goto(`${house.url}/ballot/${slug}`);
    return page;
}

for (const [width, size] of [[1280, 'desk'], [360, 'phone']]) {
    test(`what everybody reads, on a ${size}`, async () => {
        const page = await openWindow(browser, { width });
        await visit(page, '/', `home-${width}`);
        await visit(page, '/neighbourhoods/westfield', `neighbourhood-${width}`);
        await visit(page, '/neighbourhoods/westfield/agreement', `agreement-${width}`);
        await visit(page, '/rounds/westfield-2026', `round-${width}`);
        await visit(page, '/rounds/westfield-2026/1216', `proposal-${width}`);
        await visit(page, '/rounds/micklegate-2026/result', `result-${width}`);
        for (const path of ['/neighbourhoods', '/agreements', '/rounds', '/results', '/vote', '/text',
            '/vote/code', '/receipt', '/counting', '/rounds/westfield-2026/rules', '/accessibility',
            '/privacy', '/cookies', '/open-data', '/demo'])
            await visit(page, path);
        await page.context().close();
    });
}

test('a ballot over the pot, on a phone, then the way to the receipt', async () => {
    const page = await voterWindow({ width: 360 });
    await shot(page, 'ballot-360');
    for (const box of await page.locator('input[name=p]').all()) await box.check();
    await page.waitForFunction(() => /over/i.test(document.body.innerText));
    await shot(page, 'ballot-over-window-360', { whole: false });
    assert.deepEqual(await faults(page), []);
    await page.click('main form button:not([value=update])');
    await shot(page, 'ballot-over-360');
    assert.match(await page.title(), /^Error: /);
    assert.deepEqual(await faults(page), []);
    for (const box of await page.locator('input[name=p]').all()) await box.uncheck();
    await page.locator('input[name=p]').first().check();
    await page.click('main form button:not([value=update])');
    assert.match(page.url(), /\/check$/);
    await shot(page, 'check-360');
    assert.deepEqual(await faults(page), []);
    await page.click('main form button');
    assert.match(page.url(), /\/done$/);
    await shot(page, 'done-360');
    assert.deepEqual(await faults(page), []);
    assert.match(await page.innerText('main'), /R[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/);
    await page.context().close();
});

test('the same ballot with scripts off: "Update total" tells the sum', async () => {
    const page = await voterWindow({ width: 360, scripts: false });
    await page.locator('input[name=p]').first().check();
    await page.click('button[value=update]');
    assert.match(page.url(), /\/ballot\/westfield-2026/);
    assert.equal(await page.locator('input[name=p]').first().isChecked(), true);
    await shot(page, 'ballot-no-scripts-360');
    await page.click('main form button:not([value=update])');
    await page.click('main form button');
    assert.match(page.url(), /\/done$/);
    await page.context().close();
});

for (const [width, size] of [[1280, 'desk'], [360, 'phone']]) {
    for (const [kind, area, slug] of [
        ['points', 'Fishergate', 'fishergate-2026'], ['ranking', 'Acomb', 'acomb-streets-2026'],
        ['approval', 'Heworth', 'heworth-2026'], ['pots', 'Guildhall', 'guildhall-2026'],
        ['question', 'Westfield', 'westfield-agreement-2026'],
    ]) {
        test(`a ballot: ${kind}, on a ${size}`, async () => {
            const page = await voterWindow({ width }, area, slug);
            const boxes = page.locator('input[name=w]');
            for (let i = 0; i < 3 && i < (await boxes.count()); i++)
                await boxes.nth(i).fill(String(3 - i));
            const ticks = page.locator('input[name=p]:not([value=none])');
            // Each voter's ballot has an order of its own: two that fit are told by their numbers.
            const values = (await ticks.evaluateAll((all) => all.map((box) => box.value))).sort();
            for (const value of values.slice(0, 2)) await page.check(`input[name=p][value="${value}"]`);
            await shot(page, `ballot-${kind}-window-${width}`, { whole: false });
            await shot(page, `ballot-${kind}-${width}`);
            assert.deepEqual(await faults(page), []);
            await page.click('main form button:not([value=update])');
            assert.match(page.url(), /\/check$/);
            await shot(page, `check-${kind}-${width}`);
            assert.deepEqual(await faults(page), []);
            await visit(page, `/rounds/${slug}`, `round-${kind}-${width}`);
            await visit(page, `/rounds/${slug}/rules`);
            await page.context().close();
        });
    }
}

test('an officer at the desk', async () => {
    const officer = demo.officers[0];
    const page = await openWindow(browser, { width: 1280 });
    await visit(page, '/desk/sign-in', 'sign-in-1280');
    await page.fill('input[name=email]', officer.email);
    await page.fill('input[name=password]', officer.password);
    await page.fill('input[name=totp]', totp(officer.totp_seed_base32));
    await page.click('main button[type=submit]');
    assert.equal(new URL(page.url()).pathname, '/desk');
    await visit(page, '/desk', 'desk-1280');
    await visit(page, '/desk/rounds/westfield-2026', 'desk-round-1280');
    await visit(page, '/desk/rounds/new', 'desk-round-new-1280');
    await visit(page, '/desk/codes', 'desk-codes-1280');
    const draft = house.value(
        `select slug from round where state = 'draft' and kind <> 'yes_no' order by id limit 1`,
    );
    await visit(page, `/desk/rounds/${draft}`, 'desk-draft-1280');
    await visit(page, `/desk/rounds/${draft}/edit`);
    await visit(page, `/desk/rounds/${draft}/proposals`);
    await page.context().close();
});

test('the handset', async () => {
    const code = demo.codes.filter((c) => c.area === 'Westfield')[used++].code;
    await house.ask('07700900123', 'HELP');
    await house.ask('07700900123', `VOTE ${code} 1216`);
    const page = await openWindow(browser, { width: 1000 });
    const answer = await page.goto(`${house.handsetUrl}/?number=07700900123`);
    assert.equal(answer.status(), 200);
    await page.waitForSelector('text=1216');
    await shot(page, 'handset-1000');
    assert.deepEqual(await faults(page), []);
    await page.context().close();
});
