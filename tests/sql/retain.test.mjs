// retain.test.mjs: what must be gone 28 days after a result is gone: from the rows, from a dump, and
// from the very files of a backup. What must stay (other rounds, receipts, commitments) stays.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { top } from '../lib/harness.mjs';
import { Provider } from '../sms/provider.mjs';
import { Town } from '../sms/town.mjs';

const phones = ['+447700901001', '+447700901002', '+447700901003'];
const asker = '+447700901999'; // texts HELP and never votes
const picks = [1275, 1359, 1428];
const staying = [5011, 5022];
let town, provider, codes;

// Every file below a directory that holds one of the needles, as [file, needle].
function found(dir, needles) {
    const hits = [];
    for (const entry of fs.readdirSync(dir, { withFileTypes: true, recursive: true })) {
        if (!entry.isFile()) continue;
        const file = path.join(entry.parentPath ?? entry.path, entry.name);
        const bytes = fs.readFileSync(file);
        for (const [name, needle] of Object.entries(needles))
            if (bytes.includes(needle)) hits.push([path.relative(dir, file), name]);
    }
    return hits;
}

const smallints = (numbers) => Buffer.from(Int16Array.from(numbers).buffer);
const run = (command, ...args) => {
    const done = spawnSync(command, args, { encoding: 'latin1', maxBuffer: 1 << 28 });
    assert.equal(done.status, 0, `${command}: ${done.stderr}`);
    return done.stdout;
};
const dump = () => run('pg_dump', '-d', `${town.house.conninfo} user=postgres`);

function backup(name) {
    const dir = town.house.file(name);
    fs.mkdirSync(dir);
    run('pg_basebackup', '-h', town.house.socket, '-U', 'postgres', '-D', dir, '-X', 'fetch', '-c', 'fast');
    return dir;
}

const personal = () => ({
    ...Object.fromEntries([...phones, asker].map((p) => [`phone ${p}`, p.slice(1)])),
    ...Object.fromEntries(codes.map((c) => [`code ${c}`, c])),
    picks: smallints(picks),
});
const retain = (when) => town.house.value(`select words || ' ' || numbers || ' ' || rounds from api.retain(${when})`);
const script = () => run(path.join(top, 'deploy/retain.sh'), `${town.house.conninfo} user=postgres`).trim();

before(async () => {
    town = await Town.open();
    provider = await Provider.open();
    const sms = await town.startSms(provider);
    codes = town.codes('westfield', phones.length);
    for (const [i, phone] of phones.entries()) {
        assert.match(await town.ask(phone, `VOTE ${codes[i]} ${picks.join(' ')}`), /^Recorded/);
        if (i === 0) assert.match(await town.ask(phone, `VOTE ${codes[i]} ${staying.join(' ')}`), /^Recorded/);
    }
    await town.ask(asker, 'HELP');
    await sms.stop();
    // The ward's round is counted and published; its result is final. The city's is still open.
    town.house.value(`
        update outbox set state = 'delivered', done_at = clock_timestamp();
        insert into result (round_id, seed, ballots, web, texts, paper, withdrawn, replaced, eligible,
                            published_at, final_at)
        select id, sha256('seed'), 3, 0, 3, 0, 0, 0, 3, clock_timestamp(), clock_timestamp()
        from round where slug = 'westfield';
        update round set state = 'published' where slug = 'westfield'`);
});
after(async () => {
    await town.close();
    await provider.close();
});

test('the search finds what is there: picks in a dump and in the files of a backup', () => {
    town.house.value('checkpoint');
    assert.ok(dump().includes(`{${picks.join(',')}}`));
    const hits = found(backup('before'), personal());
    assert.ok(hits.some(([, what]) => what === 'picks'), 'picks are in the files');
    assert.deepEqual([...new Set(hits.map(([, what]) => what))], ['picks'], 'numbers and codes never are');
});

test('nothing goes early', () => {
    assert.equal(retain("clock_timestamp() + interval '23 hours'"), '0 0 0');
    assert.match(retain("clock_timestamp() + interval '27 days 23 hours'"), /^[1-9][0-9]* 0 0$/, 'words, after a day');
    assert.equal(town.standing(codes[1], 'westfield'), picks.join(' '));
});

test('28 days after the final result: numbers, keys and picks go', () => {
    assert.match(retain("clock_timestamp() + interval '28 days 1 hour'"), /^0 [1-9][0-9]* 1$/);
    const [round] = town.house.rows(
        "select k_pseudonym is null as key, k_nonce is not null as nonce, rules_text from round where slug = 'westfield'",
    );
    assert.deepEqual([round.key, round.nonce], [true, true]);
    assert.equal(
        town.house.value(`select count(*) from inbox i where sender_sealed is not null
                          and not exists (select from revision x join round r on r.id = x.round_id
                                          where x.inbox_id = i.id and r.slug = 'city')`),
        '0',
    );
    assert.equal(town.house.value('select count(*) from inbox where sender_sealed is not null'), '1', "the city's stays");
    assert.equal(town.house.value('select count(*) from outbox where recipient_sealed is not null'), '0');
});

test('what others rely on stays: receipts, commitments, rounds that are not over', () => {
    const [kept] = town.house.rows(`select count(*)::int as rows, count(distinct commitment)::int as commitments,
        count(distinct receipt)::int as receipts from revision`);
    assert.deepEqual(kept, { rows: 4, commitments: 4, receipts: 4 });
    assert.equal(town.standing(codes[0], 'city'), staying.join(' '));
    assert.equal(
        town.house.value(`select f.state from revision x join round r on r.id = x.round_id,
            lateral api.receipt_find(x.receipt) f where r.slug = 'westfield' limit 1`),
        'stands',
    );
});

test('a dump and a backup hold none of it, once the night has rewritten the tables', () => {
    const text = dump();
    for (const [what, needle] of Object.entries({ ...personal(), picks: `{${picks.join(',')}}` }))
        assert.ok(!text.includes(needle), `${what} is in the dump`);
    assert.ok(text.includes(`{${staying.join(',')}}`), 'the open round is');
    // The city's round is open: rewriting waits for a night without votes.
    assert.match(script(), /; later$/);
    assert.ok(found(backup('waiting'), personal()).length > 0, 'the old pages still hold them');
    town.house.value(`
        insert into result (round_id, seed, ballots, web, texts, paper, withdrawn, replaced, eligible)
        select id, sha256('seed'), 1, 0, 1, 0, 0, 0, 3 from round where slug in ('city', 'acomb', 'agreement', 'order', 'points', 'phone', 'phonecity');
        update round set state = 'counted' where slug in ('city', 'acomb', 'agreement', 'order', 'points', 'phone', 'phonecity')`);
    assert.match(script(), /; rewritten$/);
    assert.match(script(), /; clean$/, 'and only once');
    town.house.value('checkpoint; select pg_switch_wal(); checkpoint');
    assert.deepEqual(found(backup('after'), personal()), []);
});

test('revisions cannot be emptied, or changed, by any other road', () => {
    const refused = (sql) => assert.throws(() => town.house.value(sql), /append-only/);
    refused("update revision set numbers = '{}', weights = '{}' where round_id = (select id from round where slug = 'city')");
    refused("update revision set cast_at = cast_at - interval '1 s'");
    refused('delete from revision');
    assert.equal(
        town.house.value("select has_table_privilege('wardmote_api', 'wardmote.revision', 'update')"),
        'f',
    );
});
