// languages.test.mjs: the road of a voter in Polish, and in a language that is read from right to
// left, which is made of the English words between two marks: what stands outside of them was not
// translated. Nothing of a page is, or all of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openChromium, openWindow } from '../lib/chromium.mjs';
import { openHouse } from '../lib/harness.mjs';
import { openBooth, path } from './booth.mjs';
import { look } from './in_language.mjs';

let house, browser, demo, freshCode;
before(async () => {
    house = await openHouse();
    demo = await house.loadDemo();
    await house.startServer({ languages: 'en pl ar-XB', sms_number: '60777' });
    browser = await openChromium();
    ({ freshCode } = openBooth(house, browser, demo));
});
after(async () => {
    await browser?.close();
    await house?.close();
});

const cookie = (tag) => ({ name: 'wm_lang', value: tag, url: house.url });
const lang = (page) => page.getAttribute('html', 'lang');
const go = (page, where) => page.goto(house.url + where);

const proceed = (page) => page.click('main form button.govuk-button:not(.govuk-button--secondary) >> nth=0');

async function toRounds(page, code) {
    await go(page, '/');
    await look(page, 'home');
    await go(page, '/vote');
    await look(page, 'vote');
    await go(page, '/vote/code');
    await proceed(page);
    await look(page, 'code-missing');
    await page.fill('#code', '123 456');
    await proceed(page);
    await look(page, 'code-wrong');
    await page.fill('#code', code);
    await proceed(page);
    assert.equal(path(page), '/vote/rounds');
    await look(page, 'rounds');
}

test('a reader chooses a language, and it stays', async () => {
    const page = await openWindow(browser, { width: 360 });
    await go(page, '/vote');
    assert.equal(await lang(page), 'en-GB');
    await page.click('nav.wm-languages button[lang=pl]');
    assert.equal(path(page), '/vote', 'the same page comes back');
    assert.equal(await lang(page), 'pl');
    assert.match(await page.title(), /^Jak głosować - Wardmote$/);
    await go(page, '/');
    assert.match(await page.innerText('h1'), /^Twoja ulica/);
    assert.match(await page.innerText('main'), /O \d{2,3}\u00a0\d{3}\u00a0£ decydują teraz mieszkańcy/u, 'money as Poles write it');
    await go(page, '/demo');
    assert.equal(await lang(page), 'en-GB', 'a page that is not translated is wholly English');
    assert.match(await page.innerText('.wm-header nav'), /Neighbourhoods/);
    await go(page, '/');
    await page.click('nav.wm-languages button[lang=en-GB]');
    assert.equal(await lang(page), 'en-GB');
    assert.deepEqual((await page.context().cookies()).filter((c) => c.name === 'wm_lang'), []);
});

test('the kept page of one language is never another reader\'s', async () => {
    const [pl, en] = [house.browser(), house.browser()];
    pl.cookies.set('wm_lang', 'pl');
    for (let i = 0; i < 3; i++) {
        assert.match((await pl.get('/')).text, /Twoja ulica/);
        assert.match((await en.get('/')).text, /Your street/);
    }
    en.cookies.set('wm_lang', 'xx');
    assert.match((await en.get('/')).text, /Your street/, 'a language that nobody knows is English');
});

test('choosing leads nowhere else', async () => {
    const b = house.browser();
    for (const [to, where] of [['/vote', '/vote'], ['//evil.example/', '/'], ['https://evil.example/', '/'], ['/nowhere', '/'], ['', '/']]) {
        const page = await b.post('/language', { tag: 'pl', to });
        assert.equal(page.path, where, to);
    }
    assert.equal((await b.post('/language', { tag: 'de', to: '/' })).status, 400);
});

for (const tag of ['pl', 'ar-XB'])
    test(`the road in ${tag}: every page is wholly in it`, async () => {
        const page = await openWindow(browser, { width: 360, cookies: [cookie(tag)] });
        await toRounds(page, freshCode('Westfield'));
    });
