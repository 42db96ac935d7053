// faults.test.mjs: the rows of the fault matrix (sms.md, section 11) that a real Kannel carries: 1, 4,
// 9, 16 and 17. Whatever Kannel loses is told as its own; what it handed to us counts once.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { build, until } from '../lib/harness.mjs';
import { held } from '../lib/held.mjs';
import { Town } from '../sms/town.mjs';
import { Network, installed } from './network.mjs';

const skip = installed ? false : 'kannel and kannel-extras are not installed';
// A sanitiser keeps freed memory to itself, and a daemon's size says nothing.
const sized = !build.endsWith('asan');
const TIMES = Number(process.env.WM_FAULTS ?? 2);
let town, network, serial = 0;
const running = new Set();

before(async () => {
    if (skip) return;
    town = await Town.open();
    await town.house.startServer();
    network = await Network.open(
        town.house.file('kannel'), `${town.house.url}/hooks/sms`, town.house.secrets['hook.secret'],
    );
});
afterEach(async () => {
    for (const daemon of running) await daemon.kill();
    running.clear();
});
after(async () => {
    network?.close();
    await town?.close();
});

async function start(settings = {}, env = {}) {
    const daemon = await town.startSmsWith({
        gateway: 'kannel',
        kannel_url: network.url,
        kannel_username: 'wardmote',
        kannel_password: town.house.secret('kannel.password', network.password),
        dlr_url: `${town.house.url}/hooks/sms`,
        ...settings,
    }, env);
    running.add(daemon);
    daemon.exited.then(() => running.delete(daemon));
    return daemon;
}

const number = () => `4477005${String(++serial).padStart(5, '0')}`;
const count = (sql) => Number(town.house.value(sql));
// A text that wants a reply, already in the inbox; returns its id and who sent it.
function ask() {
    const from = number();
    const [id] = town.receive([{ from: `+${from}`, body: `help ${serial}` }]);
    return { id, from };
}
const row = (id) => town.house.rows(`
    select o.id, o.state, o.attempts, a.outcome from outbox o
    left join attempt a on a.outbox_id = o.id and a.n = o.attempts where o.dedup_key = 'reply:${id}'`)[0];
const had = (phones, from) => phones.received().filter(([to]) => to === from).length;

async function arrives(phones, { id, from }, attempts) {
    await until('the phone has it, and its receipt came', () => {
        town.hurry();
        return had(phones, from) > 0 && row(id).state === 'delivered';
    }, 40);
    assert.equal(had(phones, from), 1);
    assert.equal(row(id).attempts, attempts);
}

test('row 1: Kannel refuses, is away, or has no network: later, and once', { skip, timeout: 600000 }, async () => {
    const phones = await network.phones();
    const wrong = await start({ kannel_password: town.house.secret('wrong.password', 'not-it') });
    const refused = ask();
    await until('it is refused', () => row(refused.id)?.outcome === 'retry');
    await wrong.kill();
    await start();
    await arrives(phones, refused, 2);

    await network.kill('smsbox');
    const away = ask();
    await until('it cannot be reached', () => row(away.id)?.outcome === 'retry');
    network.close();
    phones.end();
    network.start();
    // No phone is on: Kannel keeps it for them.
    const tried = row(away.id).attempts;
    await until('Kannel has it', () => {
        town.hurry();
        return row(away.id).state === 'accepted';
    }, 30);
    const later = await network.phones();
    await arrives(later, away, tried + 1);
    later.end();
    held(1, 'Kannel: wrong password, smsbox away, no network', 3);
});

const deaths = {
    out_after_claim: { what: 'before the call', attempts: 2 },
    out_after_send: { what: 'after Kannel took it', attempts: 1 },
};
for (const [point, { what, attempts }] of Object.entries(deaths))
    test(`row 4: Kannel: kill -9 ${what}`, { skip, timeout: 600000 }, async () => {
        const phones = await network.phones();
        for (let i = 0; i < TIMES; i++) {
            const victim = await start({}, { WARDMOTE_FAILPOINT: point });
            const text = ask();
            assert.equal((await victim.exited).signal, 'SIGKILL');
            // Kannel cannot be asked: only its receipt tells. The two minutes' wait for that is over
            // at once (hurry), so the receipt must be there first where one is to come.
            if (attempts === 1)
                await until('the receipt', () =>
                    count(`select count(*) from dlr d join outbox o using (client_ref)
                           where o.dedup_key = 'reply:${text.id}' and d.status = 'delivered'`) === 1);
            town.hurry({ leases: true }); // its holder is dead; a live one's must never be ended
            const survivor = await start();
            await arrives(phones, text, attempts);
            await survivor.kill();
        }
        phones.end();
        held(4, `Kannel: kill -9 ${what}`, TIMES);
    });

test('row 9: parts, as a network hands them over: joined once, or never', { skip, timeout: 600000 }, async () => {
    await start();
    const phones = await network.phones();
    const codes = town.codes('westfield', 5);
    const whole = (code) => [`VOTE ${code.slice(0, 3)} ${code.slice(3)} 12`, '75, 1359'];
    const part = (from, ref, of, n, words) =>
        `${from} 60777 udh-text %05%00%03%${ref}%${of}%${n} ${words}`;
    const from = codes.map(number);
    const [in2, back, twice, left, right] = codes.map(whole);
    phones.send([
        part(from[0], '2A', '02', '01', in2[0]), part(from[0], '2A', '02', '02', in2[1]),
        part(from[1], '2A', '02', '02', back[1]), part(from[1], '2A', '02', '01', back[0]),
        part(from[2], '2A', '02', '01', twice[0]), part(from[2], '2A', '02', '01', twice[0]),
        part(from[2], '2A', '02', '02', twice[1]),
        part(from[3], '07', '02', '01', left[0]), part(from[4], '07', '02', '02', right[1]),
        part(from[4], '07', '02', '01', right[0]), part(from[3], '07', '02', '02', left[1]),
        part(number(), '2A', '02', '01', 'VOTE for nothing, since the rest'), // is missing
    ]);
    await until('all five are answered', () => from.every((f) => had(phones, f) > 0), 40);
    const standing = town.allStanding('westfield');
    for (const [i, code] of codes.entries()) {
        assert.equal(standing.get(code), '1275 1359', `text ${i}`);
        assert.equal(had(phones, from[i]), 1);
    }
    phones.end();
    held(9, 'Kannel: in order, reversed, doubled, interleaved from two senders, one missing', 6);
});

test('row 16: a flood while the round closes: none lost, each phone in its order', { skip, timeout: 600000 }, async () => {
    const PHONES = 150, EACH = 6;
    town.house.value('update sms_limits set rate = 5');
    const daemon = await start();
    const codes = town.codes('westfield', PHONES), from = codes.map(number);
    const picks = ['9005', '9013', '9027', '9005 9013', '9005 9027', '9013 9027'];
    const before = count('select coalesce(max(id), 0) from inbox');
    const texts = (of) => of.flatMap((n) => codes.map((code, i) => `${from[i]} 60777 text VOTE ${code} ${picks[n]}`));
    town.round('flood', 'westfield', 'knapsack', "clock_timestamp() - interval '1 day'", "clock_timestamp() + interval '1 hour'");
    const phones = await network.phones();
    phones.send(texts([0, 1, 2]));
    await until('the first half has come', () => count(`select count(*) from inbox where id > ${before}`) === PHONES * EACH / 2, 60);
    town.house.value(`set session_replication_role = replica; update round set closes_at = clock_timestamp() where slug = 'flood'`);
    // Kannel tells whole seconds: what it calls the last one of the round is still in time.
    await until('the round is closed', () =>
        town.house.value("select closes_at + interval '1 s' < clock_timestamp() from round where slug = 'flood'") === 't');
    const memory = daemon.memory();
    phones.send(texts([3, 4, 5]));
    await until('all are judged', () => count(`select count(*) from inbox where id > ${before} and state = 'done'`) === PHONES * EACH, 120);
    assert.equal(count(`select count(*) from inbox where id > ${before}`), PHONES * EACH);
    // By phone: recorded 1, 2, 3 in the order in which they were sent, and the other three refused.
    const rows = town.house.rows(`
        select i.sender_key::text as phone, string_agg(i.outcome, ' ' order by i.id) as outcomes,
               string_agg(array_to_string(v.numbers, ' '), ', ' order by v.revision) as cast,
               array_agg(v.inbox_id order by v.revision) filter (where v.inbox_id is not null)
                   = array_agg(v.inbox_id order by i.id) filter (where v.inbox_id is not null) as in_order
        from inbox i left join revision v on v.inbox_id = i.id where i.id > ${before} group by i.sender_key`);
    assert.equal(rows.length, PHONES);
    for (const r of rows) {
        assert.equal(r.outcomes, 'recorded recorded recorded refused_closed refused_closed refused_closed');
        assert.deepEqual([r.cast, r.in_order], ['9005, 9013, 9027', true]);
    }
    const standing = town.allStanding('flood');
    for (const code of codes) assert.equal(standing.get(code), '9027');
    if (sized) assert.ok(daemon.memory() < 48 * 1024 && daemon.memory() - memory < 4 * 1024, `${memory} KiB, then ${daemon.memory()}`);
    // Replies leave at their pace meanwhile: the backlog waits, and its age can be told.
    assert.ok(count("select count(*) from outbox where state = 'queued'") > 100);
    assert.ok(count("select extract(epoch from clock_timestamp() - min(created_at)) from outbox where state = 'queued'") > 0);
    town.house.value("update sms_limits set rate = 5000; update outbox set state = 'cancelled' where state = 'queued'");
    phones.end();
    held(16, 'Kannel: texts while the round closed', PHONES * EACH);
});

test('row 17: Kannel is killed while texts come and replies go: we count once', { skip, timeout: 600000 }, async () => {
    await start();
    let deaths = 0, lost = 0;
    for (const box of ['bearerbox', 'smsbox']) {
        const codes = town.codes('westfield', 60), from = codes.map(number);
        const before = { inbox: count('select coalesce(max(id), 0) from inbox'), outbox: count('select coalesce(max(id), 0) from outbox') };
        const phones = await network.phones();
        phones.send(codes.map((code, i) => `${from[i]} 60777 text VOTE ${code} 1275`));
        await until('some texts came', () => count(`select count(*) from inbox where id > ${before.inbox}`) >= 10, 30);
        await network.kill(box);
        deaths++;
        phones.end();
        network.close();
        network.start();
        const again = await network.phones();
        // (After its restart Kannel also hands over what it still kept of others: a lone part of row 9.)
        const keys = from.map((f) => `'\\x${town.senderKey(`+${f}`).toString('hex')}'::bytea`);
        // Whoever heard nothing texts once more, as people do.
        await until('what came is answered', () => {
            town.hurry();
            return count(`select count(*) from inbox where id > ${before.inbox} and state in ('new', 'leased')`) === 0;
        }, 40);
        const arrived = count(`select count(distinct sender_key) from inbox where id > ${before.inbox} and sender_key in (${keys})`);
        lost += codes.length - arrived;
        again.send(codes.map((code, i) => `${from[i]} 60777 text VOTE ${code} 1275 1359`));
        await until('everybody got through', () => {
            const standing = town.allStanding('westfield');
            return codes.every((code) => standing.get(code) === '1275 1359');
        }, 60);
        await until('nothing is left to send', () => {
            town.hurry();
            return count(`select count(*) from outbox where id > ${before.outbox} and state in ('queued', 'leased', 'unknown')`) === 0;
        }, 60);
        // One effect and at most one reply for each text; a reply goes twice only if we say that the
        // first call's outcome was unknown.
        const [sum] = town.house.rows(`
            with mine as (select id, state from inbox where id > ${before.inbox} and sender_key in (${keys})),
                 reply as (select o.id from outbox o join mine m on o.dedup_key = 'reply:' || m.id)
            select (select count(*)::int from mine where state = 'done') as texts,
                   (select count(*)::int from revision where inbox_id in (select id from mine)) as effects,
                   (select count(*)::int from reply) as replies,
                   (select count(*)::int from (select from attempt a where a.outbox_id in (select id from reply)
                        and a.outcome = 'accepted' group by a.outbox_id having count(*) > 1) t) as doubled,
                   (select count(*)::int from attempt where outbox_id in (select id from reply)
                        and outcome = 'unknown') as unknown`);
        assert.equal(sum.effects, sum.texts);
        assert.equal(sum.replies, sum.texts);
        assert.equal(sum.doubled, 0);
        const got = [...phones.received(), ...again.received()].filter(([to]) => from.includes(to)).length;
        assert.ok(got <= sum.replies + sum.unknown, `${got} replies on phones, ${JSON.stringify(sum)}`);
        again.end();
    }
    console.log(`row 17: texts that Kannel lost by its own death: ${lost}`);
    held(17, 'Kannel: bearerbox, smsbox killed on the way', deaths);
});
