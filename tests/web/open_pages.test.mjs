// open_pages.test.mjs: what is open to everybody besides the API, as people and other programs see
// it: /open-data, at the width of a phone and on a desk, for axe too.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { faults, openChromium, openWindow, shot } from '../lib/chromium.mjs';
import { openHouse } from '../lib/harness.mjs';

let house, browser, reader;

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    reader = house.browser();
    browser = await openChromium();
});
after(async () => {
    reader?.close();
    await browser?.close();
    await house?.close();
});

const pages = ['/open-data'];

for (const width of [360, 1280])
    it(`axe finds nothing and nothing sticks out at ${width} px`, async () => {
        const page = await openWindow(browser, { width });
        for (const where of pages) {
            assert.equal((await page.goto(house.url + where)).status(), 200, where);
            if (process.env.WM_LOOK) await shot(page, `open${where.replaceAll('/', '-')}-${width}`);
            assert.deepEqual(await faults(page), [], where);
        }
        await page.context().close();
    });

describe('/open-data', () => {
    it('is linked from every page, and what it links to is there', async () => {
        assert.ok((await reader.get('/')).links.some((l) => l.href === '/open-data'));
        const { links } = await reader.get('/open-data');
        const own = links.filter((l) => l.href.startsWith('/'));
        assert.ok(own.length > 10);
        for (const { href } of own) assert.equal((await reader.get(href)).status, 200, href);
    });
});
