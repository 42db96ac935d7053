// corrections.test.mjs: a result that was published and was wrong: one officer asks for a correction, another
// publishes it, residents read why, and find the result before at an address of its own, with its files.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { build, decodeEntities, openHouse, until, shows as showsTo } from '../lib/harness.mjs';
import { faults, openChromium, openWindow, shot } from '../lib/chromium.mjs';
import { count, officersOf, signIn } from './officers.mjs';
import { makeRound } from './rounds_over.mjs';

let house, ada, tom, reader;
const at = '/desk/rounds/corrected';
const result = '/rounds/corrected/result';

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    // Twelve for 1001 and six for 1002, which exclude each other; seven of the twelve will be void.
    makeRound(house, 'corrected', {
        kind: 'approval', rule: 'greedy',
        ballots: Array.from({ length: 24 }, (_, i) => (i < 12 ? { 1001: 1 } : i < 18 ? { 1002: 1 } : { 1003: 1 })),
    });
    house.value(`insert into voter (id, register_id, neighbourhood_id) overriding system value
        select 90000 + n, v.register_id, v.neighbourhood_id from generate_series(0, 23) n,
        (select v.* from voter v join neighbourhood a on a.id = v.neighbourhood_id where a.slug = 'westfield' limit 1) v`);
    await house.startServer();
    const officers = officersOf(house);
    [ada, tom] = [await signIn(house, officers.ada), await signIn(house, officers.tom)];
    reader = house.browser();
    await count(ada, 'corrected');
    await ada.submit(await ada.get(`${at}/result`), {}, { form: `${at}/result/review` });
    await tom.submit(await tom.get(`${at}/result`), {}, { form: `${at}/result` });
});
after(() => house?.close());

const ballots = (page) => Number(/People voted (\d+)/.exec(page.text)[1]);
// Cached pages follow the database's notice.
const shows = (path, pattern) => showsTo(reader, path, pattern);

// Declares the ballots of seven voters void, by the two officers' functions.
function voidSeven() {
    house.value(`
        do $$ declare v record; n record; begin
            for v in select x.receipt from revision x join round r on r.id = x.round_id
                     where r.slug = 'corrected' and x.voter_id < 90007 loop
                select * into n from api.desk_amendment_ask((select id from officer where email like 'ada@%'), 'void_ballot',
                    'corrected', null, null, v.receipt, null, 'Seven codes were sold');
                perform api.desk_amendment_decide((select id from officer where email like 'tom@%'), n.id, true);
            end loop;
        end $$`);
}

test('a result is published, and officers see how it is corrected', async () => {
    const page = await shows(result, /provisional until/);
    assert.equal(ballots(page), 24);
    assert.match(page.text, /Project 1001 Funded/);
    assert.doesNotMatch(page.text, /Corrected|Superseded/);
    assert.equal((await reader.get('/rounds/corrected/versions/1')).path, result, 'a result that stands has one address');
    assert.equal((await reader.get('/rounds/corrected/versions/2')).status, 404);
    assert.equal((await reader.get('/rounds/corrected/versions/x')).status, 404);
    const desk = await ada.get(`${at}/result`);
    const empty = await ada.submit(desk, { reason: ' ' }, { form: `${at}/correct` });
    assert.equal(empty.status, 422);
    assert.match(empty.text, /Give a reason/);
    voidSeven();
    const now = await shows(result, /Decided after this count Two officers decided each of these together\. The figures on this page do not have them\. 7 ballots are declared void/);
    assert.equal(ballots(now), 24, 'void ballots alone change no published result');
    assert.doesNotMatch(now.text, /Changed since the rules were fixed/);
});

test('one asks, it is counted anew, and nothing public changes', async () => {
    let page = await ada.submit(await ada.get(`${at}/result`), { reason: 'Seven codes were sold <b>' }, { form: `${at}/correct` });
    page = await until('counted anew', async () => {
        const now = await ada.get(page.path);
        return now.headers.refresh === undefined && now;
    });
    assert.match(page.text, /A correction of the published result\. .*Reason: Seven codes were sold <b>/);
    assert.match(page.text, /Ballots counted: 24 before, 17 now/);
    assert.match(page.text, /Project 1002: funded now/);
    assert.match(page.text, /Project 1001: funded no more/);
    assert.equal(page.forms.some((f) => f.action === `${at}/result`), false, 'whoever asked does not publish it');
    assert.equal(ballots(await reader.get(result)), 24);
    assert.equal((await reader.get('/rounds/corrected/versions/2')).status, 404);
    assert.match((await tom.get('/desk')).text, /Approve and publish the result of corrected/);
});

test('it can be dropped, and asked for again', async () => {
    const dropped = await tom.submit(await tom.get(`${at}/result`), { note: 'Name the codes' }, { form: `${at}/return` });
    assert.equal(dropped.path, `${at}/result`);
    assert.match(dropped.text, /Correct this result/);
    await ada.submit(await ada.get(`${at}/result`), { reason: 'Seven codes were sold' }, { form: `${at}/correct` });
    const page = await until('counted anew', async () => {
        const now = await tom.get(`${at}/result`);
        return now.headers.refresh === undefined && now;
    });
    const done = await tom.submit(page, {}, { form: `${at}/result` });
    assert.match(done.text, /Published at/);
});

test('residents read the correction and its reason, and the result before it', async () => {
    const page = await shows(result, /Corrected\. Two officers corrected this result on .*Reason: Seven codes were sold\. The result before that/);
    assert.equal(ballots(page), 17);
    assert.match(page.text, /7 ballots are declared void and do not count\. Reason: Seven codes were sold/);
    assert.match(page.text, /Used 0 Unused 200 Issued 200/, 'these people voted without codes');
    assert.match(page.text, /Changed since the rules were fixed .*7 ballots are declared void/);
    assert.doesNotMatch(page.text, /Decided after this count/);
    assert.match(page.text, /Project 1002 Funded/);
    const link = page.links.find((l) => /before that/.test(l.text)).href;
    assert.equal(link, '/rounds/corrected/versions/1');
    const old = await reader.get(link);
    assert.match(old.heading, /Superseded/);
    assert.match(old.text, /Superseded\. This result was corrected on .*and stands no more\. Reason: Seven codes were sold\. The result that stands/);
    assert.match(old.text, /Decided after this count .*7 ballots are declared void/);
    assert.doesNotMatch(old.text, /Changed since the rules/);
    assert.doesNotMatch(old.text, /provisional until/);
    assert.equal(ballots(old), 24);
    assert.equal(old.links.find((l) => /result that stands/.test(l.text)).href, result);
    assert.equal((await reader.get('/rounds/corrected/versions/2')).status, 404, 'what was dropped was never public');
    const api = (await reader.get('/api/v1/rounds/corrected/result')).json();
    assert.deepEqual([api.version, api.correction, api.ballots], [3, 'Seven codes were sold', 17]);
});

test('the files of both can be had', async () => {
    const votes = async (path) => Number(/\nnum_votes;(\d+)/.exec((await reader.get(path)).body)?.[1]);
    assert.equal(await votes(`${result}/pot-1.pb`), 17);
    assert.equal(await votes('/rounds/corrected/versions/1/pot-1.pb'), 24);
    const csv = await reader.get('/rounds/corrected/versions/1/result.csv');
    assert.match(csv.headers['content-disposition'], /corrected-version-1-result\.csv/);
    assert.match(csv.body, /1001,"Project 1001",600\.00,12,yes/);
    assert.match((await reader.get(`${result}/result.csv`)).body, /1001,"Project 1001",600\.00,5,no/);
    const old = await reader.get('/rounds/corrected/versions/1');
    for (const { href } of old.links.filter((l) => l.href.startsWith('/rounds/corrected/versions/1/')))
        assert.equal((await reader.get(href)).status, 200, href);
    assert.equal((await reader.get('/rounds/corrected/versions/2/pot-1.pb')).status, 404);
    assert.equal((await reader.get('/rounds/corrected/versions/1/pot-9.pb')).status, 404);
});

test('anybody counts a file again by the words on the page, to the same bytes', async () => {
    const page = await reader.get(result);
    const command = decodeEntities(/<pre[^>]*>(wardmote-count tally .*?)<\/pre>/.exec(page.body)[1].replaceAll(/<[^>]*>/g, '')).split(' ');
    assert.equal(command[2], 'corrected-1.pb');
    const pb = await reader.get(`${result}/pot-1.pb`);
    assert.match(pb.headers['content-disposition'], /corrected-1\.pb/);
    house.write(command[2], pb.raw);
    const again = spawnSync(path.join(build, 'bin', command[0]), command.slice(1), { cwd: house.dir, encoding: 'utf8' });
    assert.equal(again.status, 0, again.stderr);
    assert.equal(again.stdout, (await reader.get(`${result}/pot-1.json`)).body);
});

test('its pages, for eyes and for axe', async () => {
    const chromium = await openChromium();
    for (const width of [360, 1280]) {
        const page = await openWindow(chromium, { width });
        for (const path of [result, '/rounds/corrected/versions/1']) {
            await page.goto(house.url + path);
            if (width === 360) await shot(page, `correction-${path.split('/').pop()}`);
            assert.deepEqual(await faults(page), [], path);
        }
        await page.goto(house.url + result);
        await page.evaluate(() => { document.querySelectorAll('details').forEach((d) => { d.open = true; }); });
        const lines = await page.locator('pre span').evaluateAll((all) => all.map((s) => [s.textContent, s.getClientRects().length]));
        assert.deepEqual(lines.filter(([, n]) => n !== 1), [], 'no option of the command goes on in the next line');
        assert.ok(lines.some(([word]) => word === '--rule'), lines.join());
        await page.context().addCookies([...ada.cookies].map(([name, value]) => ({ name, value, url: house.url })));
        await page.goto(`${house.url}${at}/result`);
        assert.deepEqual(await faults(page), []);
        await page.context().close();
    }
    await chromium.close();
});
