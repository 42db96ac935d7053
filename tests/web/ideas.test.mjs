// ideas.test.mjs: a resident writes an idea on a phone, one question a page, stops and comes back;
// officers ask, refuse, merge and shortlist it; the proposer reads it all on their private page.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { faults, openChromium, openWindow } from '../lib/chromium.mjs';
import { openHouse, until } from '../lib/harness.mjs';
import { officersOf, signIn, tokenOf } from './officers.mjs';

let house, resident, tom, mina, link, browser;
const answers = {
    area: 'westfield', title: 'A bench <by> the pond', what: 'Put a bench\nin the shade', place: 'Chapelfields pond',
    benefit: 'People who cannot walk far', cost: '£450',
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
    tom = await signIn(house, officers.tom);
    mina = await signIn(house, officers.mina);
});
after(async () => { await browser?.close(); await house?.close(); });

const reference = () => house.value('select reference from idea order by id desc limit 1');
const idOf = (ref) => house.value(`select id from idea where reference = '${ref}'`);

// Begins an idea and answers all of its pages; its private path.
async function write(who, fields = answers, number = '', begin = '/ideas') {
    let page = await who.submit(await who.get(begin), {}, { form: '/ideas' });
    const path = page.path.replace(/\/area$/, '');
    for (const [name, value] of Object.entries(fields)) {
        assert.equal(page.path, `${path}/${name}`);
        page = await who.submit(page, { [name]: value }, { form: page.path });
    }
    page = await who.submit(page, { you: 'Friends of the Pond', texts: number ? 'yes' : 'no', number }, { form: page.path });
    assert.equal(page.path, path, page.text);
    return path;
}
const send = async (who, path) => who.post(path, { do: 'send' });
const act = async (desk, id, fields) =>
    desk.post(`/desk/ideas/${id}`, { token: tokenOf(await desk.get('/desk')), ...fields });

describe('writing', () => {
    it('says what is wrong beside the question, and keeps what was typed', async () => {
        let page = await resident.submit(await resident.get('/ideas'), {}, { form: '/ideas' });
        const path = page.path.replace(/\/area$/, '');
        assert.match(path, /^\/ideas\/[0-9A-Z]{26}$/);
        page = await resident.submit(page, { area: '' }, { form: page.path });
        assert.equal(page.status, 422);
        assert.match(page.text, /Choose a neighbourhood/);
        page = await resident.post(`${path}/what`, { what: 'x'.repeat(2001) });
        assert.equal(page.status, 422);
        assert.match(page.text, /Use at most 2,000 characters: these are 2,001/);
        assert.match(page.body, /x{2001}/);
        page = await resident.post(`${path}/you`, { you: 'Ann', texts: 'yes', number: '12' });
        assert.match(page.text, /Enter a mobile phone number/);
        page = await resident.post(`${path}/cost`, { cost: 'a lot' });
        assert.match(page.text, /Enter an amount/);
        assert.match((await resident.get(path)).text, /saved, and not sent yet.*Neighbourhood Nothing Change/);
        assert.match((await resident.post(path, { do: 'send' })).text, /Go on writing/, 'not sent while something is missing');
        assert.match((await resident.post(path, { do: 'take_back' })).text, /Your draft is deleted/);
        assert.equal((await resident.get(path)).status, 404);
    });

    it('can stop and go on by the private address, on another device', async () => {
        link = await write(resident, answers, '07700 900 123');
        const elsewhere = house.browser();
        const page = await elsewhere.get(link);
        assert.match(page.body, /A bench &lt;by&gt; the pond/);
        assert.match(page.text, /£450/);
        assert.match(page.text, /We text you when there is an answer/);
        assert.ok(!page.body.includes('900 123') && !page.body.includes('900123'), 'the number is not shown again');
        assert.equal((await tom.get('/desk/ideas')).text.includes('A bench'), false, 'officers see no draft');
        assert.match((await send(elsewhere, link)).text, /Your idea is with us/);
        assert.match((await send(resident, link)).text, /Your idea is with us/, 'a second click changes nothing');
        assert.equal((await resident.get(`${link}/title`)).path, link, 'what was sent is not changed');
    });
});

describe('weighing', () => {
    it('is the business of its own officers', async () => {
        assert.match((await tom.get('/desk/ideas')).text, /A bench <by> the pond/);
        assert.match((await tom.get('/desk')).text, /1 idea to answer/);
        assert.doesNotMatch((await mina.get('/desk')).text, /idea to answer/);
        assert.doesNotMatch((await mina.get('/desk/ideas')).text, /A bench/);
        assert.equal((await mina.get(`/desk/ideas/${idOf(reference())}`)).status, 404);
        assert.equal((await act(mina, idOf(reference()), { do: 'note', note: 'x' })).status, 404);
    });

    it('asks, and is answered', async () => {
        const id = idOf(reference());
        let page = await act(tom, id, { do: 'question', question: '' });
        assert.equal(page.status, 422);
        assert.match(page.body, /href="#question"/);
        assert.match(page.text, /Enter a question, in at most 1,000 characters/);
        page = await act(tom, id, { do: 'question', question: 'Which side?' });
        assert.match(page.text, /Tom \S+ asked/);
        await act(tom, id, { do: 'note', note: 'Ask parks first' });
        page = await resident.get(link);
        assert.match(page.text, /We have a question about your idea/);
        assert.match(page.text, /Which side\?/);
        assert.doesNotMatch(page.text, /Ask parks first/);
        assert.equal((await resident.post(link, { do: 'answer', answer: '' })).status, 422);
        assert.match((await resident.post(link, { do: 'answer', answer: 'The north side' })).text, /Your idea is with us/);
        assert.match((await tom.get(`/desk/ideas/${id}`)).text, /The north side/);
        await until('one text says that there is an answer', () => house.value(
            `select count(*) from outbox where dedup_key like 'notice:%' and class = 'service'`) === '1');
    });

    it('shortlists it into a draft round, and the proposer finds it once it is public', async () => {
        const id = idOf(reference());
        let page = await act(tom, id, { do: 'shortlist', round: '', short_name: '' });
        assert.match(page.text, /Choose a round/);
        house.value(`insert into round (slug, neighbourhood_id, title, kind) select 'westfield-next', n.id, 'Westfield next', 'approval'
            from neighbourhood n where n.slug = 'westfield'`);
        house.value(`insert into pot (round_id, ordinal, name, amount) select id, 1, 'Pot', 100000 from round where slug = 'westfield-next'`);
        page = await act(tom, id, { do: 'shortlist', round: 'westfield-next', short_name: 'Bench' });
        assert.match(page.text, /Enter our estimate of its cost first/);
        const me = house.value(`select id from officer where name like 'Tom%'`);
        await act(tom, id, { do: 'assign', officer: me, cost: '450' });
        page = await act(tom, id, { do: 'shortlist', round: 'westfield-next', short_name: 'Bench' });
        assert.match(page.path, /^\/desk\/proposals\/westfield-next\/\d{4}$/);
        page = await resident.get(link);
        assert.match(page.text, /Your idea becomes a project/);
        assert.match(page.text, /An officer is preparing it/);
        assert.match((await act(tom, id, { do: 'refusal', refusal: 'No' })).text, /decided meanwhile/);
    });

    it('merges and refuses with a reason', async () => {
        const first = await write(resident);
        await send(resident, first);
        const kept = reference();
        const second = await write(resident);
        await send(resident, second);
        const merged = idOf(reference());
        assert.match((await act(tom, merged, { do: 'merge', into: reference() })).text, /No other such idea/);
        await act(tom, merged, { do: 'merge', into: kept.toLowerCase() });
        assert.match((await resident.get(second)).text, new RegExp(`the same idea, ${kept}`));
        await act(tom, idOf(kept), { do: 'refusal', reason: '4', refusal: 'A fence is planned.' });
        const page = await resident.get(first);
        assert.match(page.text, /Your idea cannot be done/);
        assert.match(page.text, /It would not be safe\. A fence is planned\./);
    });
});

it('every page passes axe on a phone and on a desk', async () => {
    const draft = await write(resident);
    const sent = await write(resident);
    await send(resident, sent);
    const id = idOf(reference());
    const cookies = [...tom.cookies].map(([name, value]) => ({ name, value, url: tom.base }));
    const empty = (await resident.submit(await resident.get('/ideas'), {}, { form: '/ideas' })).path.replace(/\/area$/, '');
    const paths = ['/ideas', empty, `${empty}/area`, `${empty}/what`, `${empty}/cost`, `${empty}/you`, draft, sent, link,
        '/desk/ideas', `/desk/ideas/${id}`];
    for (const width of [360, 1280]) {
        const page = await openWindow(browser, { width, cookies });
        for (const path of paths) {
            await page.goto(resident.base + path);
            assert.deepEqual(await faults(page), [], path);
        }
        await page.context().close();
    }
});
