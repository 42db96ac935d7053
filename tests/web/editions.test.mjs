// editions.test.mjs: a resident reads an agreement: each edition at its own address, what changed, what
// was checked, as a page, on paper and as files that anybody can check.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { faults, openChromium, openWindow, shot } from '../lib/chromium.mjs';
import { openHouse } from '../lib/harness.mjs';

let house, reader, browser;
const acomb = '/neighbourhoods/acomb/agreement';

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    browser = await openChromium();
    reader = house.browser();
});
after(async () => { await browser?.close(); await house?.close(); });

describe('an edition', () => {
    it('has an address of its own; the agreement is the one in force', async () => {
        const page = await reader.get(acomb);
        assert.match(page.text, /Acomb, edition 2, in force/);
        assert.match(page.text, /without a vote: The ward meeting agreed to it/);
        assert.match(page.text, /Each street once in three weeks/);
        assert.match(page.text, /keep dogs off the play areas/);
        assert.ok(page.body.includes(`href="${acomb}/1"`) && !page.body.includes(`href="${acomb}/2"`), 'the other editions are listed');
        const first = await reader.get(`${acomb}/1`);
        assert.match(first.text, /Acomb, edition 1, replaced/);
        assert.match(first.text, /no longer in force/);
        assert.match(first.text, /Each street once in four weeks/);
        assert.doesNotMatch(first.text, /What changed since/);
        assert.doesNotMatch(first.body, /\/offer"/, 'nobody helps with what is over');
        for (const path of [`${acomb}/3`, `${acomb}/0`, `${acomb}/x`, `${acomb}/2/other.csv`, `${acomb}/1/changes`,
            '/neighbourhoods/heworth/agreement/2', '/neighbourhoods/heworth/agreement/2/agreement.txt', '/neighbourhoods/heworth/agreement/2/changes'])
            assert.equal((await reader.get(path)).status, 404, path);
    });

    it('tells of each pledge what was checked, and before that', async () => {
        const page = await reader.get(acomb);
        const [, pledges, unchecked] = /Pledges (\d+) Met 2 Partly met 1 Not met 1 Not checked yet (\d+)/.exec(page.text);
        assert.equal(Number(pledges), 2 + 1 + 1 + Number(unchecked), 'the figures add up');
        assert.match(page.text, /Met checked .*Every street is in the log.*See the evidence.*2 earlier checks.*Partly met checked.*Two streets were missed.*Not met checked.*Eleven streets/);
        assert.match(page.text, /Not checked yet/);
        assert.match(page.text, /Declined by the provider\. The control room answers now/);
    });

    it('says what changed, in marks and in words', async () => {
        const page = await reader.get(`${acomb}/2/changes`);
        assert.match(page.text, /What changed from edition 1 to edition 2/);
        assert.match(page.text, /Added 2 Reworded 2 Taken out 2 As before 2/);
        assert.match(page.body, /Each street once in <del>.*?four.*?<\/del> <ins>.*?three.*?<\/ins> weeks; shops daily/);
        assert.match(page.text, /Each street once in \(taken out: four ?\) \(put in: three ?\) weeks/);
        assert.match(page.text, /Walk the estate with residents \(put in: and tenants ?\)/);
        assert.match(page.text, /Declined by the provider\. The control room answers now/);
        assert.match(page.text, /report what is \(taken out: broken, ?\) \(put in: broken within a day, ?\) keep dogs/);
        const proposed = await reader.get('/neighbourhoods/westfield/agreement/2/changes');
        assert.match(proposed.text, /What changed from edition 1 to edition 2/);
    });

    it('escapes what officers and providers wrote, in every shape', async () => {
        house.value(`update pledge set evidence = '<script>x', standard = '=1+1 "<b>"' where promise = 'Safe play areas'
            and edition_id = (select e.id from agreement_edition e join neighbourhood n on n.id = e.neighbourhood_id where n.slug = 'acomb' and e.edition = 2);
            notify content`);
        assert.match((await reader.get(`${acomb}/2`)).body, /&lt;script&gt;x/);
        assert.match((await reader.get(`${acomb}/2/changes`)).body, /=1\+1 &#34;&lt;b&gt;&#34;/);
        assert.match((await reader.get(`${acomb}/2/agreement.csv`)).body, /"'=1\+1 ""<b>"""/);
    });
});

describe('its files', () => {
    it('the text is what the published hash is of', async () => {
        const page = await reader.get(acomb);
        const shown = /SHA-256 of its words: ([0-9a-f]{64})/.exec(page.text)[1];
        const text = await reader.get(`${acomb}/2/agreement.txt`);
        assert.equal(createHash('sha256').update(text.body).digest('hex'), shown);
        assert.match(text.body, /^wardmote\/agreement\/1\narea acomb\nedition 2\n/);
    });

    it('JSON carries the same text, every pledge and every check', async () => {
        const answer = await reader.get(`${acomb}/2/agreement.json`);
        const edition = JSON.parse(answer.body);
        assert.equal(createHash('sha256').update(edition.frozen_text).digest('hex'), edition.sha256);
        assert.equal(edition.pledges.length, 7);
        assert.deepEqual(edition.pledges[0].checks.map((c) => c.result), ['met', 'partly', 'not_met']);
        assert.match(edition.pledges[0].checked_on, /^\d{4}-\d\d-\d\d$/);
        assert.equal(edition.pledges[6].last_check, null);
        assert.match(edition.residents_do_in_return, /put bins back/);
    });

    it('CSV has a row a pledge', async () => {
        const lines = (await reader.get(`${acomb}/2/agreement.csv`)).body.trim().split('\r\n');
        assert.equal(lines.length, 8);
        assert.match(lines[0], /^pledge,provider,promise,standard,measure,due,answer,reason,last_check/);
        assert.match(lines[1], /^1,"Council street services","Sweep every street",.*,accepted,"",met,/);
    });
});

it('on paper it begins with its date and hash, and hides nothing', async () => {
    const page = await openWindow(browser, { width: 1280 });
    await page.goto(reader.base + acomb);
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('.wm-print-only').isVisible());
    assert.ok(!await page.locator('.wm-languages').isVisible(), 'paper has no links to press');
    assert.match(await page.locator('.wm-print-only').innerText(), /Adopted on .*SHA-256 of its words: [0-9a-f]{64}/s);
    assert.equal(await page.locator('h1').count(), 1);
    assert.ok(await page.getByText('Eleven streets were not swept').isVisible(), 'earlier checks are unfolded');
    for (const hidden of ['.wm-header nav', '.govuk-footer', '.govuk-back-link'])
        assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
    assert.equal(await page.getByText('The pledges as a table').isVisible(), false);
    if (process.env.WM_LOOK) await shot(page, 'editions-print');
    await page.context().close();
});

it('its pages, for eyes and for axe', async () => {
    const paths = ['/agreements', acomb, `${acomb}/1`, `${acomb}/2/changes`, '/neighbourhoods/westfield/agreement/2',
        '/neighbourhoods/westfield/agreement/2/changes'];
    for (const width of [360, 1280]) {
        const page = await openWindow(browser, { width });
        for (const path of paths) {
            await page.goto(reader.base + path);
            await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));
            assert.deepEqual(await faults(page), [], path);
        }
        await page.context().close();
    }
});
