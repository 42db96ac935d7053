// open_pages.test.mjs: what is open to everybody besides the API, as people, other sites and search
// engines see it: /open-data, a vote in another site's frame, security.txt, robots.txt.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, describe, it } from 'node:test';
import { faults, openChromium, openWindow } from '../lib/chromium.mjs';
import { openHouse, until } from '../lib/harness.mjs';

let house, browser, reader, nextYear;

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    nextYear = `${new Date().getUTCFullYear() + 1}-01-31`;
    await house.startServer({ security_contact: 'mailto:security@york.example', security_expires: nextYear });
    reader = house.browser();
    browser = await openChromium();
});
after(async () => {
    reader?.close();
    await browser?.close();
    await house?.close();
});

// One of each kind, by where it stands.
const embeds = () => ['soon', 'open', 'published'].map((phase) => `/embed/rounds/${phase === 'published' ? 'micklegate-2026'
    : phase === 'open' ? 'westfield-2026' : house.value(`select slug from round where frozen and opens_at > clock_timestamp() limit 1`)}`);

for (const width of [360, 1280])
    it(`axe finds nothing and nothing sticks out at ${width} px`, async () => {
        const page = await openWindow(browser, { width });
        for (const where of ['/open-data', '/rounds/westfield-2026', '/accessibility', '/privacy', '/cookies', ...embeds()]) {
            assert.equal((await page.goto(house.url + where)).status(), 200, where);
            for (const summary of await page.locator('main summary').all()) await summary.click();
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

describe('a vote in a frame', () => {
    const ancestors = (page) => /frame-ancestors ([^;]+)/.exec(page.headers['content-security-policy'])[1];

    it('only that page may be framed; it has no form, no script and no cookie', async () => {
        for (const where of embeds()) {
            const page = await reader.request('GET', where);
            assert.equal(page.status, 200, where);
            assert.equal(ancestors(page), '*');
            assert.match(page.headers['content-security-policy'], /script-src 'none'.*form-action 'none'/);
            assert.equal(page.headers['set-cookie'], undefined);
            assert.doesNotMatch(page.body, /<(form|script|input|button)\b/);
            assert.match(page.headers.etag, /^"/);
        }
        for (const where of ['/', '/rounds/westfield-2026', '/vote/code', '/desk/sign-in', '/open-data', '/api/v1', '/embed/rounds', '/nothing'])
            assert.equal(ancestors(await reader.request('GET', where)), "'none'", where);
        assert.equal((await reader.get('/embed/rounds/none')).status, 404);
        const draft = house.value('select slug from round where not frozen limit 1');
        if (draft) assert.equal((await reader.get(`/embed/rounds/${draft}`)).status, 404);
    });

    it('the markup on the page of a vote shows it on another site, and its links leave the frame', async () => {
        const markup = /<pre[^>]*>([\s\S]*?)<\/pre>/.exec((await reader.get('/rounds/westfield-2026')).body)[1]
            .replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&#34;', '"').replaceAll('&amp;', '&');
        assert.match(markup, /^<iframe src="http:\/\/127\.0\.0\.1:\d+\/embed\/rounds\/westfield-2026" title="Westfield 2026" /);
        const site = http.createServer((q, a) => a.setHeader('content-type', 'text/html').end(
            q.url === '/vote' ? `<title>Parish</title>${markup}` : `<title>Thief</title><iframe src="${house.url}/vote/code"></iframe>`));
        await new Promise((done) => site.listen(0, '127.0.0.1', done));
        const at = `http://localhost:${site.address().port}`;
        // A window that keeps the pages' own policy, unlike the ones that axe looks through.
        const context = await browser.newContext();
        context.setDefaultTimeout(120000);
        const page = await context.newPage();
        await page.goto(`${at}/vote`);
        const frame = page.frames()[1];
        await frame.waitForSelector('h1');
        assert.equal(await frame.innerText('h1'), 'Westfield 2026');
        assert.match(await frame.innerText('main'), /£24,400/);
        assert.notEqual(await frame.evaluate(() => getComputedStyle(document.querySelector('h1')).fontFamily), 'Times New Roman',
            'with its style');
        assert.ok(await frame.evaluate(() => document.documentElement.scrollHeight) <= 320, 'it fits the frame');
        assert.deepEqual(await context.cookies(), []);
        await frame.click('h1 a');
        await page.waitForURL(`${house.url}/rounds/westfield-2026`);
        await page.goto(`${at}/steal`);
        await page.waitForLoadState('load');
        assert.notEqual(page.frames()[1].url(), `${house.url}/vote/code`, 'no other page can be framed');
        await context.close();
        site.closeAllConnections?.();
        site.close();
    });
});

describe('a title that is markup', () => {
    const TITLE = `</pre></title>]]><script>window.hit=1</script><img src=x onerror="window.hit=1">'&amp;`;

    it('runs nowhere: not in the frame, its markup, the feed or the page', async () => {
        house.value(`set session_replication_role = replica;
            update round set title = $t$${TITLE}$t$ where slug = 'clifton-2027'; notify content`);
        await until('the new title', async () => (await reader.get('/api/v1/rounds/clifton-2027')).json().title === TITLE);
        const page = await openWindow(browser, { width: 360 });
        for (const where of ['/embed/rounds/clifton-2027', '/rounds/clifton-2027', '/feeds/rounds.atom']) {
            await page.goto(house.url + where);
            assert.equal(await page.evaluate(() => window.hit), undefined, where);
            assert.equal(await page.evaluate(() => document.querySelectorAll('img, script').length), 0, where);
        }
        // The markup that others copy is safe where they paste it.
        await page.goto(`${house.url}/rounds/clifton-2027`);
        await page.click('summary:has-text("Show this vote")');
        const markup = await page.innerText('pre');
        await page.goto('about:blank');
        await page.setContent(markup.replace(house.url, 'about:blank#'));
        assert.equal(await page.evaluate(() => window.hit), undefined);
        assert.equal(await page.evaluate(() => document.querySelector('iframe').title), TITLE);
        assert.equal(await page.evaluate(() => document.querySelectorAll('img, script').length), 0);
        await page.context().close();
    });
});

describe('what programs look for at fixed places', () => {
    it('security.txt: from the settings, for more than a month', async () => {
        const page = await reader.get('/.well-known/security.txt');
        assert.equal(page.status, 200);
        assert.equal(page.headers['content-type'], 'text/plain; charset=utf-8');
        const fields = page.body.trim().split('\n').map((line) => /^([\w-]+): (\S.*)$/.exec(line).slice(1));
        assert.deepEqual(fields, [['Contact', 'mailto:security@york.example'], ['Expires', `${nextYear}T23:59:59Z`],
            ['Preferred-Languages', 'en'], ['Canonical', `${house.url}/.well-known/security.txt`]]);
        assert.ok(new Date(fields[1][1]) > Date.now() + 30 * 86400e3);
    });

    it('robots.txt: a demonstration is nobody\'s to find, a service but for pages of one person', async () => {
        assert.equal((await reader.get('/robots.txt')).body, 'User-agent: *\nDisallow: /\n');
        const real = await house.startSecondServer({ demo: 'off', public_url: 'https://vote.york.example' });
        const page = await reader.request('GET', `${real.url}/robots.txt`);
        const closed = page.body.split('\n').filter((l) => l.startsWith('Disallow: ')).map((l) => l.slice(10));
        for (const where of ['/ballot/x', '/desk', '/ideas/K', '/providers/K', '/v/1', '/vote/phone'])
            assert.ok(closed.some((c) => where.startsWith(c)), where);
        for (const where of ['/', '/rounds/x', '/neighbourhoods', '/results', '/vote', '/ideas', '/open-data'])
            assert.ok(!closed.some((c) => where.startsWith(c)), where);
        assert.equal((await reader.request('GET', `${real.url}/.well-known/security.txt`)).status, 404, 'none is set');
        await real.server.stop();
    });
});
