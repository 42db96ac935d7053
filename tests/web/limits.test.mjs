// limits.test.mjs: more requests than a lane holds are told to come back, and delay no other lane;
// a program that does not know the database's schema does not start, and says which it wants.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { Daemon, build, openHouse, until } from '../lib/harness.mjs';

let house;

before(async () => {
    house = await openHouse();
});
after(() => house?.close());

// Holds a table for itself, in a session of its own, until the returned function is called.
async function lockTable(table) {
    const psql = spawn('psql', ['-X', '-q', '-A', '-t', '-d', `${house.conninfo} user=postgres`]);
    psql.stdin.write(`begin; lock table wardmote.${table} in access exclusive mode; select 'held';\n`);
    await new Promise((resolve) => psql.stdout.once('data', resolve));
    return () => new Promise((resolve) => {
        psql.once('exit', resolve);
        psql.stdin.end('rollback;\n');
    });
}

describe('a lane that is full', () => {
    it('answers 503 with Retry-After at once; other lanes go on; what waited is served', async () => {
        await house.startServer({ page_workers: 1, lane_size: 1 });
        const release = await lockTable('round');
        const browser = house.browser({ sockets: 8 });
        const asked = [browser.request('GET', '/neighbourhoods')];
        await until('the worker waits', () =>
            house.value("select count(*) > 0 from pg_stat_activity where wait_event_type = 'Lock'") === 't');
        asked.push(...Array.from({ length: 5 }, () => browser.request('GET', '/neighbourhoods')));
        let answered = 0;
        const pages = asked.map((a) => a.then((page) => (answered++, page)));
        // One is with the worker, one waits: four are refused while the table is still held.
        await until('four answers', () => answered === 4);
        const secret = house.secrets['hook.secret'];
        const text = await house.browser().request('GET', `/hooks/sms/kannel?${new URLSearchParams({
            secret, id: 'full-1', from: '447700900001', to: '60777', text: 'x', at: '1795341600' })}`);
        assert.equal(text.status, 200);
        assert.equal((await house.browser().request('GET', '/live')).status, 200);
        assert.equal(answered, 4);
        await release();
        const all = await Promise.all(pages);
        const refused = all.filter((page) => page.status === 503);
        assert.equal(refused.length, 4);
        for (const page of refused) assert.ok(Number(page.headers['retry-after']) > 0);
        assert.equal(all.filter((page) => page.status === 200).length, 2);
        browser.close();
        await house.server.stop();
    });
});

describe('another schema version', () => {
    const refuses = async (program, config) => {
        const daemon = new Daemon(program, `${build}/bin/${program}`, ['--config', config], {
            logFile: house.file(`${program}-refused.log`),
        });
        const end = await daemon.exited;
        assert.equal(end.code, 1);
        return daemon.log();
    };
    it('is refused by both daemons, which say what they want and what there is', async () => {
        const wanted = Number(house.value('select max(number) from migration'));
        house.value(`insert into migration (number, name, sha256) select ${wanted + 7}, 'later', sha256 from migration where number = ${wanted}`);
        const words = new RegExp(`${wanted}\\b.*\\b${wanted + 7}\\b|${wanted + 7}\\b.*\\b${wanted}\\b`);
        assert.match(await refuses('wardmote-server', house.file('server.conf')), words);
        house.write('sms.conf', [
            `database = ${house.conninfo}`,
            `master_key = ${house.secret('master.key')}`,
            'gateway = handset',
            'sms_number = 60777',
            `hook_secret = ${house.secret('hook.secret')}`,
            `handset_token = ${house.secret('handset.token')}`,
        ].join('\n') + '\n');
        assert.match(await refuses('wardmote-sms', house.file('sms.conf')), words);
    });
});
