// sending.test.mjs: a provider that fails in every way that real ones do. A reply is never sent
// twice where the provider can be asked, and never lost.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../lib/harness.mjs';
import { Provider } from './provider.mjs';
import { Town } from './town.mjs';

let town, provider, daemon, serial = 0;

before(async () => {
    town = await Town.open();
    town.slowPauses();
    provider = await Provider.open();
    // What the environment says of proxies is nobody's wish here: nothing would come through this one.
    const proxy = 'http://127.0.0.1:9';
    daemon = await town.startSms(provider, { http_proxy: proxy, https_proxy: proxy, all_proxy: proxy, ALL_PROXY: proxy });
});
after(async () => {
    await town.close();
    await provider.close();
});

// One reply under this fault; returns its row when `state` is reached.
async function sendUnder(fault, state, { hurry = false } = {}) {
    const sent = provider.texts.length;
    if (fault) provider.faults.push(fault);
    const [id] = town.receive([{ from: `+4477007${String(++serial).padStart(5, '0')}`, body: `help ${serial}` }]);
    const row = await until(`reply ${serial} is ${state}`, () => {
        if (hurry) town.hurry();
        return town.house.rows(`
            select o.id, o.state, o.attempts, o.last_error as error, a.outcome,
                   round(extract(epoch from o.next_at - a.finished_at))::int as wait
            from outbox o left join attempt a on a.outbox_id = o.id and a.n = 1
            where o.dedup_key = 'reply:${id}' and o.state = '${state}' and a.finished_at is not null`)[0];
    });
    return { ...row, sent: provider.texts.length - sent };
}

const json = (status, value, headers) => (_, response) => provider.json(response, status, value, headers);
const raw = (status, body) => (_, response, accept) => {
    accept();
    response.writeHead(status);
    response.end(body);
};

test('refused for good: dead', async () => {
    const row = await sendUnder(json(400, { error: 'bad number' }), 'dead');
    assert.deepEqual([row.outcome, row.attempts, row.sent], ['rejected', 1, 0]);
});

test('surely not sent: tried again', async () => {
    const faults = [
        json(500, { error: 'ours' }),
        json(401, { error: 'token' }),
        json(429, { error: 'slow' }),
        (_, response) => response.writeHead(302, { location: `${provider.url}/elsewhere` }).end(),
    ];
    for (const fault of faults) {
        const row = await sendUnder(fault, 'queued');
        assert.deepEqual([row.outcome, row.attempts, row.sent], ['retry', 1, 0]);
        assert.ok(row.wait <= 60, `in ${row.wait} s`);
    }
    const row = await sendUnder(json(429, { error: 'slow' }, { 'retry-after': '90' }), 'queued');
    assert.ok(row.wait > 80, `Retry-After is obeyed: ${row.wait} s`);
    await until('all go out in the end', () => {
        town.hurry();
        return town.house.value("select count(*) from outbox where state = 'accepted'") === '5';
    });
    assert.deepEqual(provider.wrong, []);
});

test('may have been sent: asked about, and found once', async () => {
    const faults = [
        raw(503, '<html>gateway</html>'),
        raw(201, '{"id":'),
        raw(201, '{}'),
        (request, _, accept) => {
            accept();
            request.socket.destroy();
        },
        (request, response, accept) => {
            accept();
            response.writeHead(201, { 'content-length': 100 });
            response.write('{');
            setTimeout(() => request.socket.resetAndDestroy(), 50);
        },
        raw(201, `"${'x'.repeat(100000)}"`),
    ];
    for (const fault of faults) {
        const row = await sendUnder(fault, 'unknown');
        assert.deepEqual([row.outcome, row.attempts, row.sent], ['unknown', 1, 1]);
        assert.equal(row.wait, 100);
        await until('it is found', () => {
            town.hurry();
            return town.house.value(`select state || attempts from outbox where id = ${row.id}`) === 'accepted1';
        });
        assert.equal(provider.doubles(), 0);
    }
});

test('may have been sent, but was not: sent again after asking three times', async () => {
    const asked = provider.asked;
    const row = await sendUnder((request) => request.socket.destroy(), 'unknown');
    assert.equal(row.sent, 0);
    await until('it is sent again', () => {
        town.hurry();
        return town.house.value(`select state || attempts from outbox where id = ${row.id}`) === 'accepted2';
    });
    assert.equal(provider.asked - asked, 3);
    assert.equal(provider.doubles(), 0);
});

test('nobody answers the door: tried again, then it goes out', async () => {
    const { port } = provider;
    await provider.close();
    const row = await sendUnder(null, 'queued');
    assert.equal(row.outcome, 'retry');
    await new Promise((resolve) => {
        provider.server.listen(port, '127.0.0.1', resolve);
    });
    await until('it goes out', () => {
        town.hurry();
        return town.house.value(`select state from outbox where id = ${row.id}`) === 'accepted';
    });
});

test('a stop waits for the calls that run', async () => {
    let release;
    const called = new Promise((resolve) => {
        provider.faults.push((_, response, accept) => {
            resolve();
            release = () => provider.json(response, 201, { id: accept() });
        });
    });
    town.receive([{ from: '+447700600001', body: 'help me' }]);
    await called;
    const end = daemon.stop();
    await until('it is stopping', () => daemon.log().includes('stopping'));
    release();
    assert.deepEqual(await end, { code: 0, signal: null });
    assert.equal(town.house.value('select count(*) from attempt where finished_at is null'), '0');
    assert.equal(town.house.value("select count(*) from outbox where state = 'leased'"), '0');
});

test('a number that services share: their keyword comes first, or not at all; row 15: our own other numbers', async () => {
    daemon = await town.startSmsWith({ gateway: 'handset', handset_url: provider.url,
        handset_token: town.house.secret('handset.token', provider.token), sms_keyword: 'York', sms_own_numbers: '60778 +447700900778 447700900779' });
    const code = town.code(), me = '+447700800001', other = '+447700800002';
    assert.match(await town.ask(me, `YORK VOTE ${code} 1275`), /^Recorded for Westfield: 1275/);
    assert.match(await town.ask(me, `vote ${code} 1359`), /^Recorded for Westfield: 1359/);
    assert.match(await town.ask(me, `Leeds VOTE ${code} 1275`), /like York VOTE 123 456 789 0123/, 'its examples begin with the word');
    for (const ours of ['+447700900778', '+447700900779'])
        assert.equal(await town.ask(ours, 'HELP'), null, 'two of our numbers have nothing to tell each other');
    const asked = await town.ask(other, 'york: VOTE 3101');
    assert.match(await town.ask(other, `York ${/reply York (\d{5}) /.exec(asked)[1]}`), /^Recorded for York: 3101/);
});

test('where nobody has a code, nobody is told to look for one', async () => {
    town.house.value("set session_replication_role = replica; update round set eligibility = 'phone'");
    const rows = [
        ['HELP', /^To vote, text York VOTE and project numbers, like York VOTE 1275 1359\. Also York LIST/],
        ['12 7 3', /^Not counted: we only read project numbers of four digits\./],
        ['VOTE 3012 and not 3025', /^Not counted: we only read project numbers of four digits\./],
        ['YES', 'Nothing counted: to answer a yes or no question text York YES or NO and its number, like York YES 4018.'],
        ['VOTE 9999', 'Not counted: there is no project 9999. Text again with all your numbers.'],
    ];
    for (const [i, [body, words]] of rows.entries()) {
        const reply = await town.ask(`+44770081000${i}`, body);
        if (words instanceof RegExp) assert.match(reply, words);
        else assert.equal(reply, words);
    }
});
