// count_jobs.test.mjs: counting off the request path: an officer asks and leaves; whoever counts may be
// killed at any moment, and there may be several; every round is counted once, to the same bytes.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { build, openHouse, until } from '../lib/harness.mjs';
import { faults, openChromium, openWindow } from '../lib/chromium.mjs';
import { count, officersOf, signIn } from './officers.mjs';
import { makeRound, partsOf } from './rounds_over.mjs';

let house, program, ada;

// Fourteen ballots, of which ten name the first pot's projects.
const round = {
    kind: 'approval', rule: 'greedy',
    ballots: Array.from({ length: 14 }, (_, i) => (i < 10 ? { 1001: 1, 1003: 1 } : { 1004: 1 })),
};

// Stands in for wardmote-count: writes down how it was called, waits while the file `hold` is there,
// fails while the file `broken` is, and then is the real one.
const stand = () => `#!/bin/sh
echo "$@" >>${house.file('calls')}
while [ -e ${house.file('hold')} ]; do sleep 0.05; done
[ ! -e ${house.file('broken')} ] || exit 3
exec ${path.join(build, 'bin/wardmote-count')} "$@"
`;
const calls = () => fs.readFileSync(house.file('calls'), 'utf8').trim().split('\n').filter(Boolean);
const hold = () => fs.writeFileSync(house.file('hold'), '');
const letGo = () => fs.rmSync(house.file('hold'));
const job = (slug) => house.rows(`select j.step, j.attempt, j.part, j.parts, j.outcome, j.finished_at is null as running
    from count_job j join round r on r.id = j.round_id where r.slug = '${slug}' order by j.id desc limit 1`)[0];
const settings = () => ({ count_program: program });

// The button is pressed, and the program waits in the count.
async function begin(slug) {
    hold();
    fs.writeFileSync(house.file('calls'), '');
    makeRound(house, slug, round);
    const at = `/desk/rounds/${slug}`;
    const page = await ada.submit(await ada.get(at), {}, { form: `${at}/count` });
    await until('the program was called', () => calls().length === 1);
    return page;
}

const counted = (slug) => until(`${slug} counted`, () => job(slug).outcome === 'counted', 40);

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    program = house.write('count-stand', stand(), 0o755);
    await house.startServer(settings());
    ada = await signIn(house, officersOf(house).ada);
});
after(() => house?.close());

test('who asks is answered at once, sees how far it is, and then the result', async () => {
    const page = await begin('slow');
    assert.equal(page.path, '/desk/rounds/slow/result');
    assert.match(page.heading, /^Counting the votes$/);
    assert.match(page.text, /Counting since \d+(:\d+)*[ap]m on /);
    assert.equal(page.headers.refresh, '3');
    const now = await ada.get(page.path);
    assert.match(now.text, /The ballots are being counted, pot 1 of 2\. Ada .* asked for it/);
    const still = await ada.get(`${page.path}?still=yes`);
    assert.equal(still.headers.refresh, undefined, 'it can be told to stay as it is');
    assert.match(still.text, /stays as it is/);
    const desk = await ada.get('/desk/rounds/slow');
    assert.match(desk.text, /The votes are being counted\./);
    assert.equal(desk.forms.some((f) => /\/count$/.test(f.action)), false);
    const token = desk.form('/desk/sign-out').pairs()[0][1];
    assert.equal((await ada.post('/desk/rounds/slow/count', { token })).path, page.path, 'asked twice');
    assert.equal(house.value(`select count(*) from count_job`), String(1 + Number(house.value(
        `select count(*) from count_job j join round r on r.id = j.round_id where r.slug <> 'slow'`))), 'it is one count');
    letGo();
    await counted('slow');
    const result = await ada.get(page.path);
    assert.equal(result.headers.refresh, undefined);
    assert.match(result.text, /Counted by Ada/);
    assert.match(result.text, /chose three projects/);
});

test('the page while it counts, for eyes and for axe', async () => {
    await begin('axe');
    const chromium = await openChromium();
    for (const width of [360, 1280]) {
        const page = await openWindow(chromium, { width });
        await page.context().addCookies([...ada.cookies].map(([name, value]) => ({ name, value, url: house.url })));
        await page.goto(`${house.url}/desk/rounds/axe/result?still=yes`);
        assert.match(await page.textContent('h1'), /Counting/);
        assert.deepEqual(await faults(page), []);
        await page.context().close();
    }
    await chromium.close();
    letGo();
    await counted('axe');
});

test('kill -9 in the middle of a count: after the restart it is counted, once', async () => {
    const page = await begin('killed');
    await house.server.kill();
    house.daemons.splice(house.daemons.indexOf(house.server), 1);
    assert.deepEqual([job('killed').running, job('killed').attempt], [true, 1]);
    letGo();
    await house.startServer(settings());
    await counted('killed');
    assert.equal(job('killed').attempt, 2);
    assert.equal(house.value(`select count(*) from result x join round r on r.id = x.round_id where r.slug = 'killed'`), '1');
    assert.match((await ada.get(page.path)).text, /Counted by Ada/);
});

test('a server that is told to stop breaks the count off, and the next one begins it anew', async () => {
    await begin('stopped');
    assert.deepEqual(await house.server.stop(), { code: 0, signal: null });
    assert.deepEqual([job('stopped').running, job('stopped').outcome], [true, '']);
    letGo();
    await house.startServer(settings());
    await counted('stopped');
});

test('of two servers one counts; when it is killed, the other does', async () => {
    const other = await house.startSecondServer(settings());
    await begin('two');
    assert.equal(house.value(`select count(distinct pid) from pg_locks where locktype = 'advisory' and classid = 3`), '1',
        'one of them has it');
    letGo();
    await counted('two');
    assert.equal(calls().length, 4, 'two pots, each counted and explained once');
    await begin('survives');
    await house.server.kill();
    house.daemons.splice(house.daemons.indexOf(house.server), 1);
    letGo();
    // Whichever had it, it is counted: by the other, or by the one that lives.
    await counted('survives');
    await house.startServer(settings());
    assert.equal((await other.server.stop()).code, 0);
    house.daemons.splice(house.daemons.indexOf(other.server), 1);
});

test('a program that fails is told to who asked, who may try again', async () => {
    fs.writeFileSync(house.file('broken'), '');
    makeRound(house, 'broken', round);
    const page = await count(ada, 'broken');
    assert.equal(page.path, '/desk/rounds/broken');
    assert.match(page.text, /The count that Ada .* asked for at .* came to no result\. The counting program did not come back/);
    fs.rmSync(house.file('broken'));
    assert.match((await count(ada, 'broken')).text, /Counted by Ada/);
});

test('the same bytes when it is repeated, by us and by anybody', async () => {
    const lines = (slug) => partsOf(house, slug).map((p) => p.said);
    assert.deepEqual(lines('killed').map((s) => JSON.parse(s).winners), lines('two').map((s) => JSON.parse(s).winners));
    fs.writeFileSync(house.file('calls'), '');
    makeRound(house, 'again', round);
    await count(ada, 'again');
    const parts = partsOf(house, 'again');
    for (const [i, call] of calls().filter((c) => c.includes('--json')).entries()) {
        const repeated = spawnSync(path.join(build, 'bin/wardmote-count'), call.split(' '), { input: parts[i].pb, encoding: 'utf8' });
        assert.equal(repeated.stdout, parts[i].said);
    }
});
