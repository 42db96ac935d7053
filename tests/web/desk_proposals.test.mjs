// desk_proposals.test.mjs: a draft round's proposals on the desk: a spreadsheet of them added whole and
// taken out again, every wording kept, nobody's words lost to another's, and the link to read a draft.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { faults, openChromium, openWindow } from '../lib/chromium.mjs';
import { openHouse } from '../lib/harness.mjs';
import { officersOf, signIn, upload } from './officers.mjs';

let house, ada, mina, slug;
const round = (path = '') => `/desk/rounds/${slug}${path}`;
const count = () => Number(house.value(`select count(*) from proposal p join round r on r.id = p.round_id where r.slug = '${slug}'`));

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    const officers = officersOf(house);
    ada = await signIn(house, officers.ada);
    mina = await signIn(house, officers.mina);
    const form = '/desk/rounds/new';
    const made = await ada.submit(await ada.get(form), {
        area: 'hull-road', title: 'Hull Road 2032', kind: 'knapsack', grace: '15', minimum_votes: '0',
        pot1_name: 'Streets', pot1_amount: '10000', pot2_name: 'Young people', pot2_amount: '5000',
    }, { form });
    slug = made.path.split('/').pop();
    assert.equal(made.path, round(), made.text);
});
after(() => house?.close());

const send = async (file) => upload(ada, await ada.get(round('/import')), file);

describe('a spreadsheet of proposals', () => {
    it('is refused in plain words when it is none', async () => {
        assert.match((await send('')).text, /Choose a file/);
        assert.match((await send('PK\x03\x04')).text, /This is not a CSV file/);
        assert.match((await send('Title,Cost\n')).text, /no rows under its header/);
        assert.match((await send(`Title,Cost\n${'Bench,100\n'.repeat(201)}`)).text, /more than 200 rows/);
        assert.match((await send(Array(31).fill('x').join(',') + '\na\n')).text, /more than 30 columns/);
        assert.match((await send('Title,Cost\n"Bench,100\n')).text, /Row 2: a quotation mark is not closed/);
        assert.equal((await send('Title,Cost\n' + 'x'.repeat(2 << 20))).status, 422);
        assert.equal(count(), 0);
    });

    it('says for each row what is wrong, and adds nothing', async () => {
        const page = await send('Title,Short name,Cost,Pot\nBench,Bench,900,Streets\n,,12,Streets\nZebra,'
            + 'Far too long a short name,lots,Streets\nPool,Pool,6000,young people\n\nTree,Tree,50,Parks\n');
        assert.match(page.path, /^\/desk\/proposal-files\/\d+$/);
        assert.match(page.text, /4 of 5 rows have something wrong/);
        assert.match(page.text, /3 Enter a title of at most 120 characters/);
        assert.match(page.text, /4 Enter a short name of at most 16[^.]*\. Enter the cost, like/);
        assert.match(page.text, /5 This costs more than the pot holds/);
        assert.match(page.text, /7 Choose a pot/);
        const token = /name="token" value="([^"]+)"/.exec(page.body)[1];
        assert.equal((await ada.post(page.path, { token, do: 'add' })).status, 409);
        assert.equal(count(), 0);
    });

    it('asks what columns are that it does not know, and reads the file so', async () => {
        let page = await send('Was;Kosten;Topf\nBank;1.250,00;Streets\n');
        assert.match(page.text, /What are the columns of this file/);
        assert.match(page.text, /Say which column holds the title/);
        const form = page.path;
        page = await ada.submit(page, { c0: 'title', c1: 'title', c2: 'pot' }, { form });
        assert.match(page.text, /Two columns are chosen as “Title”/);
        page = await ada.submit(page, { c0: 'title', c1: 'cost', c2: 'pot' }, { form });
        assert.match(page.text, /Something is wrong with this file/, 'a comma is no decimal point here');
        assert.match(page.text, /Enter the cost/);
    });

    let added;
    it('is added whole, in its order, as drafts, with paragraphs and made short names', async () => {
        const page = await send(Buffer.from('\ufeffProject name,Description,Cost (GBP),Fund,Location\r\n'
            + '"Benches by the river","First.\r\n\r\nThen **more**.","£1,200.50",Streets,Riverside\r\n'
            + 'Caf\u00e9 for young people,Tea,2000,2,\r\n'));
        assert.match(page.text, /2 proposals, nothing wrong/);
        assert.match(page.text, /Benches by the/);
        added = page.path;
        const done = await ada.submit(page, { do: 'add' }, { form: page.path });
        assert.equal(done.path, round(), done.text);
        assert.match(done.text, /2 in draft|0 published, 2 in draft/);
        assert.equal(house.value(`select string_agg(p.title || '|' || p.short_name || '|' || p.cost || '|' || t.name
                                  || '|' || p.place || '|' || p.state, ';' order by p.id)
                                  from proposal p join pot t on t.id = p.pot_id`
            + ` where p.round_id = (select id from round where slug = '${slug}')`),
            'Benches by the river|Benches by the|120050|Streets|Riverside|draft;'
            + 'Caf\u00e9 for young people|Caf\u00e9 for young|200000|Young people||draft');
        assert.equal(house.value(`select body from proposal where title = 'Benches by the river'`), 'First.\n\nThen **more**.');
    });

    it('is added once: the second click finds nothing', async () => {
        assert.equal((await ada.get(added)).status, 404);
        const token = /name="token" value="([^"]+)"/.exec((await ada.get(round())).body)[1];
        assert.equal((await ada.post(added, { token, do: 'add' })).status, 404);
        assert.equal(count(), 2);
    });

    it('may have themes, and points by grid reference or by latitude and longitude', async () => {
        let page = await send('Title,Cost,Pot,Theme,Grid ref,Latitude,Longitude\nBench,100,Streets,Green spaces,SE 6033 5217,,\n'
            + 'Tree,100,Streets,green spaces,,53.95831,-1.08032\nBus,100,Streets,"Buses, trams",London,,\nBin,100,Streets,,,53.9,\n');
        assert.match(page.text, /2 of 4 rows have something wrong/);
        assert.match(page.text, /4 Use one theme of at most 40 characters, without a comma\. Enter latitude and longitude in Britain/);
        page = await send('Title,Cost,Pot,Theme,Grid ref,Latitude,Longitude\nBench,100,Streets,Green spaces,SE 6033 5217,,\n'
            + 'Tree,100,Streets,green spaces,,53.95831,-1.08032\n');
        const done = await ada.submit(page, { do: 'add' }, { form: page.path });
        assert.equal(done.path, round(), done.text);
        const kept = house.rows(`select p.title, p.theme, p.lat, p.lon from proposal p join round r on r.id = p.round_id
            where r.slug = '${slug}' and p.lat is not null order by p.title`);
        assert.deepEqual(kept.map((p) => p.theme), ['Green spaces', 'Green spaces']);
        assert.ok(Math.abs(kept[0].lat - 5396208) < 10 && Math.abs(kept[0].lon + 108187) < 15, JSON.stringify(kept[0]));
        assert.deepEqual([kept[1].lat, kept[1].lon], [5395831, -108032]);
        const undo = /action="([^"]+undo)"/.exec((await ada.get(round('/import'))).body)[1];
        await ada.submit(await ada.get(round('/import')), {}, { form: undo });
    });

    it('is nobody else\'s to see or add', async () => {
        const page = await send('Title,Cost,Pot\nBench,100,Streets\n');
        assert.equal((await mina.get(page.path)).status, 404);
        assert.equal((await mina.get(round('/import'))).status, 404);
    });

    it('is all or nothing when the pots were changed meanwhile', async () => {
        const page = await send('Title,Cost,Pot\nSmall,100,Streets\nBig,10000,Streets\n');
        house.value(`update pot set amount = 900000 where name = 'Streets' and round_id = (select id from round where slug = '${slug}')`);
        const answer = await ada.submit(page, { do: 'add' }, { form: page.path });
        assert.equal(answer.status, 409);
        assert.equal(count(), 2);
        house.value(`update pot set amount = 1000000 where name = 'Streets' and round_id = (select id from round where slug = '${slug}')`);
    });

    it('is taken out again while the round is a draft', async () => {
        house.value(`update proposal set title = 'Café for all', changed_by = created_by where title like 'Caf%'`);
        const page = await ada.get(round('/import'));
        assert.match(page.text, /2 proposals of a file Added by Ada[^.]*\. 1 of them changed or published since/);
        const undo = /action="([^"]+undo)"/.exec(page.body)[1];
        house.value(`update round set changed_by = null where slug = '${slug}'`);
        const gone = await ada.submit(page, {}, { form: undo });
        assert.match(gone.text, /2 proposals of a file Added by Ada[^.]*\. Taken back/, 'how many there were');
        assert.equal(house.value(`select o.name like 'Ada%' from round r join officer o on o.id = r.changed_by where r.slug = '${slug}'`), 't');
        assert.equal(count(), 0);
        assert.equal(house.value('select count(*) from proposal_revision v where not exists (select from proposal p where p.id = v.proposal_id)'), '0');
        const token = /name="token" value="([^"]+)"/.exec(gone.body)[1];
        assert.match((await ada.post(undo, { token })).text, /Taken back/, 'twice is once');
        assert.equal((await ada.post(round('/import/999999/undo'), { token })).status, 404);
    });
});

describe('wordings', () => {
    let path;
    const words = (title, more = {}) => ({ title, short_name: 'Trees', cost: '500', pot: '1', summary: 'Ten trees', ...more });
    const edit = async (desk, fields) => desk.submit(await desk.get(path), fields, { form: path });

    it('have a theme and a point, typed again as they are kept', async () => {
        const form = round('/proposals');
        const wrong = await ada.submit(await ada.get(form), { ...words('Pond'), theme: 'x'.repeat(41), at: 'here' }, { form });
        assert.match(wrong.text, /Use one theme of at most 40 characters/);
        assert.match(wrong.text, /Enter latitude and longitude in Britain/);
        const made = await ada.submit(wrong, { ...words('Pond'), theme: 'Green spaces', at: '53.95830,-1.0803', then: 'preview' }, { form });
        assert.match(made.text, /Theme Green spaces/);
        const at = made.path.replace('/preview', '');
        const again = await ada.get(at);
        assert.match(again.body, /name="at"[^>]*value="53\.95830, -1\.08030"/);
        assert.match(again.text, /So far: Green spaces/);
        await ada.submit(again, { ...words('Pond'), theme: 'Water', at: '', then: 'round' }, { form: at });
        const history = (await ada.get(`${at}/history`)).text;
        assert.match(history, /Theme \(taken out: Green spaces ?\) ?\(put in: Water ?\)/);
        assert.match(history, /Point on the map \(taken out: 53\.95830, -1\.08030/);
    });

    it('are kept, each with who, when and what', async () => {
        const made = await ada.submit(await ada.get(round('/proposals')), { ...words('Trees'), then: 'preview' }, { form: round('/proposals') });
        path = made.path.replace('/preview', '');
        await edit(ada, { ...words('Trees for the square', { cost: '600' }), then: 'round' });
        await edit(ada, { ...words('Trees for the square', { cost: '600' }), then: 'round' });
        const page = await ada.get(`${path}/history`);
        assert.match(page.text, /Wording 2 Ada/);
        assert.match(page.text, /Title Trees ?\(put in: for the square ?\)/);
        assert.match(page.text, /Cost \(taken out: £500 ?\) ?\(put in: £600 ?\)/);
        assert.match(page.text, /Wording 1 Ada[^]*The first/);
        assert.equal(/Summary Ten trees Ten trees/.test(page.text), false, 'only what changed');
        assert.equal(/Wording 3/.test(page.text), false, 'the same words again are no new wording');
        assert.equal((await mina.get(`${path}/history`)).status, 404);
    });

    it('are not written over unseen', async () => {
        const mine = await ada.get(path);
        await edit(ada, { ...words('Somebody else was first'), then: 'round' });
        const late = await ada.submit(mine, { ...words('My words'), then: 'round' }, { form: path });
        assert.equal(late.status, 422);
        assert.match(late.text, /Somebody saved other words while you wrote/);
        assert.match(late.body, /value="My words"/);
        assert.equal(house.value(`select title from proposal where number = ${Number(path.slice(-4))}
                                  and round_id = (select id from round where slug = '${slug}')`), 'Somebody else was first');
        const again = await ada.submit(late, { then: 'round' }, { form: path });
        assert.equal(again.path, round());
        assert.match((await ada.get(`${path}/history`)).text, /Title \(taken out: Somebody else was first ?\) ?\(put in: My words ?\)/);
    });

    it('come twenty at a time', async () => {
        house.value(`with p as (select id, title from proposal where number = ${Number(path.slice(-4))} and round_id = (select id from round where slug = '${slug}'))
            insert into proposal_revision (proposal_id, revision, title, short_name, summary, body, place, proposer, cost)
            select p.id, n, 'Title ' || n, '', '', '', '', '', 1 from p, generate_series(101, 141) n returning 1`);
        const shown = (page) => [...page.text.matchAll(/Wording (\d+) Loaded/g)].map((m) => Number(m[1]));
        const first = await ada.get(`${path}/history`);
        assert.deepEqual(shown(first), Array.from({ length: 20 }, (_, i) => 141 - i));
        assert.match(first.text, /Wording 122 [^]*Title Title ?\(taken out: 121 ?\) ?\(put in: 122 ?\)/, 'the last is compared with one that is not shown');
        const next = await ada.get(`${path}/history${/href="(\?before=\d+)">Older wordings/.exec(first.body)[1]}`);
        assert.match(next.text, new RegExp(`My words ${path.slice(-4)} My words Every wording`), 'older wordings stand under what it is called now');
        assert.deepEqual(shown(next), Array.from({ length: 20 }, (_, i) => 121 - i));
        assert.match((await ada.get(`${path}/history?before=102`)).text, /Wording 101 [^]*Wording 1 [^]*The first/);
        assert.equal((await ada.get(`${path}/history?before=x`)).status, 404);
    });
});

describe('the link to read a draft', () => {
    let link;
    it('is made, shown once, and shows the round as residents will read it', async () => {
        const form = round('/preview');
        const page = await ada.submit(await ada.get(form), { do: 'make' }, { form });
        [link] = /\/preview\/[0-9A-Z]{26}/.exec(page.text);
        assert.equal((await ada.get(form)).text.includes(link), false, 'once');
        assert.match((await ada.get(form)).text, /A link is good until/);
        const reader = house.browser();
        const draft = await reader.get(link);
        assert.equal(draft.status, 200);
        assert.match(draft.text, /A draft\. Nothing here is decided/);
        assert.match(draft.text, /My words/);
        assert.equal(/<\/|&lt;/.test(draft.text), false, draft.text);
        assert.equal(draft.headers['cache-control'], 'no-store');
        const one = await reader.get(/href="(\/preview\/[^"]+\/\d{4})"/.exec(draft.body)[1]);
        assert.match(one.text, /Ten trees/);
        assert.equal((await reader.get(`${link}/0001`)).status, 404);
    });

    it('is no good to guess, once it ended, or when a newer one was made', async () => {
        const reader = house.browser();
        assert.equal((await reader.get(`${link.slice(0, -1)}${link.endsWith('0') ? '1' : '0'}`)).status, 404);
        assert.equal((await reader.get('/preview/x')).status, 404);
        const form = round('/preview');
        await ada.submit(await ada.get(form), { do: 'end' }, { form });
        assert.equal((await reader.get(link)).status, 404);
        const page = await ada.submit(await ada.get(form), { do: 'make' }, { form });
        [link] = /\/preview\/[0-9A-Z]{26}/.exec(page.text);
        assert.equal((await reader.get(link)).status, 200);
        house.value(`update preview_link set expires_at = clock_timestamp()`);
        assert.equal((await reader.get(link)).status, 404);
        assert.equal(house.value(`select count(*) from preview_link where key_hash::text like '%${link.slice(9)}%'`), '0');
        assert.equal((await mina.get(form)).status, 404);
    });
});

describe('in a browser', () => {
    it('every page is without faults', async () => {
        const form = round('/preview');
        const made = await ada.submit(await ada.get(form), { do: 'make' }, { form });
        const [link] = /\/preview\/[0-9A-Z]{26}/.exec(made.text);
        const dry = await send('Title,Cost,Pot\nBench,100,Streets\nBad,x,Streets\n');
        const path = /href="(\/desk\/proposals\/[^"]+?)"/.exec((await ada.get(round())).body)[1].replace('/preview', '');
        const browser = await openChromium();
        const cookies = [...ada.cookies].map(([name, value]) => ({ name, value, url: ada.base }));
        for (const width of [360, 1280]) {
            const page = await openWindow(browser, { width, cookies });
            for (const at of [round('/import'), dry.path, `${path}/history`, form, link, link + path.slice(path.lastIndexOf('/'))]) {
                assert.equal((await page.goto(ada.base + at)).status(), 200, at);
                assert.deepEqual(await faults(page), [], at);
            }
        }
        await browser.close();
    });
});
