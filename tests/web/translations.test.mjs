// translations.test.mjs: an officer writes a proposal's words in Polish beside the English; marks say what is missing or
// out of date; who reads in Polish reads what is done, and of the rest the English, each marked as what it is.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openHouse, until } from '../lib/harness.mjs';
import { faults, openChromium, openWindow, shot } from '../lib/chromium.mjs';
import { officersOf, signIn } from './officers.mjs';

let house, ada, pole;
const round = 'westfield-2026';
const list = `/desk/rounds/${round}/translations`;
let number, other;

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    [number, other] = house.rows(`select to_char(p.number, 'FM0000') as n from proposal p join round r on r.id = p.round_id
        where r.slug = '${round}' order by p.number limit 2`).map((p) => p.n);
    await house.startServer({ sms_number: '60777' });
    ada = await signIn(house, officersOf(house).ada);
    pole = house.browser();
    await pole.post('/language', 'tag=pl&to=/');
});
after(() => house?.close());

const path = () => `/desk/translations/${round}/${number}/pl`;
const words = { title: 'Nowe przejście <b>', short_name: 'Przejście', summary: 'Zebra przy sklepie', body: '' };

test('the list says what is missing, and the page has the English beside', async () => {
    const page = await ada.get(list);
    assert.match(page.text, /0 of \d+ translations are done/);
    assert.match(page.text, new RegExp(`${number} .*?Polski Missing`));
    const form = await ada.get(path());
    assert.match(form.text, /Missing Residents read the English until all of it is here/);
    assert.match(form.body, /<input[^>]*id="title"[^>]*lang="pl"/);
    assert.equal((await ada.get(path().replace('/pl', '/en'))).status, 404);
    assert.equal((await ada.get(path().replace('/pl', '/xx'))).status, 404);
    assert.equal((await ada.get(path().replace(number, '0000'))).status, 404);
});

test('begun, done, and what is too long is told beside its field', async () => {
    let page = await ada.submit(await ada.get(path()), { ...words, title: 'x'.repeat(121) }, { form: path() });
    assert.equal(page.status, 422);
    assert.match(page.text, /Use at most 120 characters for the title/);
    page = await ada.submit(await ada.get(path()), { ...words, summary: '' }, { form: path() });
    assert.equal(page.path, list);
    assert.match(page.text, new RegExp(`${number} .*?Polski Begun`));
    const first = await ada.get(path()), second = await ada.get(path());
    const body = house.value(`select body <> '' from proposal where number = ${number}`) === 't' ? 'Cały tekst' : '';
    page = await ada.submit(first, { ...words, body }, { form: path() });
    assert.match(page.text, /1 of \d+ translations are done/);
    page = await ada.submit(second, { ...words, title: 'Inne', body }, { form: path() });
    assert.equal(page.status, 409);
    assert.match(page.text, /Somebody saved another translation while you wrote/);
    assert.match(page.body, /value="Inne"/, 'what was typed stays');
    assert.match((await ada.get(path())).text, /Done Residents read it.*Every wording Wording 2.*Ada Marsh.*Wording 1/s);
    house.value(`insert into proposal_translation (proposal_id, language, revision, of_revision, title, short_name, summary, body)
        select proposal_id, language, n, of_revision, title, short_name, summary, 'Nr ' || n from proposal_translation, generate_series(3, 30) n where revision = 2 returning 1`);
    const newest = await ada.get(path());
    assert.match(newest.text, /Wording 30 ,[^]*Wording 11 ,/);
    assert.doesNotMatch(newest.text, /Wording 10 ,/);
    const older = await ada.get(`${path()}${/href="(\?before=11)">Older wordings/.exec(newest.body)[1]}`);
    assert.match(older.body, /<details[^>]* open/);
    assert.match(older.text, /Wording 10 ,[^]*Wording 2 ,[^]*Wording 1 ,/);
    assert.doesNotMatch(older.text, /Wording (11|30) ,|Older wordings/);
    assert.match(older.body, /name="revision" value="30"/, 'it is still the latest that one changes');
    house.value(`delete from proposal_translation where revision > 2 returning 1`);
});

test('residents: Polish where it is done, else English, each marked', async () => {
    await until('the Polish words are on the page', async () =>
        (await pole.get(`/rounds/${round}`)).body.includes('Nowe przejście &lt;b&gt;'));
    const all = await pole.get(`/rounds/${round}`);
    assert.match(all.body, /<html[^>]*lang="pl"/);
    assert.doesNotMatch(all.body, /lang="en-GB"[^>]*>Nowe przejście/);
    const english = house.value(`select title from proposal where number = ${other}`);
    assert.ok(all.body.includes(`lang="en-GB" dir="ltr">${english}`), 'what is missing is English, and says so');
    const one = await pole.get(`/rounds/${round}/${number}`);
    assert.equal(one.heading, 'Nowe przejście <b>');
    assert.match(one.text, /Zebra przy sklepie/);
    const its = house.value(`select title from proposal where number = ${number}`).split(' ').at(-1);
    for (const words of ['przejscie', 'NOWE PRZEJŚCIE', its.toUpperCase(), `${number} zebra`]) {
        const { body } = await pole.get(`/rounds/${round}?q=${encodeURIComponent(words)}`);
        assert.match(body, /Nowe przejście &lt;b&gt;/, `found by ${words}`);
        assert.ok(words === its.toUpperCase() || !body.includes(`>${english}<`), `and not the other by ${words}`);
    }
    for (const where of ['ballot-paper', `${number}/offer`, 'card']) {
        const { body } = await pole.get(`/rounds/${round}/${where}`);
        assert.match(body, /Nowe przejście &lt;b&gt;/, where);
        assert.doesNotMatch(body, /lang="en-GB"[^>]*>(Nowe przejście|Zebra)/, where);
    }
    const paper = await pole.get(`/rounds/${round}/ballot-paper`);
    assert.ok(paper.body.includes(`<span><span lang="en-GB" dir="ltr">${english}`));
    const reader = await house.browser().get(`/rounds/${round}/${number}`);
    assert.doesNotMatch(reader.text, /przejście/);
    assert.doesNotMatch((await pole.get(`/api/v1/rounds/${round}/proposals/${number}`)).body, /przejście/);
});

test('a voter meets the same words on the ballot and its check', async () => {
    const voter = house.browser();
    await voter.post('/language', 'tag=pl&to=/');
    const { code } = house.demo.codes.find((c) => c.area === 'Westfield');
    await voter.submit(await voter.get('/vote/code'), { code }, { form: '/vote/code' });
    const ballot = await voter.get(`/ballot/${round}`);
    assert.match(ballot.body, /<strong>Nowe przejście &lt;b&gt;<\/strong>/);
    assert.match(ballot.body, /<strong><span lang="en-GB" dir="ltr">/, 'the others are English, and say so');
    const check = await voter.submit(ballot, { p: [number, other], do: 'check' }, { form: `/ballot/${round}` });
    assert.equal(check.path, `/ballot/${round}/check`);
    assert.match(check.text, /Nowe przejście <b>/);
});

test('its pages, for eyes and for axe', async () => {
    const chromium = await openChromium();
    for (const width of [360, 1280]) {
        const page = await openWindow(chromium, { width });
        await page.context().addCookies([...ada.cookies, ...pole.cookies].map(([name, value]) => ({ name, value, url: house.url })));
        for (const [name, at] of [['list', list], ['beside', path()], ['round', `/rounds/${round}`], ['proposal', `/rounds/${round}/${number}`]]) {
            await page.goto(house.url + at);
            await shot(page, `translation-${name}-${width}`);
            assert.deepEqual(await faults(page), [], at);
        }
        await page.context().close();
    }
    await chromium.close();
});
