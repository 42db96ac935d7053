// faults_crash.test.mjs: death and delay around the one HTTP call (fault matrix, sms.md section 11):
// rows 4, 5, 6, 8, 15 and 20. Each text is at the provider once in the end.
// WM_FAULTS: how often each crash point is tried (2; `make check-sms-faults`: 50).
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { until } from '../lib/harness.mjs';
import { Notify, held } from './notify.mjs';
import { Town } from './town.mjs';

const TIMES = Number(process.env.WM_FAULTS ?? 2);
let town, notify, serial = 0;
const running = new Set();

before(async () => {
    town = await Town.open();
    notify = await Notify.open();
});
afterEach(async () => {
    for (const daemon of running) await daemon.kill();
    running.clear();
});
after(async () => {
    await town.close();
    await notify.close();
});

async function start(env) {
    const daemon = await town.startSmsWith(notify.settings(town.house), env);
    running.add(daemon);
    daemon.exited.then(() => running.delete(daemon));
    return daemon;
}
const text = (body) => town.receive([{ from: `+4477008${String(++serial).padStart(5, '0')}`, body: body ?? `help ${serial}` }])[0];
const row = (inbox) => town.house.rows(`
    select o.id, o.state, o.attempts, o.client_ref as ref from outbox o where o.dedup_key = 'reply:${inbox}'`)[0];

// Whoever lives now brings it to an end: accepted, and once at the provider.
async function settles(inbox, what) {
    // Leases of the dead end at once; those of the living not faster than a busy machine works.
    let freed = -Infinity;
    const r = await until(`${what}: accepted`, () => {
        const leases = performance.now() - freed > 5000;
        if (leases) freed = performance.now();
        town.hurry({ leases });
        const now = row(inbox);
        return now?.state === 'accepted' && now;
    }, 30);
    assert.equal(notify.texts.filter((t) => t.reference === r.ref).length, 1, `${what}: once`);
    return r;
}

// In the daemon itself, at its fail points.
const points = {
    'after the claim': 'out_after_lease',
    'after T1, before the call': 'out_after_claim',
    'after the answer was read, before T2': 'out_after_send',
    'after T2': 'out_after_finish',
};
for (const [what, point] of Object.entries(points))
    test(`row 4: kill -9 ${what}`, { timeout: 600000 }, async () => {
        for (let i = 0; i < TIMES; i++) {
            const victim = await start({ WARDMOTE_FAILPOINT: point });
            const inbox = text();
            assert.equal((await victim.exited).signal, 'SIGKILL');
            const survivor = await start();
            await settles(inbox, what);
            await survivor.kill();
        }
        held(4, `kill -9 ${what}`, TIMES);
    });

// From outside, at moments that the provider sees.
const moments = {
    'when the connection stands': (kill) => { notify.onConnection = kill; },
    'when half the request was sent': (kill) => { notify.onHead = (request) => { kill(); request.socket.destroy(); }; },
    'when the whole request was sent, and not accepted': (kill) => {
        notify.faults.push((request) => { kill(); request.socket.destroy(); });
    },
    'when it was accepted, before the answer': (kill) => {
        notify.faults.push((request, _, accept) => { accept(); kill(); request.socket.destroy(); });
    },
    'while the answer comes': (kill) => {
        notify.faults.push((_, response, accept) => {
            const answer = JSON.stringify(accept());
            response.writeHead(201, { 'content-length': answer.length });
            response.write(answer.slice(0, 20));
            setTimeout(() => { kill(); response.destroy(); }, 5);
        });
    },
};
for (const [what, arm] of Object.entries(moments))
    test(`row 4: kill -9 ${what}`, { timeout: 600000 }, async () => {
        let victim = await start();
        for (let i = 0; i < TIMES; i++) {
            const dying = victim;
            arm(() => dying.process.kill('SIGKILL'));
            const inbox = text();
            await dying.exited;
            victim = await start();
            await settles(inbox, what);
        }
        held(4, `kill -9 ${what}`, TIMES);
    });

test('row 5: one of two daemons sleeps through its lease, and wakes up', async () => {
    for (let i = 0; i < 3; i++) {
        const sleeper = await start();
        let answer;
        const called = new Promise((resolve) => {
            notify.faults.push((_, response, accept) => {
                const value = accept();
                answer = () => notify.json(response, 201, value);
                resolve();
            });
        });
        const inbox = text();
        await called;
        sleeper.process.kill('SIGSTOP');
        const other = await start();
        const r = await settles(inbox, 'the other one asks');
        answer();
        sleeper.process.kill('SIGCONT');
        await until('the late answer is noted', () =>
            town.house.value(`select outcome from attempt where outbox_id = ${r.id} and n = 1`) === 'accepted');
        assert.deepEqual([row(inbox).state, row(inbox).attempts], ['accepted', 1]);
        await sleeper.kill();
        await other.kill();
    }
    held(5, 'two daemons, one stopped during its call', 3);
});

test('row 5: two daemons at once share 40 texts', async () => {
    await Promise.all([start(), start()]);
    const inboxes = town.receive(Array.from({ length: 40 }, () => ({ from: `+4477008${String(++serial).padStart(5, '0')}`, body: 'help' })));
    const theirs = `from outbox where dedup_key = any (array[${inboxes.map((i) => `'reply:${i}'`)}])`;
    await until('all are accepted', () => town.house.value(`select count(*) filter (where state = 'accepted') ${theirs}`) === '40', 60);
    assert.equal(notify.doubles(), 0);
    assert.equal(town.house.value(`select max(attempts) ${theirs}`), '1');
    held(5, 'two daemons, one queue', 40);
});

test('row 6: the database dies during a call, and before the claim', async () => {
    await start();
    for (let i = 0; i < 2; i++) {
        let answer;
        const called = new Promise((resolve) => {
            notify.faults.push((_, response, accept) => {
                const value = accept();
                answer = () => notify.json(response, 201, value);
                resolve();
            });
        });
        const inbox = text();
        await called;
        await town.house.killDatabase();
        answer();
        await until('PostgreSQL is back', () => {
            try {
                return town.house.startDatabase();
            } catch {
                return false;
            }
        }, 60);
        await settles(inbox, 'the answer waits for the database');
        assert.equal(row(inbox).attempts, 1);
        const next = text();
        await settles(next, 'and work goes on');
    }
    held(6, 'kill -9 of PostgreSQL during a call', 2);
});

test('row 8: an older vote that comes later does not win', async () => {
    await start();
    const code = town.code(), from = '+447700800001';
    const now = "clock_timestamp() - interval '2 s'";
    await town.ask(from, `VOTE ${code} 1275`, { sentAt: now });
    assert.equal(town.standing(code, 'westfield'), '1275');
    await town.ask(from, `VOTE ${code} 1359`, { sentAt: "clock_timestamp() - interval '60 s'" });
    assert.equal(town.standing(code, 'westfield'), '1275');
    await town.ask(from, `UNDO ${code}`, { sentAt: "clock_timestamp() - interval '1 s'" });
    assert.equal(town.standing(code, 'westfield'), '', 'taken back');
    assert.match(await town.ask(from, `VOTE ${code} 1428`, { sentAt: "clock_timestamp() - interval '50 s'" }), /^Not changed/);
    assert.equal(town.standing(code, 'westfield'), '', 'and an older vote does not bring it back');
    held(8, 'VOTE B before VOTE A, UNDO before VOTE', 2);
});

test('row 15: a machine answers every text of ours: silence after a few', async () => {
    await start();
    const from = '+447700800002';
    const before = notify.texts.length;
    const mine = () => notify.texts.slice(before).filter((t) => t.to === from);
    // It answers each of ours, and has nothing to answer once a text of its own got no reply.
    let answered = 0;
    for (let silent = false; !silent;) {
        const [id] = town.receive([{ from, body: answered ? `I am out of office (${answered})` : 'I am out of office' }]);
        silent = await town.reply(id) === null;
        if (!silent) await until('the reply', () => mine().length > answered);
        answered = mine().length;
        assert.ok(answered < 10, 'it never ends');
    }
    assert.ok(answered >= 1 && answered <= 3, `${answered} replies`);
    held(15, 'a phone that answers every reply', answered + 1);
});

test('row 20: SIGTERM during calls: they end, and no attempt is left without an end', async () => {
    for (let i = 0; i < 3; i++) {
        const daemon = await start();
        const answers = [];
        for (let n = 0; n < 4; n++)
            notify.faults.push((_, response, accept) => { answers.push(() => notify.json(response, 201, accept())); });
        const inboxes = town.receive(Array.from({ length: 4 }, () => ({ from: `+4477008${String(++serial).padStart(5, '0')}`, body: 'help' })));
        await until('four calls', () => answers.length === 4);
        const end = daemon.stop();
        await until('it is stopping', () => daemon.log().includes('stopping'));
        for (const answer of answers) answer();
        assert.deepEqual(await end, { code: 0, signal: null });
        assert.equal(town.house.value(`select count(*) from attempt a join outbox o on o.id = a.outbox_id
            where a.finished_at is null and o.dedup_key = any (array[${inboxes.map((i) => `'reply:${i}'`)}])`), '0');
        for (const inbox of inboxes) assert.equal(row(inbox).state, 'accepted');
    }
    held(20, 'SIGTERM with four calls under way', 3);
});

test('at the end: no text twice, no wrong request', () => {
    assert.equal(notify.doubles(), 0);
    assert.deepEqual(notify.wrong, []);
});
