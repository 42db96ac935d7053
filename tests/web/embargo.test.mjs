// embargo.test.mjs: a result that is approved for a moment: residents read when it comes and nothing more, by no door;
// at that moment it is there, though nothing ran; until then it can be called off or brought forward.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openHouse, until } from '../lib/harness.mjs';
import { faults, openChromium, openWindow, shot } from '../lib/chromium.mjs';
import { count, london, officersOf, signIn } from './officers.mjs';
import { makeRound } from './rounds_over.mjs';

let house, ada, tom, reader;
const at = '/desk/rounds/later';
const doors = ['/rounds/later/result', '/rounds/later/result/result.csv', '/rounds/later/result/pot-1.pb', '/api/v1/rounds/later/result',
    '/results', '/feeds/results.atom', '/embed/rounds/later', '/api/v1/rounds/later', '/rounds/later', '/neighbourhoods/westfield'];

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    makeRound(house, 'later', {
        kind: 'approval', rule: 'greedy', exclusion: false,
        ballots: Array.from({ length: 12 }, (_, i) => (i < 9 ? { 1003: 1 } : { 1001: 1 })),
    });
    await house.startServer();
    const officers = officersOf(house);
    [ada, tom] = [await signIn(house, officers.ada), await signIn(house, officers.tom)];
    reader = house.browser();
    await count(ada, 'later');
    await ada.submit(await ada.get(`${at}/result`), {}, { form: `${at}/result/review` });
});
after(() => house?.close());

const approve = async (when) => {
    const page = await tom.get(`${at}/result`);
    const form = page.forms.findIndex((f) => f.values('when').length > 0);
    return tom.submit(page, { date: when.date, time: when.time }, { form });
};
const decide = async (officer, what, reason) => officer.submit(await officer.get(`${at}/result`), { do: what, reason }, { form: `${at}/embargo` });
// At the desk and for residents, on a phone and on a desk: no faults.
async function look(name) {
    const chromium = await openChromium();
    for (const width of [360, 1280]) {
        const page = await openWindow(chromium, { width });
        await page.context().addCookies([...tom.cookies].map(([name, value]) => ({ name, value, url: house.url })));
        for (const [what, path] of [['desk', `${at}/result`], ['residents', '/rounds/later'], ['result', '/rounds/later/result']]) {
            await page.goto(house.url + path);
            for (const fold of await page.locator('summary').all()) await fold.click();
            await shot(page, `embargo-${name}-${what}-${width}`);
            assert.deepEqual(await faults(page), [], path);
        }
        await page.context().close();
    }
    await chromium.close();
}
const told = async (path) => {
    const page = await reader.get(path);
    return `${page.status} ${page.body}`;
};

test('a moment that cannot be is told beside its field, and nothing happens', async () => {
    for (const [when, words] of [
        [{ date: '28/03/2027', time: '01:30' }, /The clocks go forward over this time/],
        [{ date: '31/10/2027', time: '01:30' }, /The clocks go back and show this time twice/],
        [{ date: '1/1/2020', time: '10:00' }, /This lies in the past/],
        [{ date: 'Friday', time: '' }, /Enter a date, like 14\/12\/2026.*Enter a time, like 21:00/s],
    ]) {
        const page = await approve(when);
        assert.equal(page.status, 422);
        assert.match(page.text, words);
        assert.ok(page.body.includes(`value="${when.date}"`), 'what was typed stays');
    }
    assert.match((await reader.get('/rounds/later')).text, /The result will be published here\./);
    await look('form');
});

test('approved for later, called off, with a reason', async () => {
    const later = london(3600);
    let page = await approve(later);
    assert.match(page.text, /Approved\. It becomes public at .* by itself/);
    await until('residents read when it comes', async () =>
        /The result will be published here at [^.]+ on \w+day/.test((await reader.get('/rounds/later')).text));
    assert.match((await reader.get('/rounds/later/result')).text, /No result yet .*The result will be published here at/s);
    assert.ok(Date.parse((await reader.get('/api/v1/rounds/later')).json().result_at) > Date.now());
    assert.match((await tom.get('/desk')).text, /Its result becomes public at .* by itself/);
    await look('waits');
    assert.equal((await decide(ada, 'off', '')).status, 422);
    assert.equal((await decide(ada, 'now', 'I wish to')).status, 409, 'who counted it cannot publish it');
    page = await decide(ada, 'off', 'The council meets first');
    assert.match(page.text, /This is your own work: it waits until another officer publishes it/);
    await until('no time is told', async () => /The result will be published here\./.test((await reader.get('/rounds/later')).text));
    assert.match((await tom.get('/desk/audit')).text, /The council meets first/);
});

test('nobody sees it before its moment, everybody at it', async () => {
    assert.match((await approve(london(3600))).text, /Approved\. It becomes public at/);
    const before = {};
    const of = `(select id from round where slug = 'later')`;
    // As if that had been typed: the moment is as far off as asking at all doors takes.
    for (let seconds = 4, early = 'f'; early !== 't'; seconds *= 2) {
        house.value(`update result set published_at = clock_timestamp() + interval '${seconds} s' where round_id = ${of}; notify content`);
        for (const path of doors) before[path] = await told(path);
        early = house.value(`select published_at > clock_timestamp() from result where round_id = ${of}`);
    }
    for (const path of doors) assert.doesNotMatch(before[path], /later\/result\/pot|>Funded|later\/result"[^>]*>See the result/, path);
    for (const path of doors.slice(1, 4)) assert.match(before[path], /^404/, path);
    assert.doesNotMatch(before['/feeds/results.atom'], /rounds\/later/);
    await until('it is public', async () => /Project 1003 Funded/.test((await reader.get('/rounds/later/result')).text), 90);
    for (const path of doors.slice(1, 4)) assert.match(await told(path), /^200/, path);
    assert.match(await told('/feeds/results.atom'), /rounds\/later/);
    assert.equal((await reader.get('/api/v1/rounds/later')).json().phase, 'published');
    assert.match((await tom.get(`${at}/result`)).text, /Published at .*As residents see it/s);
});

