// clock.test.mjs: the clock is the database's. The server's and the SMS daemon's own clocks step an
// hour forwards and backwards while they run, and nothing changes: ballots count until the round
// closes by the database's clock, and not a moment longer.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { build, openHouse, until } from '../lib/harness.mjs';
import { cast, choices, newKey, openSession, receiptIn } from './casting.mjs';

const library = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu']
    .map((dir) => `${dir}/faketime/libfaketimeMT.so.1`)
    .find((file) => fs.existsSync(file));
// A sanitised program wants its own library before any other.
const skip = build.includes('asan') ? 'not with a sanitiser' : library ? false : 'no faketime';
const SLUG = 'westfield-2026';
let house, codes, picks, phones = 0;

// From now on the daemons' clocks are off by so much.
const step = (offset) => fs.writeFileSync(house.file('offset'), `${offset}\n`);

before(async () => {
    if (skip) return;
    house = await openHouse();
    await house.loadDemo();
    step('+0');
    house.daemonEnv = {
        LD_PRELOAD: library,
        FAKETIME_TIMESTAMP_FILE: house.file('offset'),
        FAKETIME_NO_CACHE: '1',
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
    };
    await house.startServer();
    await house.startHandset();
    await house.startSms();
    codes = house.demo.codes.filter((c) => c.area === 'Westfield').map((c) => c.code);
    picks = choices(house, SLUG, 4);
});
after(() => house?.close());

const byText = (code, numbers) => house.ask(`+4479${24000000 + ++phones}`, `VOTE ${code} ${numbers.join(' ')}`, 60);
// Minutes between what the database wrote and now, by the database.
const minutesOff = () =>
    Math.abs(Number(house.value(`select extract(epoch from clock_timestamp() - max(cast_at)) / 60 from revision`)));

for (const offset of ['+1h', '-1h'])
    test(`a step of ${offset} while they run: ballots count, at the database's time`, { skip }, async () => {
        step(offset);
        const session = await openSession(house, codes[0], SLUG);
        const page = await cast(session, newKey(), picks[0]);
        assert.equal(page.status, 303, page.text);
        assert.ok(receiptIn(page.text));
        assert.ok(minutesOff() < 5);
        const said = await byText(codes[1], picks[1]);
        assert.match(said, /^Recorded/);
        assert.ok(minutesOff() < 5);
        session.browser.close();
        // The step was real: the daemon's own log has the other time.
        await house.sms.stop();
        const last = house.sms.log().trim().split('\n').at(-1);
        const at = Date.parse(/\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(last)[0]);
        assert.ok(Math.abs(at - Date.now()) > 50 * 60000, last);
        step('+0');
        await house.startSms();
    });

test('a close by the database is a close, whatever the daemons believe', { skip }, async () => {
    const session = await openSession(house, codes[2], SLUG);
    // The round closes now; the frozen row is moved as no officer could.
    house.value(`set session_replication_role = replica;
        update round set closes_at = clock_timestamp() - interval '1 second', grace = '0' where slug = '${SLUG}'`);
    step('-1h');
    const late = await cast(session, newKey(), picks[0]);
    assert.equal(receiptIn(late.text), null);
    assert.match(await byText(codes[3], picks[1]), /^Not counted: voting in Westfield closed/);
    step('+0');
    session.browser.close();
    assert.equal(await until('the round is closed', async () => (await house.browser().get(`/rounds/${SLUG}`)).status), 200);
});

test('a round that is open by the database is open, whatever the daemons believe', { skip }, async () => {
    house.value(`set session_replication_role = replica;
        update round set closes_at = clock_timestamp() + interval '20 minutes' where slug = '${SLUG}'`);
    step('+1h');
    const session = await openSession(house, codes[4], SLUG);
    const page = await cast(session, newKey(), picks[2]);
    assert.equal(page.status, 303, page.text);
    assert.ok(receiptIn(page.text));
    assert.match(await byText(codes[5], picks[3]), /^Recorded/);
    session.browser.close();
    step('+0');
});
