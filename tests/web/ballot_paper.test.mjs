// ballot_paper.test.mjs: a ballot to print, fill in with a pen and hand in: what a printer makes of it,
// for every kind of ballot, in ordinary and in large print; and officers say where it is handed in.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import nodePath from 'node:path';
import { after, before, test } from 'node:test';
import { openChromium, openWindow } from '../lib/chromium.mjs';
import { openHouse, until } from '../lib/harness.mjs';
import { shotsDir } from '../lib/pictures.mjs';
import { openBooth, words } from './booth.mjs';
import { look as lookIn } from './in_language.mjs';
import { officersOf, signIn, tokenOf } from './officers.mjs';

let house, browser, reader, officers, go, look, projects, bend;
before(async () => {
    house = await openHouse();
    const demo = await house.loadDemo();
    await house.startServer({ languages: 'en pl ar-XB' });
    officers = officersOf(house);
    reader = house.browser();
    browser = await openChromium();
    ({ go, look, projects, bend } = openBooth(house, browser, demo));
    bend(`update round set minimum_age = 11, residence = 'neighbourhood' where slug = 'heworth-2026'`);
});
after(async () => {
    reader?.close();
    await browser?.close();
    await house?.close();
});

const A4 = { width: 595, height: 842 }; // points
const ROUNDS = [
    ['westfield-2026', 'knapsack'], ['heworth-2026', 'approval'], ['fishergate-2026', 'points'],
    ['acomb-streets-2026', 'ranking'], ['guildhall-2026', 'pots'], ['westfield-agreement-2026', 'question'],
];

// As somebody else's program reads the file: pages, and words with their boxes in points.
function readPdf(name, bytes) {
    fs.mkdirSync(shotsDir, { recursive: true });
    const file = nodePath.join(shotsDir, `${name}.pdf`);
    fs.writeFileSync(file, bytes);
    const xml = execFileSync('pdftotext', ['-bbox', file, '-'], { encoding: 'utf8' });
    if (process.env.WM_LOOK) execFileSync('pdftoppm', ['-r', '60', '-png', file, file.slice(0, -4)]);
    else fs.unlinkSync(file);
    return xml.split('<page ').slice(1).map((page) => ({
        width: Number(/width="([\d.]+)"/.exec(page)[1]),
        height: Number(/height="([\d.]+)"/.exec(page)[1]),
        words: [...page.matchAll(/<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<\/word>/g)]
            .map(([, x0, y0, x1, y1, text]) => ({ x0: +x0, y0: +y0, x1: +x1, y1: +y1, text })),
    }));
}
const decoded = (text) => text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&apos;', "'");
const said = (pages) => decoded(pages.flatMap((p) => p.words.map((w) => w.text)).join(' '));

for (const [slug, name] of ROUNDS) {
    test(`on paper: ${name}`, async () => {
        const page = await openWindow(browser, { width: 360 });
        await go(page, `/rounds/${slug}/ballot-paper`);
        await look(page, `${name}-360`);
        for (const [size, points] of [['ordinary', 14], ['large', 18]]) {
            if (size === 'large') await page.click('text=The same in large print');
            // Printers take no colours and no backgrounds unless asked.
            const pages = readPdf(`paper-${name}-${size}`, await page.pdf({ preferCSSPageSize: true, tagged: true }));
            const text = said(pages);
            for (const p of projects(slug)) assert.ok(name === 'question' || text.includes(`${p.number} ${p.title}`), `${p.number} ${p.title}`);
            assert.match(text, /Your voting code/);
            assert.match(text, /sealed box at the counter of any library/);
            assert.match(text, /It must be there by \d/);
            assert.doesNotMatch(text, /Print this page|Skip to main|Cookies/, 'what is for the screen stays there');
            if (name === 'approval') assert.match(text, /I live in Heworth. I am 11 or older. .*Signature Date/);
            else assert.match(text, /Do not write your name or address/);
            const title = house.value(`select title from round where slug = '${slug}'`);
            for (const one of pages) {
                assert.ok(said([one]).includes(`Ballot paper: ${title}`), 'a sheet that goes astray says whose it is');
                assert.ok(one.words.length > 20, 'no sheet bears its head alone');
                const alone = one.words.filter((w) => w.text === '£' &&
                    !one.words.some((before) => before.x1 <= w.x0 && Math.abs(before.y0 - w.y0) < 2));
                assert.deepEqual(alone, [], 'an amount is written behind the words that ask for it');
                assert.ok(Math.abs(one.width - A4.width) < 2 && Math.abs(one.height - A4.height) < 2, 'A4');
                const out = one.words.filter((w) => w.x0 < 28 || w.x1 > A4.width - 28 || w.y0 < 28 || w.y1 > A4.height - 14);
                assert.deepEqual(out, [], 'no word comes near the edge of the paper');
            }
            await page.emulateMedia({ media: 'print' });
            const small = await page.evaluate((least) => [...document.querySelectorAll('main *')]
                .filter((e) => e.checkVisibility() && parseFloat(getComputedStyle(e).fontSize) < least * 96 / 72 - 0.1).map((e) => e.outerHTML), points);
            assert.deepEqual(small, [], `nothing is smaller than ${points} points`);
            const colours = await page.evaluate(() => [...new Set([...document.querySelectorAll('.wm-paper, .wm-paper *')]
                .filter((e) => e.checkVisibility()).map((e) => getComputedStyle(e).color))]);
            assert.deepEqual(colours, ['rgb(0, 0, 0)'], 'black');
            await page.emulateMedia({ media: null });
            const boxes = await page.locator('.wm-paper__box').count();
            const open = projects(slug).length;
            const blank = house.value(`select blank_allowed from round where slug = '${slug}'`) === 't' ? 1 : 0;
            assert.equal(boxes, (name === 'question' ? 2 : open) + blank, 'a box each');
            console.log(`paper ${name} ${size}: ${pages.length} pages, ${boxes} boxes`);
            if (size === 'ordinary') assert.ok(pages.length <= (open > 8 ? 2 : 1), `${pages.length} pages`);
        }
        await look(page, `${name}-large-360`);
        await page.context().close();
    });
}

test('it is wholly in the language of its reader', async () => {
    for (const tag of ['ar-XB', 'pl']) {
        const page = await openWindow(browser, { width: 360, cookies: [{ name: 'wm_lang', value: tag, url: house.url }] });
        for (const [slug, name] of ROUNDS) {
            await go(page, `/rounds/${slug}/ballot-paper`);
            assert.equal(await page.getAttribute('html', 'lang'), tag);
            await lookIn(page, name);
            const dots = await page.locator('.wm-paper__dots').evaluateAll((all) => all.map((e) => parseFloat(getComputedStyle(e, '::after').width)));
            assert.ok(dots.length > 0 && dots.every((width) => width >= 110), `${name}: room to write on dots of ${dots}`);
            const [first, last] = await page.locator('.wm-paper__code i').evaluateAll((all) => [all[0], all[8]].map((e) => e.getBoundingClientRect().x));
            assert.ok(first < last, 'digits go from left to right in every language');
            const sum = page.locator('.wm-paper__sum');
            if (tag === 'pl' && name === 'pots') assert.deepEqual([await sum.locator('> *').count(), (await sum.nth(1).innerText()).replace(/\s+/g, ' ')],
                [4, 'Greener streets: To, co wybrano, kosztuje razem: £'], 'words, then dots, then the sign');
        }
        await page.context().close();
    }
});

test('it is to be found, and is not there where nobody votes on paper', async () => {
    const where = '/rounds/westfield-2026/ballot-paper';
    for (const from of ['/rounds/westfield-2026', '/vote'])
        assert.ok((await reader.get(from)).links.some((l) => l.href === where), from);
    const phone = house.value(`select slug from round where eligibility = 'phone' and frozen limit 1`);
    for (const slug of ['micklegate-2026', phone].filter(Boolean)) {
        assert.equal((await reader.get(`/rounds/${slug}/ballot-paper`)).status, 404, slug);
        assert.ok(!(await reader.get('/vote')).links.some((l) => l.href === `/rounds/${slug}/ballot-paper`), slug);
    }
    assert.equal((await reader.get('/rounds/none/ballot-paper')).status, 404);
});

test('an officer says where it is handed in, also before voting opens', async () => {
    const ada = await signIn(house, officers.ada);
    const soon = house.value(`select r.slug from round r join neighbourhood n on n.id = r.neighbourhood_id
        where r.frozen and r.opens_at > clock_timestamp() and r.eligibility = 'code' and r.kind <> 'yes_no' limit 1`);
    for (const slug of ['westfield-2026', soon].filter(Boolean)) {
        const at = `/desk/rounds/${slug}/paper`;
        const form = `${at}-return`;
        const before = await ada.get(at);
        if (before.status === 404) continue; // another ward's
        assert.ok(before.links.some((l) => l.href === `/rounds/${slug}/ballot-paper?size=large`));
        const long = await ada.submit(before, { words: 'x'.repeat(401) }, { form });
        assert.equal(long.status, 422);
        assert.match(long.text, /Use at most 400 characters/);
        const saved = await ada.submit(long, { words: 'At <Foxwood> hall,\nBellhouse Way' }, { form });
        assert.equal(saved.path, at, saved.text);
        const paper = async () => (await reader.get(`/rounds/${slug}/ballot-paper`)).text;
        await until('the paper says so', async () => /At <Foxwood> hall/.test(await paper()));
        const page = await openWindow(browser, { width: 1280 });
        await go(page, `/rounds/${slug}/ballot-paper`);
        assert.match(await words(page), /At <Foxwood> hall, Bellhouse Way/);
        await look(page, `ballot-1280-${slug}`);
        await page.context().close();
        await ada.submit(await ada.get(at), { words: '' }, { form });
        await until('it says that again', async () => /Ask your council where ballot papers are collected/.test(await paper()));
    }
    assert.match(house.value(`select detail::text from audit where action = 'paper.return' order by id limit 1`),
        /"return_to": \["In the sealed box.*", "At <Foxwood> hall/);
    const over = '/desk/rounds/micklegate-2026/paper';
    const late = await ada.get(over);
    assert.doesNotMatch(late.text, /Where residents hand it in/);
    const refused = await ada.post(`${over}-return`, { token: tokenOf(late), words: 'At the hall' });
    assert.equal(refused.status, 409);
    assert.match(refused.text, /No paper is handed in for this round, or voting in it is over/);
    const tom = await signIn(house, officers.tom);
    assert.equal((await tom.post('/desk/rounds/westfield-2026/paper-return', { words: 'x', token: 'x' })).status === 303, false);
});
