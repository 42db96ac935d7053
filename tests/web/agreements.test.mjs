// agreements.test.mjs: two officers and a provider make an agreement: drafted, answered by its private
// link and at the desk, put forward, adopted without a vote, checked; residents read it all along.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { faults, openChromium, openWindow } from '../lib/chromium.mjs';
import { openHouse, until } from '../lib/harness.mjs';
import { london, officersOf, signIn, tokenOf } from './officers.mjs';

let house, tom, sam, mina, reader, browser, at, link;

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    browser = await openChromium();
    const officers = officersOf(house);
    tom = await signIn(house, officers.tom);
    sam = await signIn(house, officers.sam);
    mina = await signIn(house, officers.mina);
    reader = house.browser();
    // Westfield has an edition in force and none on its way.
    house.value(`update agreement_edition e set state = 'rejected' from neighbourhood n
        where n.id = e.neighbourhood_id and n.slug = 'westfield' and e.state in ('draft', 'proposed')`);
});
after(async () => { await browser?.close(); await house?.close(); });

const act = async (desk, path, fields) => desk.post(path, { token: tokenOf(await desk.get('/desk')), ...fields });
const pledges = () => house.rows(`select g.id, v.name as provider, g.state from pledge g join provider v on v.id = g.provider_id
    where g.edition_id = ${at.split('/').pop()} order by g.ordinal`);

describe('a draft', () => {
    it('begins with the pledges in force, and is one', async () => {
        const refused = await act(tom, '/desk/agreements', { area: 'westfield', title: '' });
        assert.equal(refused.status, 422);
        assert.match(refused.text, /Enter a title/);
        const page = await act(tom, '/desk/agreements', { area: 'westfield', title: 'Westfield <2027>', copy: 'yes' });
        at = page.path;
        assert.match(at, /^\/desk\/agreements\/\d+$/);
        assert.match(page.body, /Westfield &lt;2027&gt;/);
        assert.ok(pledges().length > 0);
        assert.equal((await act(sam, '/desk/agreements', { area: 'westfield', title: 'Mine' })).path, at, 'a second officer gets the same');
        assert.equal((await mina.get(at)).status, 404, 'another ward has no business with it');
        assert.doesNotMatch((await reader.get('/neighbourhoods/westfield/agreement')).text, /Westfield <2027>/);
    });

    it('takes pledges; what is wrong stands beside it', async () => {
        const empty = await act(tom, `${at}/new`, { do: 'save', provider: '', promise: '', due: 'soon' });
        assert.equal(empty.status, 422);
        for (const field of ['provider', 'promise', 'due']) assert.match(empty.body, new RegExp(`href="#${field}"`));
        assert.match(empty.body, /value="soon"/);
        const saved = await act(tom, `${at}/new`, { do: 'save', provider: 'Friends of Hob Moor', promise: 'Plant 50 trees', due: '31/3/2027' });
        assert.equal(saved.path, at);
        assert.match(saved.text, /Plant 50 trees/);
        assert.match(saved.text, /due 31 March 2027/);
        assert.equal((await act(tom, at, { do: 'save', title: 'Westfield 2027', in_return: 'We water them', review: 'x' })).status, 422);
        await act(tom, at, { do: 'save', title: 'Westfield 2027', in_return: 'We water them', review: '1/4/2028' });
        const changes = await tom.get((await tom.get(at)).links.find((l) => /What it changes in edition 1/.test(l.text)).href);
        assert.equal(changes.path, `${at}/changes`);
        assert.match(changes.text, /Westfield: Draft What changes/);
        assert.match(changes.text, /What changes from edition 1 to edition \d .*Added 1 .*Plant 50 trees/s);
        assert.match(changes.text, /put in: water them/);
        assert.equal((await mina.get(`${at}/changes`)).status, 404);
        const early = await act(tom, at, { do: 'freeze' });
        assert.equal(early.status, 409);
        assert.match(early.text, /A provider has not answered/);
    });

    it('is answered by a private link, which shows one provider its own', async () => {
        const mine = pledges().find((p) => p.provider === 'Friends of Hob Moor');
        const provider = house.value(`select id from provider where name = 'Friends of Hob Moor'`);
        assert.match((await tom.get(at)).text, /Friends of Hob Moor None yet Make a link for Friends of Hob Moor/);
        const page = await act(tom, at, { do: 'link', provider });
        assert.match((await tom.get(at)).text, /Friends of Hob Moor Made at [^;]*2\d{3}; a new one takes its place Make a/);
        link = /\/providers\/[0-9A-Z]{26}/.exec(page.text)[0];
        const view = await reader.get(link);
        assert.match(view.text, /Plant 50 trees/);
        assert.equal(view.body.split('class="wm-pledge"').length, 2, 'no pledge of another');
        const answer = `${link}/${mine.id}`;
        const refused = await reader.submit(await reader.get(answer), { answer: 'amended', new_promise: '', why: '', who: 'Jo' }, { form: answer });
        assert.equal(refused.status, 422);
        assert.match(refused.text, /Give a reason/);
        reader.cookies.set('wm_lang', 'pl');
        const polish = await reader.get(link);
        assert.match(polish.text, /Zobowiązania: Friends of Hob Moor.*Plant 50 trees.*Jeszcze bez odpowiedzi/);
        assert.ok(polish.body.includes('lang="en-GB" dir="ltr">Plant 50 trees'), 'what the council wrote is marked');
        const again = await reader.submit(await reader.get(answer), { answer: 'amended', new_promise: '', why: '', who: 'Jo' }, { form: answer });
        assert.match(again.text, /Podaj powód: najwyżej 400 znaków/);
        reader.cookies.delete('wm_lang');
        const done = await reader.submit(refused, { answer: 'amended', new_promise: 'Plant 30 trees', why: 'That is what we have', who: 'Jo Lee' }, { form: answer });
        assert.equal(done.path, link);
        assert.match(done.text, /Plant 30 trees.*You accepted it in other words/);
        const other = pledges().find((p) => p.provider !== 'Friends of Hob Moor');
        assert.equal((await reader.get(`${link}/${other.id}`)).status, 404);
        assert.equal((await reader.get('/providers/00000000000000000000000000')).status, 404);
    });

    it('or by an officer who writes it down', async () => {
        for (const p of pledges().filter((p) => p.state === 'drafted')) {
            const page = await act(tom, `${at}/${p.id}`, { do: 'answer', answer: 'accepted', who: 'Ms Director, by letter' });
            assert.equal(page.status, 200, page.text);
            assert.match(page.text, /Written down by/);
        }
        const page = await act(tom, at, { do: 'freeze' });
        assert.match(page.text, /Put forward/);
        assert.match(page.text, /SHA-256/);
        assert.match((await reader.get(link)).text, /its words, and your answers, stand/);
        assert.match((await reader.get('/neighbourhoods/westfield/agreement')).text, /put forward/);
    });
});

describe('adoption without a vote', () => {
    it('takes two officers and a reason that residents read', async () => {
        assert.equal((await act(tom, at, { do: 'ask', reason: '' })).status, 422);
        assert.match((await act(tom, at, { do: 'ask', reason: 'Only dates changed' })).text, /asks for its adoption/);
        const own = await act(tom, at, { do: 'grant' });
        assert.equal(own.status, 409);
        assert.match(own.text, /another officer must grant it/);
        assert.match((await sam.get('/desk/agreements')).text, /You are asked to adopt it/);
        assert.match((await sam.get('/desk')).text, /1 agreement to adopt/);
        assert.doesNotMatch((await tom.get('/desk')).text, /agreement to adopt/);
        assert.match((await act(sam, at, { do: 'grant' })).text, /In force/);
        const page = await until('residents read it', async () => {
            const now = await reader.get('/neighbourhoods/westfield/agreement');
            return /Westfield 2027/.test(now.text) && now;
        });
        assert.match(page.text, /without a vote: Only dates changed/);
        assert.match(page.text, /Plant 30 trees/);
        assert.equal(house.value(`select count(*) from agreement_edition e join neighbourhood n on n.id = e.neighbourhood_id
            where n.slug = 'westfield' and e.state = 'adopted'`), '1', 'the edition before it is replaced');
    });

    it('every pledge is checked, with evidence', async () => {
        const mine = pledges().find((p) => p.provider === 'Friends of Hob Moor');
        const path = `${at}/${mine.id}`;
        const refused = await act(tom, path, { do: 'check', result: '', evidence: '', link: 'ftp://x', day: '1/1/2020' });
        assert.equal(refused.status, 422);
        const today = london(0).date;
        assert.match((await act(tom, path, { do: 'check', result: 'partly', evidence: 'x', link: '', day: '1/1/2020' })).text, /since the adoption/);
        const page = await act(tom, path, { do: 'check', result: 'partly', evidence: '12 <trees> stand', link: 'https://york.example/t', day: today });
        assert.equal(page.path, path);
        const shown = await reader.get('/neighbourhoods/westfield/agreement');
        assert.match(shown.body, /12 &lt;trees&gt; stand/);
        assert.match(shown.text, /Partly met/);
        assert.match(shown.body, /href="https:\/\/york.example\/t"/);
    });
});

it('its pages, for eyes and for axe', async () => {
    const next = (await act(tom, '/desk/agreements', { area: 'westfield', title: 'Westfield 2028', copy: 'yes' })).path;
    const one = house.value(`select min(id) from pledge where edition_id = ${next.split('/').pop()}`);
    const provider = house.value(`select provider_id from pledge where id = ${one}`);
    const made = /\/providers\/[0-9A-Z]{26}/.exec((await act(tom, next, { do: 'link', provider })).text)[0];
    const cookies = [...tom.cookies].map(([name, value]) => ({ name, value, url: tom.base }));
    const paths = ['/desk/agreements', next, `${next}/new`, `${next}/${one}`, `${at}/changes`, at, `${at}/${pledges()[0].id}`, made, `${made}/${one}`,
        '/neighbourhoods/westfield/agreement'];
    for (const width of [360, 1280]) {
        const page = await openWindow(browser, { width, cookies });
        for (const path of paths) {
            await page.goto(reader.base + path);
            assert.deepEqual(await faults(page), [], path);
            if (path !== `${made}/${one}`) continue;
            // Who answers for a pledge sees all of it beside the question, also when something is missing.
            await page.click('text=Send the answer');
            assert.match(await page.title(), /^Error: /);
            assert.match(await page.innerText('main'), /Standard\s+Each street once in four weeks/);
            assert.deepEqual((await faults(page)).filter((f) => !f.startsWith('422')), [], path);
        }
        await page.context().close();
    }
});
