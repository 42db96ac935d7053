// faults.test.mjs: the provider fails in every way of the fault matrix (sms.md, section 11) that
// concerns sending: rows 1, 2, 3 and 12. Each text is at the provider once, or it was said why not.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import https from 'node:https';
import net from 'node:net';
import { gzipSync } from 'node:zlib';
import { after, before, test } from 'node:test';
import { until } from '../lib/harness.mjs';
import { Notify, held } from './notify.mjs';
import { Town } from './town.mjs';

let town, notify, daemon, serial = 0;

before(async () => {
    town = await Town.open();
    town.slowPauses();
    notify = await Notify.open();
    daemon = await town.startSmsWith(notify.settings(town.house));
});
after(async () => {
    await town.close();
    await notify.close();
});

const text = () => town.receive([{ from: `+4477007${String(++serial).padStart(5, '0')}`, body: `help ${serial}` }])[0];
const row = (inbox) => town.house.rows(`
    select o.id, o.state, o.attempts, o.client_ref as ref, o.last_error as error, a.outcome,
           extract(epoch from o.next_at - a.finished_at)::int as wait
    from outbox o left join attempt a on a.outbox_id = o.id and a.n = o.attempts
    where o.dedup_key = 'reply:${inbox}'`)[0];
const at = (r) => notify.texts.filter((t) => t.reference === r.ref).length;

// One text under this fault, until its first attempt has an outcome.
async function under(fault, seconds = 20) {
    town.hurry();
    if (fault) notify.faults.push(fault);
    const inbox = text();
    return until('the outcome of an attempt', () => {
        const r = row(inbox);
        return r?.outcome && { ...r, inbox };
    }, seconds);
}

// In the end it is at the provider exactly once.
async function arrives(r, attempts) {
    await until('it is accepted', () => {
        town.hurry();
        return row(r.inbox).state === 'accepted';
    }, 30);
    assert.equal(at(r), 1, `${r.error}: once at the provider`);
    if (attempts) assert.equal(row(r.inbox).attempts, attempts);
}

test('row 1: trouble of the provider, by its own word: later', async () => {
    const faults = [
        (_, response) => notify.error(response, 500, 'Exception'),
        (_, response) => notify.error(response, 503, 'Exception'),
        (_, response) => notify.error(response, 429, 'RateLimitError'),
        (_, response) => notify.error(response, 403, 'AuthError'),
        (_, response) => { response.writeHead(429); response.end('slow'); },
    ];
    for (const fault of faults) {
        const r = await under(fault);
        assert.deepEqual([r.state, r.outcome, at(r)], ['queued', 'retry', 0]);
        assert.ok(r.wait <= 60);
        await arrives(r, 2);
    }
    const later = await under((_, response) => notify.error(response, 429, 'RateLimitError', { 'retry-after': '70' }));
    assert.ok(later.wait >= 66 && later.wait <= 70, `Retry-After: ${later.wait}`);
    await arrives(later, 2);
    const daily = await under((_, response) => notify.error(response, 429, 'TooManyRequestsError'));
    assert.equal(daily.outcome, 'retry');
    const rest = town.house.value(`select paused_until = (date_trunc('day', clock_timestamp() at time zone 'UTC')
        + interval '1 day') at time zone 'UTC' from sms_gateway where name = 'notify'`);
    assert.equal(rest, 't', 'the daily limit: until midnight UTC');
    const waiting = text();
    await until('it waits for that', () => row(waiting)?.error === 'gateway');
    await until('an alarm', () => /alarm: daily_limit:notify/.test(daemon.log()));
    await arrives(daily, 2);
    await arrives({ inbox: waiting, ref: row(waiting).ref }, 1);
    assert.deepEqual(notify.wrong, []);
    held(1, 'provider answers 500, 503, 429, 403, Retry-After, daily limit', 8);
});

test('row 2: accepted, but the answer is lost: asked about, never sent twice', async () => {
    const answer = (status, body) => (_, response, accept) => { accept(); response.writeHead(status); response.end(body); };
    const faults = [
        (request, _, accept) => { accept(); request.socket.resetAndDestroy(); },
        (request, _, accept) => { accept(); request.socket.destroy(); },
        (request, _, accept) => { accept(); request.socket.write('HTTP/1.1 201 Cre'); setTimeout(() => request.socket.destroy(), 20); },
        (request, response, accept) => {
            accept();
            response.writeHead(201, { 'content-length': 100 });
            response.write('{"id":');
            setTimeout(() => request.socket.resetAndDestroy(), 20);
        },
        answer(201, '{"id":'), answer(201, '{}'), answer(201, ''), answer(200, '<html>hello'), answer(201, '{"id":7}'),
        answer(502, '<html>Bad Gateway'), answer(503, ''), answer(504, 'upstream'),
    ];
    for (const fault of faults) {
        const r = await under(fault);
        assert.deepEqual([r.state, r.outcome, at(r)], ['unknown', 'unknown', 1]);
        await arrives(r, 1);
    }
    held(2, 'accepted, then reset, closed, cut, broken JSON, no id, 502 to 504', faults.length);
});

test('row 2: not accepted, and the answer is lost: asked three times, then sent again', async () => {
    const asked = notify.asked;
    const r = await under((request) => request.socket.destroy());
    assert.deepEqual([r.outcome, at(r)], ['unknown', 0]);
    await arrives(r, 2);
    assert.equal(notify.asked - asked, 3);
    held(2, 'not accepted, connection lost', 1);
});

test('row 3: answers that must not be believed, or read to their end', async () => {
    const redirect = await under((_, response) => { response.writeHead(302, { location: `${notify.url}/elsewhere` }); response.end(); });
    assert.deepEqual([redirect.outcome, at(redirect)], ['retry', 0]);
    await arrives(redirect, 2);
    let written = 0;
    const huge = await under((request, response, accept) => {
        accept();
        response.writeHead(201, { 'content-type': 'application/json' });
        response.on('error', () => {});
        const more = () => {
            while (written < 100e6 && !response.destroyed) {
                written += 65536;
                if (!response.write(' '.repeat(65536))) return response.once('drain', more);
            }
        };
        more();
    });
    assert.equal(huge.outcome, 'unknown');
    assert.ok(written < 50e6, `${written} bytes of 100 MB were taken`);
    await arrives(huge, 1);
    const bomb = await under((_, response, accept) => {
        accept();
        response.writeHead(201, { 'content-encoding': 'gzip' });
        response.end(gzipSync(Buffer.alloc(50e6, ' ')));
    });
    assert.equal(bomb.outcome, 'unknown');
    await arrives(bomb, 1);
    assert.ok(daemon.memory() < 64 * 1024, `${daemon.memory()} KiB`);
    held(3, 'redirect, 100 MB answer, gzip bomb', 3);
});

test('row 3: it cannot be reached: nothing was sent, and it is sent later', async () => {
    await daemon.stop();
    // A port where something else than TLS speaks, one where nobody listens, a name that is none,
    // and an address of a private network, which is refused although it might answer.
    const plain = net.createServer((socket) => socket.on('error', () => {}).end('220 mail.example ESMTP\r\n'));
    await new Promise((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const silent = net.createServer();
    await new Promise((resolve) => silent.listen(0, '127.0.0.1', resolve));
    // One that speaks TLS, with a certificate that nobody signed but itself: it must not see a byte.
    const pem = fs.readFileSync(new URL('self-signed.pem', import.meta.url));
    let seen = 0;
    const forger = https.createServer({ key: pem, cert: pem }, (_, response) => {
        seen++;
        response.end('{}');
    });
    await new Promise((resolve) => forger.listen(0, '127.0.0.1', resolve));
    forger.unref();
    const { port: nobody } = silent.address();
    await new Promise((resolve) => silent.close(resolve));
    const ways = [
        { notify_url: `http://127.0.0.1:${nobody}` },
        { notify_url: 'https://no-such-host.invalid' },
        { notify_url: `https://127.0.0.1:${plain.address().port}`, gateway_private: 'on' },
        { notify_url: `https://127.0.0.1:${forger.address().port}`, gateway_private: 'on' },
        { notify_url: `https://127.0.0.1:${notify.port}` },
        { notify_url: 'https://10.0.0.1' },
    ];
    for (const way of ways) {
        const other = await town.startSmsWith({ ...notify.settings(town.house), ...way });
        const r = await under(null, 40);
        assert.deepEqual([r.outcome, at(r)], ['retry', 0], JSON.stringify(way));
        await other.stop();
        daemon = await town.startSmsWith(notify.settings(town.house));
        await arrives(r);
        await daemon.stop();
    }
    assert.equal(seen, 0, 'nothing was told to the forger');
    plain.close();
    forger.close();
    daemon = await town.startSmsWith(notify.settings(town.house));
    held(3, 'refused, no such name, no TLS, a forged certificate, private address', ways.length);
});

test('rows 2 and 3: hangs for longer than 30 s, and an answer byte by byte', async () => {
    let drip;
    const faults = [
        (_, __, accept) => { accept(); },
        (_, response, accept) => {
            accept();
            response.on('error', () => {});
            response.writeHead(201);
            drip = setInterval(() => response.write(' '), 500);
        },
    ];
    town.hurry();
    notify.faults.push(...faults);
    const inboxes = [text(), text()];
    const rows = await until('both are given up', () => {
        const all = inboxes.map((inbox) => ({ ...row(inbox), inbox }));
        return all.every((r) => r.outcome) && all;
    }, 50);
    clearInterval(drip);
    for (const r of rows) {
        assert.deepEqual([r.outcome, at(r)], ['unknown', 1]);
        await arrives(r, 1);
    }
    held(2, 'hangs for more than 30 s', 1);
    held(3, 'slow-loris answer', 1);
});

test('row 12: clocks apart: refused, said so, and healed', async () => {
    for (const clock of [60, -60]) {
        notify.clock = clock;
        const r = await under(null);
        assert.deepEqual([r.outcome, at(r)], ['retry', 0]);
        notify.clock = 0;
        await arrives(r);
    }
    await until('an alarm', () => /alarm: our clock is -?\d+ s ahead/.test(daemon.log()));
    assert.deepEqual(notify.wrong, []);
    held(12, 'token 60 s too old, too new', 2);
});

const inboxed = () => Number(town.house.value("select count(*) from inbox where provider = 'notify'"));
// Polls again and again until it holds: one that is under way would end what is asked for here.
const polling = (what, holds, whole = false) => until(what, () => {
    // A read that failed, as one may have while the clocks were apart, has a pause of a minute; one under way, five.
    town.house.value(`update sms_poll set lease_until = null, last_ok = clock_timestamp() - interval '2 minutes'
        ${whole ? ", last_full = clock_timestamp() - interval '2 days'" : ''}
        where lease_until is null or lease_until < clock_timestamp() + interval '1 minute'`);
    return holds();
}, 40);

test('row 12: texts whose webhook never came are found in the list, also across pages', async () => {
    const day = (n, us = 0) => new Date(Date.now() - n * 1000).toISOString().replace('Z', `${String(us).padStart(3, '0')}Z`);
    notify.pageSize = 5;
    const make = (n, more = {}) => ({
        id: `poll-${n}`, user_number: '447700900111', notify_number: '07700900777', content: `help me ${n}`,
        created_at: day(n), ...more,
    });
    notify.received = Array.from({ length: 12 }, (_, i) => make(i + 1));
    notify.received[1].created_at = notify.received[1].created_at.replace('T', ' ').replace('Z', '');
    // Two of the same microsecond at a page's edge: the second is skipped by Notify's paging.
    notify.received[5].created_at = notify.received[4].created_at;
    await polling('all that the pages show', () => inboxed() === 11, true);
    assert.equal(town.house.value("select count(*) from inbox where message_id = 'poll-6'"), '0');
    notify.received = [make(0, { id: 'poll-new' }), ...notify.received];
    await polling('the edges move: the skipped one is found', () => inboxed() === 13, true);
    assert.equal(town.house.value("select endpoint from inbox where message_id = 'poll-6'"), '447700900777');
    await until('and told', () => /alarm: webhook_lost:notify/.test(daemon.log()), 30);
    held(12, 'pull only, both forms of time, equal times at a page edge', 13);
    notify.received = [make(0, { id: 'poll-nobody', user_number: '', content: 'x'.repeat(17000) }), ...notify.received];
    await polling('what cannot be read is in quarantine', () =>
        town.house.value("select state from inbox where message_id = 'poll-nobody'") === 'quarantined', true);
    const lists = notify.listed;
    await polling('it was read again', () => notify.listed > lists + 2);
    assert.equal(inboxed(), 14);
    held(7, 'webhook and poll: one text', 13);
});

test('row 6: no room for what came of the calls: nothing is sent twice, and nothing lost', async () => {
    const sql = (words) => town.house.value(words), asked = notify.asked;
    const full = () => sql(`alter sequence full_tries restart;
        create trigger full_disk before update on outbox for each row when (new.state = 'accepted') execute function full_disk()`);
    const tried = (times) => until('writing is tried again and again', () => Number(sql('select last_value from full_tries')) > times, 60);
    const sent = async (inboxes) => {
        await until('each is at the provider', () => inboxes.every((inbox) => row(inbox) && at(row(inbox)) === 1), 30);
        await tried(5);
        return inboxes.map((inbox) => ({ ...row(inbox), inbox }));
    };
    sql(`create sequence full_tries; grant usage on sequence full_tries to public;
        create function full_disk() returns trigger language plpgsql as $$ begin
            perform nextval('wardmote.full_tries');
            raise exception 'no space left on device' using errcode = 'disk_full'; end $$`);
    town.hurry();
    full();
    const rows = await sent([text(), text(), text()]);
    assert.deepEqual(rows.map((r) => r.state), ['leased', 'leased', 'leased']);
    sql('drop trigger full_disk on outbox');
    await until('what was waiting is written', () => rows.every((r) => row(r.inbox).state === 'accepted'), 30);
    assert.equal(notify.asked, asked, 'the answers were kept: nobody was asked');
    for (const r of rows) await arrives(r, 1);

    full();
    const late = await sent([text(), text()]);
    town.hurry({ leases: true });
    await until('for longer than a lease: they are asked about', () => {
        town.hurry();
        return notify.asked > asked && late.every((r) => row(r.inbox).state === 'unknown');
    }, 60);
    sql('drop trigger full_disk on outbox');
    for (const r of late) await arrives(r, 1);
    assert.ok(daemon.log().match(/disk full at/g).length <= 8, 'said once by each connection, and not at every try');
    held(6, 'no room for the results of sent texts', 5);
});

test('at the end: one text at the provider for each that was accepted, and no more', () => {
    assert.equal(notify.doubles(), 0);
    assert.deepEqual(notify.wrong, []);
    assert.equal(Number(town.house.value("select count(*) from outbox where state = 'accepted'")), notify.texts.length);
    for (const word of ['7700', 'help', 'Reply'])
        assert.ok(!daemon.log().includes(word), word);
});
