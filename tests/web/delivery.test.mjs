// delivery.test.mjs: officers report what became of funded projects; residents read it on the result,
// the project and the neighbourhood, with what was reported before, and take it home as files.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { faults, openChromium, openWindow } from '../lib/chromium.mjs';
import { openHouse, until } from '../lib/harness.mjs';
import { officersOf, signIn, tokenOf } from './officers.mjs';

let house, sam, mina, reader, browser, funded;
const result = '/rounds/guildhall-2025/result';

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    browser = await openChromium();
    const officers = officersOf(house);
    sam = await signIn(house, officers.sam);
    mina = await signIn(house, officers.mina);
    reader = house.browser();
    funded = house.rows(`select to_char(p.number, 'FM0000') as number, p.title, p.cost from round r, api.round_funded(r.id) p
        where r.slug = 'guildhall-2025' order by p.number`);
});
after(async () => { await browser?.close(); await house?.close(); });

const report = async (desk, number, fields) =>
    desk.post(`/desk/delivery/guildhall-2025/${number}`, { token: tokenOf(await desk.get('/desk')), ...fields });
const read = (path, pattern) => until(`${path} says so`, async () => {
    const page = await reader.get(path);
    return pattern.test(page.text) && page;
});

describe('a resident', () => {
    it('reads on the result, the project and the neighbourhood how each stands', async () => {
        assert.ok(funded.length >= 3, 'the demo funds at least three');
        const [done, dropped, going] = funded;
        for (const path of [result, '/neighbourhoods/guildhall']) {
            const page = await reader.get(path);
            assert.match(page.text, new RegExp(`${done.title}.{0,40}Done £[\\d,.]+ spent of £[\\d,]+\\. .*2 earlier reports`), path);
            assert.match(page.text, new RegExp(`${dropped.title}.{0,40}Dropped .*no other place was found`), path);
            assert.match(page.text, new RegExp(`${going.title}.{0,40}In progress`), path);
            assert.match(page.text, /In progress £[\d,.]+ spent\. .*The order is placed/, 'what was reported before');
            assert.doesNotMatch(page.text, /Sam Clifton/, 'by the council, not by a person');
        }
        assert.match((await reader.get(`/rounds/guildhall-2025/${done.number}`)).text, /What became of it Done/);
        const other = house.value(`select to_char(p.number, 'FM0000') from proposal p join round r on r.id = p.round_id where r.slug = 'guildhall-2025'
            and not exists (select from api.round_funded(r.id) f where f.id = p.id) limit 1`);
        if (other) assert.doesNotMatch((await reader.get(`/rounds/guildhall-2025/${other}`)).text, /What became of it/);
        assert.doesNotMatch((await reader.get('/rounds/westfield-2026')).text, /What became of/);
    });

    it('takes it home', async () => {
        const page = await reader.get(result);
        for (const file of ['delivery.csv', 'delivery.json']) assert.ok(page.body.includes(`href="${result}/${file}"`), file);
        const json = JSON.parse((await reader.get(`${result}/delivery.json`)).body);
        assert.deepEqual(json.map((p) => p.number), funded.map((p) => p.number));
        assert.deepEqual(json[0].reports.map((r) => r.state), ['done', 'in_progress', 'not_started']);
        assert.equal(json[0].spent_pence, Math.round(funded[0].cost * 0.96));
        const lines = (await reader.get(`${result}/delivery.csv`)).body.trim().split('\r\n');
        assert.equal(lines[0], 'round,number,project,cost,reported_on,state,spent,note');
        assert.match(lines[1], /^"guildhall-2025",\d{4},"[^"]+",\d+\.\d\d,\d{4}-\d\d-\d\d,done,\d+\.\d\d,"All of it is there/);
        assert.deepEqual((await reader.get('/api/v1/rounds/guildhall-2025/result')).json().delivery, json, 'and by the interface');
        for (const path of ['/rounds/westfield-2026/result/delivery.csv', '/rounds/guildhall-2025/versions/1/delivery.csv'])
            assert.equal((await reader.get(path)).status, 404, path);
    });
});

describe('an officer', () => {
    it('is reminded of what nobody reported for 90 days', async () => {
        const open = house.rows(`select 1 from api.desk_delivery((select id from officer where name = 'Sam Clifton'), null, null) d
            where d.due group by d.slug, d.number`).length;
        assert.ok(open > 0, 'the demo has one that is due');
        assert.match((await sam.get('/desk')).text, new RegExp(`${open} funded projects? to report on`));
        assert.doesNotMatch((await mina.get('/desk')).text, /to report on/, 'of their own areas');
        const page = await sam.get('/desk/delivery');
        assert.match(page.text, /To report .*Guildhall 2025/);
        assert.equal((await mina.get(`/desk/delivery/guildhall-2025/${funded[0].number}`)).status, 404);
        assert.equal((await report(mina, funded[0].number, { state: 'done', spent: '1', note: 'x' })).status, 404);
    });

    it('reports; what is wrong stands beside it', async () => {
        const { number, title } = funded[2];
        const wrong = await report(sam, number, { state: '', spent: 'much', note: '' });
        assert.equal(wrong.status, 422);
        for (const field of ['state', 'spent', 'note']) assert.match(wrong.body, new RegExp(`href="#${field}`));
        assert.match(wrong.body, /value="much"/);
        const page = await report(sam, number, { state: 'done', spent: '£1,234.50', note: '=Done <b>at last</b>' });
        assert.equal(page.path, `/desk/delivery/guildhall-2025/${number}`);
        assert.match(page.text, /Done £1,234\.50 spent .*\(Sam Clifton\)/);
        for (const path of [result, '/neighbourhoods/guildhall', `/rounds/guildhall-2025/${number}`]) {
            const shown = await read(path, /at last/);
            assert.match(shown.body, /=Done &lt;b&gt;at last/, path);
            assert.match(shown.text, /2 earlier reports/, path);
        }
        assert.match((await reader.get(`${result}/delivery.csv`)).body, /done,1234\.50,"'=Done <b>at last<\/b>"/);
        assert.match((await sam.get('/desk/audit')).text, /delivery/i);
        assert.doesNotMatch((await sam.get('/desk/delivery')).text, new RegExp(`${title} To report`));
    });

    it('may say that nothing was spent', async () => {
        const page = await report(sam, funded[1].number, { state: 'dropped', spent: '£0', note: 'The money came back' });
        assert.match(page.text, /Dropped £0 spent of/);
    });
});

it('its pages, for eyes and for axe', async () => {
    const cookies = [...sam.cookies].map(([name, value]) => ({ name, value, url: sam.base }));
    const paths = [result, '/neighbourhoods/guildhall', `/rounds/guildhall-2025/${funded[0].number}`, '/desk', '/desk/delivery',
        `/desk/delivery/guildhall-2025/${funded[0].number}`, '/desk/rounds/guildhall-2025'];
    for (const width of [360, 1280]) {
        const page = await openWindow(browser, { width, cookies });
        for (const path of paths) {
            await page.goto(reader.base + path);
            await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));
            assert.deepEqual(await faults(page), [], path);
        }
        await page.context().close();
    }
});
