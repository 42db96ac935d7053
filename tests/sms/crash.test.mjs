// crash.test.mjs: the daemon dies (kill -9) at each of its borders. No text that was taken is lost,
// none counts twice, none is answered twice.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../lib/harness.mjs';
import { Provider } from './provider.mjs';
import { Town } from './town.mjs';

let town, provider, serial = 0;

before(async () => {
    town = await Town.open();
    provider = await Provider.open();
});
after(async () => {
    await town.close();
    await provider.close();
});

const texts = (codes) =>
    codes.map((code) => ({ from: `+4477008${String(++serial).padStart(5, '0')}`, body: `VOTE ${code} 1275` }));

const allSent = () =>
    town.house.value(`select not exists (select from inbox where state = 'new')
                         and not exists (select from outbox where state not in ('accepted', 'dead'))`) === 't';

// Every text cast one revision and got one reply, and the provider has each reply once.
function settled(ids, sent) {
    const [row] = town.house.rows(`
        select (select count(*)::int from inbox where id in (${ids}) and state = 'done') as done,
               (select count(*)::int from revision where inbox_id in (${ids})) as revisions,
               (select count(distinct inbox_id)::int from revision where inbox_id in (${ids})) as voted,
               (select count(*)::int from outbox where dedup_key in (${ids.map((i) => `'reply:${i}'`)})
                                                   and state = 'accepted') as replies,
               (select count(*)::int from inbox_waiting) as waiting`);
    const n = ids.length;
    assert.deepEqual(row, { done: n, revisions: n, voted: n, replies: n, waiting: 0 });
    assert.equal(provider.doubles(), 0);
    assert.equal(provider.texts.length, sent + n);
    assert.deepEqual(provider.wrong, []);
}

for (const point of ['after_claim', 'after_cast', 'after_commit', 'out_after_claim', 'out_after_send', 'out_after_finish'])
    test(`killed at ${point}`, async () => {
        const codes = town.codes('westfield', 12), sent = provider.texts.length;
        const doomed = await town.startSms(provider, { WARDMOTE_FAILPOINT: point });
        const ids = town.receive(texts(codes));
        assert.equal((await doomed.exited).signal, 'SIGKILL');
        const heir = await town.startSms(provider);
        // Leases and pauses run out at once, as often as it takes.
        await until('all is answered', async () => {
            town.hurry({ leases: true, paced: true });
            return allSent();
        }, 60);
        settled(ids, sent);
        for (const code of codes) assert.equal(town.standing(code, 'westfield'), '1275');
        assert.deepEqual(await heir.stop(), { code: 0, signal: null });
    });

test('killed at random while texts pour in, with two daemons at once', async () => {
    const codes = town.codes('westfield', 150), sent = provider.texts.length, ids = [];
    let a = await town.startSms(provider);
    const b = await town.startSms(provider);
    for (let i = 0; i < 150; i += 10) {
        ids.push(...town.receive(texts(codes.slice(i, i + 10))));
        if (i % 50 === 20) {
            await a.kill();
            a = await town.startSms(provider);
        }
    }
    await until('all is answered', async () => {
        town.hurry({ leases: true, paced: true });
        return allSent();
    }, 60);
    settled(ids, sent);
    assert.deepEqual(await a.stop(), { code: 0, signal: null });
    assert.deepEqual(await b.stop(), { code: 0, signal: null });
});

test('the database is killed while texts are judged', async () => {
    const codes = town.codes('westfield', 60), sent = provider.texts.length;
    const daemon = await town.startSms(provider);
    const ids = town.receive(texts(codes));
    await town.house.killDatabase();
    town.house.startDatabase();
    await until('all is answered', async () => {
        town.hurry({ leases: true, paced: true });
        return allSent();
    }, 60);
    settled(ids, sent);
    assert.deepEqual(await daemon.stop(), { code: 0, signal: null });
});

test('a text that no key opens ends as dead and holds up nobody', async () => {
    const [code] = town.codes('westfield', 1);
    const daemon = await town.startSms(provider);
    town.house.value(`select api.sms_receive('handset', '60777', 'poison', null, sha256('x'), 'junk', sha256('y'), 'junk', false)`);
    const [id] = town.receive(texts([code]));
    assert.match(await town.reply(id), /^Recorded/);
    await until('the poison is dead', () => {
        town.hurry({ leases: true, paced: true });
        return town.house.value("select state || attempts from inbox where message_id = 'poison'") === 'dead8';
    });
    await daemon.stop();
});
