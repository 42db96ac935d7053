// offers.test.mjs: residents offer help with projects and pledges; the ward's officer alone sees whom
// to call, and that they looked is on record.
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { faults, openChromium, openWindow } from '../lib/chromium.mjs';
import { openHouse } from '../lib/harness.mjs';
import { officersOf, signIn, tokenOf } from './officers.mjs';

let house, resident, tom, mina, number, browser;
before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    browser = await openChromium();
    resident = house.browser();
    const officers = officersOf(house);
    tom = await signIn(house, officers.tom);
    mina = await signIn(house, officers.mina);
    number = house.value(`select to_char(min(p.number), 'FM0000') from proposal p join round r on r.id = p.round_id
        where r.slug = 'westfield-2026' and p.state = 'published'`);
});
after(async () => { await browser?.close(); await house?.close(); });

const good = { words: 'I can lend a <van>', name: 'Ann Lee', number: '07700 900 456', agree: 'yes' };

it('offers help with a project; what is wrong stands beside it', async () => {
    const project = `/rounds/westfield-2026/${number}`;
    assert.match((await resident.get(project)).text, /Offer help/);
    const form = await resident.get(`${project}/offer`);
    const empty = await resident.submit(form, { words: '', name: '', number: '12', agree: [] }, { form: /offer$/ });
    assert.equal(empty.status, 422);
    for (const field of ['words', 'name', 'number', 'agree']) assert.match(empty.body, new RegExp(`href="#${field}"`));
    assert.equal(house.value('select count(*) from offer'), '0', 'nothing is kept of it');
    assert.equal((await resident.submit(form, good, { form: /offer$/ })).path, '/offers/thanks');
    await resident.submit(form, good, { form: /offer$/ });
    assert.equal(house.value('select count(*) from offer'), '1', 'a second click is the same offer');
    assert.equal((await resident.get('/rounds/westfield-2026/9999/offer')).status, 404);
});

it('offers help with a pledge', async () => {
    const area = house.value(`select n.slug from agreement_edition e join neighbourhood n on n.id = e.neighbourhood_id
        where e.state = 'adopted' order by n.slug limit 1`);
    const page = await resident.get(`/neighbourhoods/${area}/agreement`);
    const path = /href="(\/neighbourhoods\/[^"]+\/offer)"/.exec(page.body)[1];
    assert.equal((await resident.submit(await resident.get(path), good, { form: path })).path, '/offers/thanks');
    assert.match((await resident.get('/neighbourhoods/atlantis/agreement/1/offer')).text, /nothing here to help with/);
    assert.equal(house.value('select count(*) from offer where pledge_id is not null'), '1');
});

it('is for the ward officer, who calls', async () => {
    const page = await tom.get('/desk/offers');
    assert.match(page.body, /I can lend a &lt;van&gt;/);
    assert.match((await tom.get('/desk')).text, /1 offer of help to call about/);
    assert.ok(!page.body.includes('900456'), 'no number in the list');
    assert.doesNotMatch((await mina.get('/desk/offers')).text, /lend a/);
    const id = house.value('select id from offer where proposal_id is not null');
    assert.equal((await mina.post(`/desk/offers/${id}`, { token: tokenOf(await mina.get('/desk')) })).status, 404);
    const shown = await tom.post(`/desk/offers/${id}`, { token: tokenOf(page) });
    assert.match(shown.text, /07700 900456/);
    assert.equal(house.value(`select count(*) from audit where action = 'offer.call'`), '1');
    assert.match((await tom.post(`/desk/offers/${id}/answered`, { token: tokenOf(page) })).text, /Tom \S+ called at/);
    assert.ok(!house.server.log().includes('900456'));
});

it('its pages, for eyes and for axe', async () => {
    const forPledge = /href="(\/neighbourhoods\/[^"]+\/offer)"/.exec((await resident.get('/neighbourhoods/westfield/agreement')).body)[1];
    const cookies = [...tom.cookies].map(([name, value]) => ({ name, value, url: tom.base }));
    for (const width of [360, 1280]) {
        const page = await openWindow(browser, { width, cookies });
        for (const path of [`/rounds/westfield-2026/${number}/offer`, `/rounds/westfield-2026/${number}`, forPledge,
            '/offers/thanks', '/desk/offers']) {
            await page.goto(resident.base + path);
            assert.deepEqual(await faults(page), [], path);
        }
        await page.context().close();
    }
});
