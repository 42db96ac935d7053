// smoke.mjs: the whole road in under a minute, on `make demo` itself: an officer makes a round and
// publishes proposals, residents vote in a browser and by text and change their minds, the round
// closes by itself, is counted and published, and the numbers are those that were cast.
// Prints one line of TAP a step.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Browser, Daemon, House, build, freePort, freshDir, isRunning, top, totp, until } from '../lib/harness.mjs';
import { count, turnsNow } from '../web/officers.mjs';

const POT = 1000;
const PROPOSALS = [
    { short: 'Bench', title: 'A bench by the green', cost: 400 },
    { short: 'Trees', title: 'Five street trees', cost: 500 },
    { short: 'Bike rack', title: 'A rack for twelve bicycles', cost: 300 },
    { short: 'Mural', title: 'A mural on the underpass', cost: 900 },
];

const area = 'holgate'; // a ward without a round that is open
let house, demo, browser, desk, second, slug, codes;
const number = {}; // short name -> number
const ballots = new Map(); // voter -> short names that count in the end
const receipts = {};

// --- what a voter does ---------------------------------------------------------------------------

async function enterCode(code) {
    const voter = new Browser(house.url);
    const page = await voter.submit(await voter.get('/vote/code'), { code }, { form: '/vote/code' });
    assert.equal(page.status, 200);
    assert.match(page.path, /^\/(vote\/rounds|ballot\/)/, page.text);
    return voter;
}

const picks = (names) => names.map((name) => number[name]);

// From the ballot to the receipt.
async function voteOnTheWeb(voter, names) {
    const ballot = await voter.get(`/ballot/${slug}`);
    const check = await voter.submit(ballot, { p: picks(names), do: 'continue' }, { form: /ballot/ });
    assert.match(check.path, /\/check/, `${check.heading}: ${check.text}`);
    for (const name of names)
        assert.match(check.text, new RegExp(PROPOSALS.find((p) => p.short === name).title));
    const done = await voter.submit(check, {}, { form: /\/check/ });
    assert.match(done.path, /\/done/, `${done.heading}: ${done.text}`);
    return receiptIn(done.text);
}

function receiptIn(text) {
    const found = /R[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/.exec(text);
    assert.ok(found, `no receipt in: ${text}`);
    return found[0];
}

async function receiptSays(receipt) {
    const reader = new Browser(house.url);
    const page = await reader.submit(await reader.get('/receipt'), { receipt }, { form: '/receipt' });
    reader.close();
    return page.text;
}

// --- the steps -----------------------------------------------------------------------------------

async function startDemo() {
    house = new House(freshDir());
    process.on('exit', () => fs.rmSync(`${house.dir}.log`, { force: true }));
    const port = await freePort();
    const phonePort = await freePort();
    house.url = `http://127.0.0.1:${port}`;
    house.handsetUrl = `http://127.0.0.1:${phonePort}`;
    demo = new Daemon('demo.sh', path.join(top, 'deploy/demo.sh'), [], {
        logFile: `${house.dir}.log`,
        endSignal: 'SIGTERM',
        env: { WM_BUILD: build, DEMO_DIR: house.dir, DEMO_PORT: port, DEMO_HANDSET_PORT: phonePort },
    });
    await demo.ready(() => demo.log().includes('Wardmote is running'), 60);
    house.conninfo = `host=${fs.readFileSync(house.file('socket'), 'utf8').trim()} dbname=wardmote`;
    house.demo = JSON.parse(fs.readFileSync(house.file('demo.json'), 'utf8'));
    browser = new Browser(house.url);
}

async function readHome() {
    const home = await browser.get('/');
    assert.equal(home.status, 200);
    const page = await browser.get('/neighbourhoods');
    assert.match(page.text, /Westfield/);
    assert.match((await browser.get('/demo')).text, /\d{3} \d{3} \d{3} \d{4}/);
    assert.equal((await browser.get('/no-such-page')).status, 404);
}

async function signInAs(officer) {
    desk = new Browser(house.url);
    const form = await desk.get('/desk/sign-in');
    const fields = { email: officer.email, password: officer.password };
    const wrong = await desk.submit(form, { ...fields, totp: '000000' }, { form: '/desk/sign-in' });
    assert.match(wrong.path, /sign-in/);
    const right = { ...fields, totp: totp(officer.totp_seed_base32) };
    const page = await desk.submit(form, right, { form: '/desk/sign-in' });
    assert.equal(page.path, '/desk', page.text);
    return desk;
}

async function signIn() {
    const { officers } = house.demo;
    second = await signInAs(officers.find((o) => o.email.startsWith('sam@')));
    desk = await signInAs(officers[0]);
}

const day = (days) => new Date(Date.now() + days * 86400e3).toISOString().slice(0, 10);

async function makeRound() {
    const page = await desk.get('/desk/rounds/new');
    const made = await desk.submit(
        page,
        {
            area, title: 'Smoke round', about: 'Made by the smoke test.', kind: 'knapsack',
            opens_date: day(1), opens_time: '09:00', closes_date: day(2), closes_time: '21:00',
            grace: '0', max_picks: '4', minimum_votes: '0',
            pot1_name: 'Ward pot', pot1_amount: String(POT),
        },
        { form: '/desk/rounds/new' },
    );
    slug = /^\/desk\/rounds\/([a-z0-9-]+)/.exec(made.path)?.[1];
    assert.ok(slug && slug !== 'new', `${made.path}: ${made.text}`);
}

async function publishProposals() {
    for (const { short, title, cost } of PROPOSALS) {
        const form = await desk.get(`/desk/rounds/${slug}/proposals`);
        const saved = await desk.submit(
            form,
            { title, short_name: short, summary: `${title}.`, body: `**${title}**`, pot: '1',
              cost: String(cost), place: '', proposer: '' },
            { form: `/desk/rounds/${slug}/proposals` },
        );
        assert.equal(saved.status, 200, saved.text);
        number[short] = house.value(
            `select to_char(number, 'FM0000') from proposal p join round r on r.id = p.round_id
             where r.slug = '${slug}' and short_name = '${short}'`,
        );
        assert.match(number[short], /^\d{4}$/, saved.text);
        const at = `/desk/proposals/${slug}/${number[short]}`;
        const preview = await desk.get(`${at}/preview`);
        assert.match(preview.text, new RegExp(title));
        await desk.submit(preview, {}, { form: `${at}/publish` });
    }
    const published = `select count(*) from proposal p join round r on r.id = p.round_id
                       where r.slug = '${slug}' and p.state = 'published'`;
    assert.equal(house.value(published), String(PROPOSALS.length));
}

async function issueCodes() {
    const page = await desk.get('/desk/codes');
    const csv = await desk.submit(page, { area, how_many: '10', format: 'csv', addresses: '' },
        { form: '/desk/codes' });
    assert.match(csv.headers['content-type'], /^text\/csv/);
    codes = csv.body.match(/\b\d{3} ?\d{3} ?\d{3} ?\d{4}\b/g);
    assert.equal(codes?.length, 10, csv.body);
}

async function schedule() {
    const at = `/desk/rounds/${slug}`;
    await desk.submit(await desk.get(at), {}, { form: `${at}/review` });
    await second.submit(await second.get(at), {}, { form: `${at}/approve` });
    await desk.submit(await desk.get(at), {}, { form: `${at}/schedule` });
    assert.equal(house.value(`select state from round where slug = '${slug}'`), 'scheduled');
    turnsNow(house, slug, 'opens_at');
}

async function voteWeb() {
    const voter = await enterCode(codes[0]);
    const ballot = await voter.get(`/ballot/${slug}`);
    const over = await voter.submit(ballot, { p: picks(['Trees', 'Mural']), do: 'continue' },
        { form: /ballot/ });
    assert.doesNotMatch(over.path, /\/check/);
    assert.match(over.text, /£400/); // over by that much
    receipts.first = await voteOnTheWeb(voter, ['Bench', 'Trees']);
    ballots.set('A', ['Bench', 'Trees']);
    const other = await enterCode(codes[1]);
    await voteOnTheWeb(other, ['Bench', 'Trees']);
    ballots.set('B', ['Bench', 'Trees']);
    const last = await enterCode(codes[2]);
    await voteOnTheWeb(last, ['Bike rack']);
    ballots.set('E', ['Bike rack']);
    // Ballots are published where ten people voted, not before.
    for (const [n, name] of [...'FGHIJ'].entries()) {
        await voteOnTheWeb(await enterCode(codes[5 + n]), ['Bench']);
        ballots.set(name, ['Bench']);
    }
}

async function voteByText() {
    const over = await house.ask('07700900101', `VOTE ${codes[3]} ${picks(['Trees', 'Mural']).join(' ')}`);
    assert.doesNotMatch(over, /R[0-9A-Z]{4}-/);
    const reply = await house.ask('07700900101', `VOTE ${codes[3]} ${number.Mural}`);
    receipts.text = receiptIn(reply);
    await house.ask('07700900102', `vote ${codes[4].replace(/ /g, '')}, ${number.Bench}`);
    ballots.set('C', ['Mural']).set('D', ['Bench']);
}

async function changeBoth() {
    const voter = await enterCode(codes[0]);
    assert.match((await voter.get(`/ballot/${slug}`)).body, new RegExp(`value="${number.Trees}"[^>]*checked|checked[^>]*value="${number.Trees}"`));
    receipts.second = await voteOnTheWeb(voter, ['Bench', 'Bike rack']);
    ballots.set('A', ['Bench', 'Bike rack']);
    const reply = await house.ask('07700900101',
        `VOTE ${codes[3]} ${picks(['Bench', 'Bike rack']).join(' ')}`);
    receiptIn(reply);
    ballots.set('C', ['Bench', 'Bike rack']);
    assert.notEqual(receipts.first, receipts.second);
}

async function closeByItself() {
    turnsNow(house, slug, 'closes_at');
    const revisions = 'select count(*) from revision';
    const before = house.value(revisions);
    const late = await house.ask('07700900102', `VOTE ${codes[4]} ${number.Trees}`);
    assert.match(late, /closed/i);
    assert.equal(house.value(revisions), before);
}

async function countAndPublish() {
    await count(desk, slug);
    assert.equal((await browser.get(`/rounds/${slug}/result`)).text.includes('Funded'), false);
    let page = await desk.get(`/desk/rounds/${slug}/result`);
    await desk.submit(page, {}, { form: `/desk/rounds/${slug}/result/review` });
    page = await second.get(`/desk/rounds/${slug}/result`);
    await second.submit(page, {}, { form: `/desk/rounds/${slug}/result` });
    assert.equal(house.value(`select state from round where slug = '${slug}'`), 'published');
}

// Greedy by votes, by hand.
function expected() {
    const votes = (short) => [...ballots.values()].filter((b) => b.includes(short)).length;
    const rows = PROPOSALS.map((p) => ({ ...p, votes: votes(p.short) }));
    let left = POT;
    for (const row of [...rows].sort((a, b) => b.votes - a.votes || a.cost - b.cost)) {
        row.won = row.votes > 0 && row.cost <= left;
        if (row.won) left -= row.cost;
    }
    return rows;
}

async function checkNumbers() {
    const page = await browser.get(`/rounds/${slug}/result`);
    assert.equal(page.status, 200);
    // Eight on the web, of which one twice, and two by text, of which one twice; all codes used.
    assert.match(page.text, /Codes 10 0 0 10/);
    assert.match(page.text, /Counted 10 Replaced fewer than 5/, 'two changed their minds: too few to be told');
    const links = page.links.map((l) => l.href);
    const pb = links.find((l) => l.endsWith('.pb'));
    const csv = links.find((l) => l.endsWith('.csv'));
    assert.ok(pb && csv, `downloads: ${links}`);
    const file = house.write('result.pb', (await browser.get(pb)).raw);
    // No two proposals have as many votes here: no lot is drawn, so no seed is needed.
    const counted = JSON.parse(execFileSync(path.join(build, 'bin/wardmote-count'),
        ['tally', file, '--json'], { encoding: 'utf8' }));
    assert.equal(counted.num_votes, ballots.size);
    const table = (await browser.get(csv)).body;
    for (const row of expected()) {
        const own = counted.proposals.find((p) => p.id === number[row.short]);
        assert.deepEqual([own.votes, own.selected], [row.votes, row.won], row.short);
        assert.match(page.text, new RegExp(row.title));
        const line = table.split('\n').find((l) => l.includes(number[row.short]));
        assert.ok(line?.includes(String(row.votes)), `${row.short} in the CSV: ${line}`);
    }
}

async function checkReceipts() {
    assert.match(await receiptSays(receipts.second), /counted/i);
    assert.match(await receiptSays(receipts.first), /replaced/i);
    assert.match(await receiptSays(receipts.text), /replaced/i);
    assert.match(await receiptSays(`${receipts.second.slice(0, -1)}Z`), /not found|check|find/i);
}

async function stop() {
    const log = fs.readFileSync(house.file('wardmote-server.log'), 'utf8');
    for (const code of codes) assert.equal(log.includes(code.replace(/ /g, '')), false, 'a code in the log');
    assert.doesNotMatch(log, /7700900101/);
    const pids = execFileSync('pgrep', ['-f', house.dir], { encoding: 'utf8' }).trim().split('\n');
    const how = await demo.stop();
    assert.deepEqual([how.code, how.signal], [143, null], demo.log().slice(-2000));
    assert.deepEqual(pids.filter(isRunning), []);
}

const STEPS = [
    ['make demo runs on free ports', startDemo],
    ['residents find the wards, and the demo page has codes', readHome],
    ['two officers sign in with password and one-time code', signIn],
    ['the officer makes a round with a pot', makeRound],
    ['… and writes, previews and publishes four proposals', publishProposals],
    ['… and issues voting codes', issueCodes],
    ['… a second officer approves it; scheduled, it opens by itself', schedule],
    ['eight residents vote on the web; over the pot is refused', voteWeb],
    ['two residents vote by text; over the pot is refused', voteByText],
    ['a vote on the web and a vote by text are changed', changeBoth],
    ['the round closes by itself; a late text changes nothing', closeByItself],
    ['one officer counts, the other publishes', countAndPublish],
    ['the published numbers are those that were cast', checkNumbers],
    ['receipts say counted and replaced', checkReceipts],
    ['everything stops, no code or number was logged', stop],
];

console.log(`1..${STEPS.length}`);
const began = Date.now();
let failed = false;
for (const [i, [name, step]] of STEPS.entries()) {
    const at = Date.now();
    try {
        await step();
        console.log(`ok ${i + 1} - ${name} (${((Date.now() - at) / 1000).toFixed(1)} s)`);
    } catch (error) {
        console.log(`not ok ${i + 1} - ${name}\n${String(error.stack).replace(/^/gm, '# ')}`);
        failed = true;
        break;
    }
}
console.log(`# ${((Date.now() - began) / 1000).toFixed(1)} s`);
if (demo && !demo.ended) await demo.stop();
process.exit(failed ? 1 : 0);
