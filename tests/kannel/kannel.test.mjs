// kannel.test.mjs: texts through a real Kannel: phone, bearerbox, smsbox, our webhook, inbox, cast,
// outbox, sendsms, phone, and delivery receipts. Then the same with our server killed on the way.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../lib/harness.mjs';
import { Town } from '../sms/town.mjs';
import { Network, installed } from './network.mjs';

const skip = installed ? false : 'kannel and kannel-extras are not installed';
let town, network, serial = 0;

before(async () => {
    if (skip) return;
    town = await Town.open();
    await town.house.startServer();
    network = await Network.open(
        town.house.file('kannel'), `${town.house.url}/hooks/sms`, town.house.secrets['hook.secret'],
    );
});
after(async () => {
    network?.close();
    await town?.close();
});

const startSms = () =>
    town.startSmsWith({
        gateway: 'kannel',
        kannel_url: network.url,
        kannel_username: 'wardmote',
        kannel_password: town.house.secret('kannel.password', network.password),
        dlr_url: `${town.house.url}/hooks/sms`,
    });

async function restartServer() {
    await town.house.server.kill();
    await town.house.startServer();
}

const voters = (n) =>
    town.codes('westfield', n).map((code) => ({
        code,
        from: `4477006${String(++serial).padStart(5, '0')}`,
        body: `VOTE ${code.slice(0, 3)} ${code.slice(3)} 1275, 1359`,
    }));

const count = (sql) => Number(town.house.value(sql));

// Each voter has one ballot with one revision, and got its one reply, which was delivered.
async function check(list, phones, before) {
    const n = list.length;
    await until(`${n} replies on the phones`, () => phones.received().length >= n, 60);
    await until('every receipt', () =>
        count(`select count(*) from outbox where id > ${before.outbox} and state = 'delivered'`) === n, 60);
    const replies = phones.received();
    assert.equal(replies.length, n);
    const words = new Map(replies), ballots = town.allStanding('westfield');
    for (const { code, from } of list) {
        assert.equal(ballots.get(code), '1275 1359');
        assert.match(words.get(from) ?? '', /^Recorded for Westfield: 1275 Hob Moor bench, 1359 Allot'mt path\. /);
    }
    assert.equal(count(`select count(*) from revision where inbox_id > ${before.inbox}`), n);
    assert.equal(count(`select count(*) from outbox where id > ${before.outbox} and attempts <> 1`), 0);
}

const marks = () => ({
    inbox: count('select coalesce(max(id), 0) from inbox'),
    outbox: count('select coalesce(max(id), 0) from outbox'),
});

async function twoHundred({ kill }) {
    const list = voters(200), start = marks();
    for (const [i, { from, body }] of list.entries()) {
        if (kill && i === 100) await town.house.server.kill();
        if (kill && i === 120) await town.house.startServer();
        await network.text(from, body);
    }
    await until('every text is in the inbox', () => count(`select count(*) from inbox where id > ${start.inbox}`) === 200, 60);
    const phones = network.listen(), daemon = await startSms();
    await check(list, phones, start);
    phones.end();
    assert.deepEqual(await daemon.stop(), { code: 0, signal: null });
    assert.equal(count(`select count(*) from inbox where id > ${start.inbox}`), 200);
}

test('200 texts in, 200 ballots, 200 replies out, every receipt matched', { skip }, () =>
    twoHundred({ kill: false }));

test('the same, with the server killed after the hundredth', { skip }, () => twoHundred({ kill: true }));

test('phones that text over and over, while the server is killed: one vote, one reply each', { skip }, async () => {
    const list = voters(30), start = marks(), daemon = await startSms();
    const phones = network.listen(list.map(({ from, body }) => [from, body]), 0.02);
    await until('some replies', () => phones.received().length >= 5);
    await restartServer();
    await until('all have texted', () =>
        count(`select count(distinct sender_key) from inbox where id > ${start.inbox}`) === 30, 60);
    await until('all are answered', () => phones.received().length >= 30);
    await until('a text came twice', () =>
        count(`select count(*) from inbox where id > ${start.inbox} and state = 'duplicate'`) > 5);
    phones.sleep();
    await check(list, phones, start);
    await until('nothing is left to do', () =>
        count("select count(*) from inbox where state not in ('done', 'duplicate')") === 0);
    assert.equal(count(`select count(*) from inbox where id > ${start.inbox} and state = 'done'`), 30);
    phones.end();
    assert.deepEqual(await daemon.stop(), { code: 0, signal: null });
});
