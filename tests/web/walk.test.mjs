// walk.test.mjs: every page, looked at in the ways that a picture and axe do not show: with Tab alone
// at 320 pixels, at 400 % zoom, under the page's own content security policy, and by html-validate.
// Also what reference/web.md calls traps, found by building such pages before: each is a test here or
// named with the test that it has elsewhere.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { counted } from '../lib/counts.mjs';
import { openChromium } from '../lib/chromium.mjs';
import { openHouse, top, totp } from '../lib/harness.mjs';
import { officersOf } from './officers.mjs';

const require = createRequire(path.join(top, 'tests/web/package.json'));
let house, browser, validator;

const RESIDENT = ['/', '/neighbourhoods', '/neighbourhoods/westfield', '/neighbourhoods/westfield/agreement',
    '/neighbourhoods/york', '/agreements', '/rounds', '/rounds/westfield-2026', '/rounds/westfield-2026?q=path&order=dearest',
    '/rounds/westfield-2026?q=xyzzy&most=ten', '/rounds/guildhall-2026?order=cheapest', '/rounds/westfield-2026/1216',
    '/rounds/westfield-2026/rules', '/rounds/westfield-2026/card', '/rounds/micklegate-2026/card', '/rounds/micklegate-2026', '/rounds/micklegate-2026/result', '/results', '/text',
    '/accessibility', '/privacy', '/cookies', '/counting', '/open-data', '/ideas', '/vote', '/vote/code', '/v/1', '/vote/phone',
    '/receipt', '/find?postcode=yo24', '/find?postcode=x', '/rounds/westfield-2026/1216/offer', '/demo', '/nothing-here',
    '/rounds/none', '/neighbourhoods/none', '/desk/sign-in'];
const VOTER = ['/vote/rounds', '/ballot/westfield-2026', '/ballot/guildhall-2026', '/ballot/york-2026',
    '/ballot/westfield-agreement-2026', '/ballot/acomb-2026'];
const DESK = ['/desk', '/desk/rounds/new', '/desk/rounds/westfield-2026', '/desk/rounds/westfield-2026/changes', '/desk/rounds/westfield-2026/paper', '/desk/rounds/westfield-2026/assisted',
    '/desk/rounds/westfield-2026/texts', '/desk/changes', '/desk/ideas', '/desk/agreements', '/desk/offers', '/desk/codes',
    '/desk/codes/find', '/desk/registers', '/desk/registers/new', '/desk/registers/1', '/desk/postcodes', '/desk/audit',
    '/desk/texts'];

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    browser = await openChromium();
    const { HtmlValidate } = require('html-validate');
    validator = new HtmlValidate({
        extends: ['html-validate:recommended'],
        rules: {
            // Boxes of one question share a name; pairs of fields repeat.
            'form-dup-name': 'off',
            // Ways of writing, not mistakes.
            'no-inline-style': 'error', 'void-style': 'off', 'doctype-style': 'off', 'no-trailing-whitespace': 'off',
            'long-title': 'off', 'attr-quotes': 'off', 'no-raw-characters': 'off',
        },
    });
});
after(async () => {
    await browser?.close();
    await house?.close();
});

// A window under the page's own policy; what it refuses is collected, and the documents' sources.
async function strictWindow(size) {
    const context = await browser.newContext({ viewport: size, locale: 'en-GB', timezoneId: 'Europe/London' });
    context.setDefaultTimeout(120000);
    const page = await context.newPage();
    page.reports = [];
    await page.exposeFunction('cspReport', (line) => page.reports.push(line));
    await page.addInitScript(() => document.addEventListener('securitypolicyviolation',
        (e) => globalThis.cspReport(`${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`)));
    page.on('response', async (r) => {
        if (r.request().resourceType() === 'document' && (r.status() < 300 || r.status() >= 400)) page.source = await r.text().catch(() => '');
    });
    return page;
}

// Tab from the top until it comes round: every stop must be seen, and nothing may lie over it.
async function tabWalk(page, where) {
    await page.evaluate(() => { document.activeElement?.blur(); globalThis.scrollTo(0, 0); });
    const hidden = [];
    let stops = 0;
    for (let first; stops < 400; stops++) {
        await page.keyboard.press('Tab');
        const at = await page.evaluate(() => {
            const e = document.activeElement;
            if (!e || e === document.body) return null;
            globalThis.walked ??= new Map();
            if (!globalThis.walked.has(e)) globalThis.walked.set(e, globalThis.walked.size);
            const q = e.getBoundingClientRect();
            const seen = [[.5, .5], [.1, .2], [.9, .8]].some(([x, y]) => {
                const t = document.elementFromPoint(q.left + q.width * x, q.top + q.height * y);
                return t && (e.contains(t) || t.contains(e) || t.closest('label')?.htmlFor === e.id ||
                    t.parentElement === e.parentElement);
            });
            return { n: globalThis.walked.get(e), label: e.id || e.textContent.trim().slice(0, 30) || e.name,
                good: seen && q.bottom > 0 && q.top < innerHeight };
        });
        if (!at || at.n === first) break;
        first ??= at.n;
        if (!at.good) hidden.push(at.label);
    }
    counted('tabs', stops, where);
    counted('tabs-hidden', hidden.length, where);
    assert.deepEqual(hidden, [], `${where}: hidden from who uses the keyboard`);
    assert.ok(stops > 3, `${where}: ${stops} stops`);
}

// What sticks out of the window and cannot be scrolled to: axe is silent about it (trap 8).
const cutOff = (page) => page.evaluate(() => {
    const out = [];
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > wide) out.push(`page is ${document.documentElement.scrollWidth} wide`);
    for (const e of document.querySelectorAll('main *, footer *, header *')) {
        if (e.closest('.wm-scroll, .govuk-visually-hidden, svg')) continue;
        const q = e.getBoundingClientRect();
        if (q.width > 1 && q.right > wide + 1 && getComputedStyle(e).visibility !== 'hidden')
            out.push(`${e.tagName} "${e.textContent.trim().slice(0, 30)}" ends at ${Math.round(q.right)}`);
    }
    return out.slice(0, 5);
});

async function validate(page, where) {
    assert.match(page.source, /<\/html>\s*$/, `${where}: its source was not read`);
    const report = await validator.validateString(page.source);
    page.source = '';
    const lines = report.results.flatMap((r) => r.messages.map((m) => `${m.ruleId} ${m.line}: ${m.message}`));
    counted('html', lines.length, where);
    assert.deepEqual(lines.slice(0, 5), [], `${where}: html-validate`);
}

async function lookAt(page, where) {
    await page.setViewportSize({ width: 320, height: 640 });
    assert.deepEqual(await cutOff(page), [], `${where} at 320`);
    await tabWalk(page, where);
    await page.setViewportSize({ width: 320, height: 256 }); // 1280 x 1024 at 400 %
    const cut = await cutOff(page);
    counted('zoom', cut.length, where);
    assert.deepEqual(cut, [], `${where} at 400 %`);
    assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('main *')]
        .filter((e) => ['sticky', 'fixed'].includes(getComputedStyle(e).position)).map((e) => e.className)), [],
    `${where}: nothing sticks while the window is low (trap 4)`);
    await validate(page, where);
    counted('csp', page.reports.length, where);
    assert.deepEqual(page.reports, [], `${where}: the policy`);
    await traps(page, where);
}

// Traps 1, 3, 7 and 9 hold on every page.
async function traps(page, where) {
    const wrong = await page.evaluate(() => {
        const out = [];
        for (const a of document.querySelectorAll('.govuk-back-link'))
            if (!a.closest('nav[aria-label]')) out.push('a back link outside a landmark (trap 1)');
        for (const e of document.querySelectorAll('[hidden]'))
            if (getComputedStyle(e).display !== 'none') out.push(`hidden, and shown: ${e.id} (trap 3)`);
        for (const t of document.querySelectorAll('main svg text'))
            if (t.checkVisibility() && parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a < 12)
                out.push(`too small in a drawing: ${t.textContent} (trap 7)`);
        if (document.querySelector('[style]')) out.push('a style attribute (trap 9)');
        for (const s of document.querySelectorAll('script'))
            if (!s.src) out.push('a script inside the page (trap 9)');
        return out;
    });
    assert.deepEqual(wrong, [], where);
    // Footer links at 320 (trap 2), by hand: 24 pixels, or 24 between their middles.
    await page.setViewportSize({ width: 320, height: 640 });
    const small = await page.evaluate(() => {
        const all = [...document.querySelectorAll('footer a')].map((a) => a.getBoundingClientRect());
        return all.filter((q, i) => q.height < 24 && all.some((o, k) => k !== i &&
            Math.abs(o.top + o.height / 2 - q.top - q.height / 2) < 24 && o.left < q.right + 12 && q.left < o.right + 12 &&
            Math.abs(o.left + o.width / 2 - q.left - q.width / 2) < 24)).length;
    });
    assert.equal(small, 0, `${where}: footer links too close (trap 2)`);
}

for (const where of RESIDENT) {
    test(`${where}`, async () => {
        const page = await strictWindow({ width: 320, height: 640 });
        await page.goto(house.url + where);
        await lookAt(page, where);
        await page.context().close();
    });
}

test("a voter's pages", async () => {
    const page = await strictWindow({ width: 320, height: 640 });
    const { code } = house.demo.codes.find((c) => c.area === 'Westfield');
    await page.goto(`${house.url}/vote/code`);
    await page.fill('#code', '1');
    await page.click('main form button');
    await lookAt(page, 'a wrong code');
    await page.fill('#code', code);
    await page.click('main form button');
    for (const where of VOTER) {
        await page.goto(house.url + where);
        assert.equal(new URL(page.url()).pathname, where, 'the session holds');
        await lookAt(page, where);
    }
    await page.goto(`${house.url}/ballot/westfield-2026`);
    for (const box of await page.locator('input[name=p]').all()) await box.check();
    await page.click('main form button:not([value=update])');
    assert.match(await page.title(), /^Error: /);
    await lookAt(page, 'a ballot over the pot');
    for (const box of (await page.locator('input[name=p]').all()).slice(1)) await box.uncheck();
    await page.click('main form button:not([value=update])');
    await lookAt(page, 'the check page');
    await page.click('main form button');
    await lookAt(page, 'the receipt');
    await page.context().close();
});

test("officers' pages", async () => {
    const { ada } = officersOf(house);
    house.value('update officer set totp_last_step = 0; delete from failure');
    const page = await strictWindow({ width: 320, height: 640 });
    await page.goto(`${house.url}/desk/sign-in`);
    await page.fill('input[name=email]', ada.email);
    await page.fill('input[name=password]', ada.password);
    await page.fill('input[name=totp]', totp(ada.totp_seed_base32));
    await page.click('main button[type=submit]');
    for (const where of DESK) {
        const answer = await page.goto(house.url + where);
        assert.equal(answer.status(), 200, where);
        await lookAt(page, where);
    }
    await page.context().close();
});

// --- traps of one page --------------------------------------------------------------------------

async function ballot(size) {
    const page = await strictWindow(size);
    const { code } = house.demo.codes.filter((c) => c.area === 'Westfield')[1];
    await page.goto(`${house.url}/vote/code`);
    await page.fill('#code', code);
    await page.click('main form button');
    await page.goto(`${house.url}/ballot/westfield-2026`);
    return page;
}

test('the bar with the sum sticks where there is room, and nowhere else (trap 4)', async () => {
    const page = await ballot({ width: 360, height: 740 });
    const position = () => page.evaluate(() => getComputedStyle(document.querySelector('#total')).position);
    assert.equal(await position(), 'sticky');
    assert.ok(await page.evaluate(() => parseInt(getComputedStyle(document.documentElement).scrollPaddingBottom, 10)) >= 100,
        'what is scrolled to is not behind it');
    await page.setViewportSize({ width: 800, height: 480 });
    assert.equal(await position(), 'static', 'a low window');
    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.isVisible('#total'), false, 'on paper');
    await page.context().close();
});

test('over the pot is said in words and shown by more than the length of a bar (trap 5)', async () => {
    const page = await ballot({ width: 360, height: 740 });
    const look = () => page.evaluate(() => {
        const p = document.querySelector('#total .wm-total');
        const bar = p.nextElementSibling.querySelectorAll('rect')[1];
        return { words: p.textContent.replace(/\s+/g, ' '), fill: bar.getAttribute('fill'),
            border: getComputedStyle(document.querySelector('#total')).borderTopColor };
    });
    await page.locator('input[name=p]').first().check();
    const within = await look();
    assert.match(within.words, /left\.$/);
    for (const box of await page.locator('input[name=p]').all()) await box.check();
    const over = await look();
    assert.match(over.words, /over: remove something\.$/);
    assert.notEqual(over.fill, within.fill);
    assert.equal(await page.locator('meter').count(), 0, 'no meter, which would be full and green');
    // Said politely, once, after the last change (trap 6).
    assert.equal(await page.getAttribute('#say', 'role'), 'status');
    await page.waitForFunction(() => /over: remove something/.test(document.querySelector('#say').textContent));
    await page.context().close();
});

test('what a chart shows stands in a table too, and no column of it is cut off (traps 7 and 8)', async () => {
    for (const language of ['en', 'pl']) {
        const page = await strictWindow({ width: 360, height: 740 });
        await page.context().addCookies([{ name: 'wm_lang', value: language, url: house.url }]);
        await page.goto(`${house.url}/rounds/micklegate-2026/result`);
        assert.match(await page.getAttribute('html', 'lang'), new RegExp(`^${language}`));
        assert.ok(await page.locator('main table').count() > 3);
        assert.deepEqual(await cutOff(page), []);
        const cells = await page.evaluate(() => [...document.querySelectorAll('main td, main th')]
            .filter((c) => c.getBoundingClientRect().right > innerWidth).map((c) => c.textContent));
        assert.deepEqual(cells, [], 'every cell is seen, without scrolling');
        await page.context().close();
    }
});
