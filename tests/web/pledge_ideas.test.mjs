// pledge_ideas.test.mjs: a resident proposes a pledge on a phone, one question a page; an officer asks,
// accepts it into the draft edition, or refuses; the proposer follows it until it is put forward.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { faults, openChromium, openWindow } from '../lib/chromium.mjs';
import { openHouse, until } from '../lib/harness.mjs';
import { officersOf, signIn, tokenOf } from './officers.mjs';

let house, resident, ada, tom, browser, link, draft;
const answers = {
    area: 'heworth', title: 'Grit the <school> path', promiser: 'Street services', what: 'Before 8 on frosty days',
    benefit: 'Children, and who pushes a pram', in_return: 'We say where it is icy',
};

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startHandset();
    await house.startServer();
    await house.startSms();
    browser = await openChromium();
    resident = house.browser();
    const officers = officersOf(house);
    ada = await signIn(house, officers.ada);
    tom = await signIn(house, officers.tom);
    draft = house.value(`select e.id from agreement_edition e join neighbourhood n on n.id = e.neighbourhood_id
        where n.slug = 'heworth' and e.state = 'draft'`);
});
after(async () => { await browser?.close(); await house?.close(); });

const reference = () => house.value('select reference from idea order by id desc limit 1');
const idOf = (ref) => house.value(`select id from idea where reference = '${ref}'`);
const act = async (desk, id, fields) => desk.post(`/desk/ideas/${id}`, { token: tokenOf(await desk.get('/desk')), ...fields });
const words = { provider: 'Council street services', promise: 'Grit the path to the school', standard: 'By 8 on frosty days', measure: 'Gritting log', due: '31/3/2028' };

async function propose(fields = answers, number = '') {
    let page = await resident.submit(await resident.get('/ideas/pledge'), {}, { form: '/ideas' });
    const path = page.path.replace(/\/area$/, '');
    for (const [name, value] of Object.entries(fields)) {
        assert.equal(page.path, `${path}/${name}`);
        page = await resident.submit(page, { [name]: value }, { form: page.path });
    }
    page = await resident.submit(page, { you: 'Jo', texts: number ? 'yes' : 'no', number }, { form: page.path });
    assert.equal(page.path, path, page.text);
    return path;
}

describe('a resident', () => {
    it('finds the form on the agreement, and is asked one thing at a time', async () => {
        assert.match((await resident.get('/neighbourhoods/heworth/agreement')).body, /href="\/ideas\/pledge"/);
        assert.match((await resident.get('/ideas')).body, /href="\/ideas\/pledge"/);
        link = await propose(answers, '07700 900 321');
        const page = await resident.get(link);
        assert.match(page.text, /Your proposed pledge/);
        assert.match(page.body, /Grit the &lt;school&gt; path/);
        assert.match(page.text, /Who should promise it Street services/);
        assert.match(page.text, /What residents could do We say where it is icy/);
        assert.doesNotMatch(page.text, /What it might cost/);
        assert.equal((await resident.get(`${link}/cost`)).status, 404, 'a pledge has no price');
        assert.match((await resident.post(link, { do: 'send' })).text, /Your proposed pledge is with us/);
    });

    it('may leave out what residents do, and nothing else', async () => {
        const path = await propose({ ...answers, in_return: '' });
        assert.match((await resident.get(path)).text, /What residents could do Nothing/);
        const page = await resident.post(`${path}/promiser`, { promiser: '' });
        assert.equal(page.status, 422);
        assert.match(page.text, /Say who should promise it/);
        assert.match((await resident.post(path, { do: 'take_back' })).text, /Your draft is deleted/);
    });
});

describe('an officer', () => {
    it('has it in the inbox beside ideas for projects', async () => {
        assert.match((await ada.get('/desk/ideas')).text, /Grit the <school> path To be read Heworth\. A pledge\./);
        assert.equal((await tom.get(`/desk/ideas/${idOf(reference())}`)).status, 404, 'not another ward\'s');
        const page = await ada.get(`/desk/ideas/${idOf(reference())}`);
        assert.match(page.text, /It goes into the draft of edition 2/);
        assert.match(page.body, /value="Street services"/);
        assert.doesNotMatch(page.text, /Our estimate|Shortlist it/);
    });

    it('asks, is answered, and accepts it into the draft', async () => {
        const id = idOf(reference());
        await act(ada, id, { do: 'question', question: 'Which path?' });
        assert.match((await resident.get(link)).text, /We have a question about your proposed pledge.*Which path\?/);
        await resident.post(link, { do: 'answer', answer: 'Tang Hall Lane' });
        const refused = await act(ada, id, { do: 'accept', ...words, promise: '', due: 'soon' });
        assert.equal(refused.status, 422);
        for (const field of ['promise', 'due']) assert.match(refused.body, new RegExp(`href="#${field}"`));
        assert.match(refused.body, /value="soon"/);
        const page = await act(ada, id, { do: 'accept', ...words });
        assert.match(page.path, new RegExp(`^/desk/agreements/${draft}/\\d+$`));
        assert.match(page.text, /Grit the path to the school/);
        assert.match(page.text, /Proposed by a resident/);
        assert.match((await ada.get(`/desk/ideas/${id}`)).text, /Accepted.*Became a pledge of edition 2/);
        assert.match((await act(ada, id, { do: 'refusal', refusal: 'No' })).text, /decided meanwhile/);
        await until('the proposer is texted twice: asked, and accepted', () => house.value(
            `select count(*) from outbox where dedup_key like 'notice:%' and class = 'service'`) === '2');
    });

    it('refuses with a reason, and merges', async () => {
        const first = await propose();
        await resident.post(first, { do: 'send' });
        await act(ada, idOf(reference()), { do: 'refusal', reason: '2', refusal: 'From January.' });
        assert.match((await resident.get(first)).text, /Your proposed pledge cannot be done.*It is planned already, or under way\. From January\./);
        const kept = house.value(`select reference from idea where state = 'accepted' order by id desc limit 1`);
        const second = await propose();
        await resident.post(second, { do: 'send' });
        await act(ada, idOf(reference()), { do: 'merge', into: kept });
        assert.match((await resident.get(second)).text, /goes on with another/);
    });
});

it('its proposer follows it until it is put forward', async () => {
    let page = await resident.get(link);
    assert.match(page.text, /Your proposed pledge goes into the agreement/);
    assert.match(page.text, /in the draft of the next agreement of Heworth.*We ask Council street services/);
    const pledge = house.value(`select pledge_id from idea where state = 'accepted' and pledge_id is not null order by id desc limit 1`);
    const answer = async (id, fields) => ada.post(`/desk/agreements/${draft}/${id}`, { token: tokenOf(await ada.get('/desk')), do: 'answer', who: 'Pat', ...fields });
    await answer(pledge, { answer: 'amended', new_promise: 'Grit the path by 9', why: 'The lorry starts at 8' });
    assert.doesNotMatch((await resident.get(link)).text, /lorry/, 'what is not put forward is not told');
    for (const { id } of house.rows(`select id from pledge where edition_id = ${draft} and state = 'drafted'`)) await answer(id, { answer: 'accepted' });
    await ada.post(`/desk/agreements/${draft}`, { token: tokenOf(await ada.get('/desk')), do: 'freeze' });
    page = await resident.get(link);
    assert.match(page.text, /It is in edition 2 of the agreement/);
    assert.match(page.text, /accepted it in other words: The lorry starts at 8/);
    page = await resident.get('/neighbourhoods/heworth/agreement/2');
    assert.match(page.text, /Grit the path by 9 Council street services\. A resident proposed it\./);
    assert.match((await resident.get('/neighbourhoods/heworth/agreement/2/changes')).text, /Added 2/);
});

it('every page passes axe on a phone and on a desk', async () => {
    const written = await propose();
    const sent = await propose({ ...answers, area: 'acomb' });
    await resident.post(sent, { do: 'send' });
    const waiting = idOf(reference());
    const cookies = [...ada.cookies].map(([name, value]) => ({ name, value, url: ada.base }));
    const paths = ['/ideas/pledge', `${written}/area`, `${written}/promiser`, `${written}/in_return`, written, sent, link,
        '/desk/ideas', `/desk/ideas/${waiting}`];
    for (const width of [360, 1280]) {
        const page = await openWindow(browser, { width, cookies });
        for (const path of paths) {
            await page.goto(resident.base + path);
            assert.deepEqual(await faults(page), [], path);
        }
        // with an edition in draft, its form
        house.value(`insert into agreement_edition (neighbourhood_id, edition, title, state)
            select id, 3, 'Acomb', 'draft' from neighbourhood where slug = 'acomb' on conflict do nothing`);
        await page.goto(`${resident.base}/desk/ideas/${waiting}`);
        assert.deepEqual(await faults(page), []);
        await page.context().close();
    }
});
