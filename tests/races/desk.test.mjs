// desk.test.mjs: what two officers decide, paper and the count beside casts that are on their way:
// each interleaving by name. No acknowledged ballot is missed, and nothing is decided twice.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, afterEach, before, test } from 'node:test';
import { openHouse } from '../lib/harness.mjs';
import { Cast, Session, outcomes } from './sessions.mjs';

let house, area, register, ann, bob, serial = 0;
const open = [];
const value = (sql) => house.value(sql);

const session = (name) => {
    const s = new Session(house, name);
    open.push(s);
    return s;
};

before(async () => {
    house = await openHouse();
    value(fs.readFileSync(new URL('../sql/lib/utc.sql', import.meta.url), 'utf8'));
    value(`insert into neighbourhood (slug, name, kind) values ('acomb', 'Acomb', 'ward');
           insert into register (name) values ('codes');
           insert into officer (email, name, password_hash, totp_sealed)
           values ('a@york', 'Ann', '', ''), ('b@york', 'Bob', '', '');
           insert into officer_area select o.id, n.id from officer o, neighbourhood n`);
    area = value('select id from neighbourhood');
    register = value('select id from register');
    [ann, bob] = value("select string_agg(id::text, ' ' order by id) from officer").split(' ');
});
after(() => house?.close());
afterEach(() => {
    for (const s of open.splice(0)) s.close();
});

// An approval round, frozen by the function that freezes every round. Numbers are its own.
function round({ opens = -3600, closes = 3600 } = {}) {
    const slug = `desk-${++serial}`, first = 100 * serial;
    value(`insert into round (slug, neighbourhood_id, title, kind, opens_at, closes_at, grace, max_picks)
        values ('${slug}', ${area}, '${slug}', 'approval', clock_timestamp() + interval '${opens} s',
                clock_timestamp() + interval '${closes} s', '0', 3);
        insert into pot (round_id, ordinal, name, amount) select id, 1, 'Pot', 1000 from round where slug = '${slug}';
        insert into proposal (round_id, number, short_name, title, pot_id, cost, state)
        select p.round_id, n, 'P', 'P', p.id, 100, 'published'
        from pot p join round r on r.id = p.round_id, generate_series(${first}, ${first + 2}) n where r.slug = '${slug}';
        select api.round_freeze(id, 'k', 'k', 's', sha256('1'), sha256('2'), sha256(sha256('seed')))
        from round where slug = '${slug}'`);
    return { slug, id: value(`select id from round where slug = '${slug}'`), number: first };
}

const voter = () =>
    value(`insert into voter (register_id, neighbourhood_id) values (${register}, ${area}) returning id`);

const text = () => value(`insert into inbox (provider, endpoint, message_id, sent_at, sender_key, sender_sealed, near_key,
    state) values ('test', '1', gen_random_uuid()::text, clock_timestamp(), sha256('a'), '', sha256('b'), 'done') returning id`);

// The round's close comes now, which no officer could make it do, and no test has to be quicker than.
const close = (r) => value(`set session_replication_role = replica;
    update round set closes_at = clock_timestamp() where id = ${r.id}`);

// Asks, as Ann; returns the amendment's id.
function ask(r, kind, { closes = null, number = null, receipt = null } = {}) {
    const at = closes === null ? 'null' : `typed(clock_timestamp() + interval '${closes} s')`;
    const [outcome, id] = value(`select outcome || ' ' || coalesce(id, 0) from api.desk_amendment_ask(${ann}, '${kind}',
        '${r.slug}', ${at}, ${number}::smallint, ${receipt}::bigint, '', 'why')`).split(' ');
    assert.equal(outcome, 'asked');
    return id;
}
const decide = (s, id, grant = true) =>
    s.start(`select outcome from api.desk_amendment_decide(${bob}, ${id}, ${grant})`);

async function castNow(options) {
    const cast = new Cast(session('now'), options);
    await cast.session.run('begin');
    assert.ok(await cast.lock());
    await cast.write();
    await cast.session.run('commit');
    return cast;
}

test('an extension waits for a cast on its way; a cast after it has the new close', async () => {
    const r = round(), v = voter(), w = voter();
    const id = ask(r, 'extension', { closes: 7200 });
    const cast = new Cast(session('cast'), { voter: v, round: r.id, numbers: [r.number] });
    const desk = session('desk');
    await cast.session.run('begin');
    assert.ok(await cast.lock());
    const step = decide(desk, id);
    await step.blocked();
    const late = new Cast(session('late'), { voter: w, round: r.id, numbers: [r.number] });
    await late.session.run('begin');
    const queued = late.start();
    await queued.blocked();
    assert.equal(await cast.write(), outcomes.recorded);
    await cast.session.run('commit');
    assert.equal(await step.result, 'granted');
    assert.ok(late.locked(await queued.result));
    assert.equal(await late.write(), outcomes.recorded);
    await late.session.run('commit');
    assert.equal(value(`select closes_at > now() + interval '4000 s' from round where id = ${r.id}`), 't');
});

test('an extension granted before the close, but whose turn comes after it, is too late', async () => {
    const r = round(), v = voter();
    const id = ask(r, 'extension', { closes: 7200 });
    const cast = new Cast(session('cast'), { voter: v, round: r.id, numbers: [r.number] });
    await cast.session.run('begin');
    assert.ok(await cast.lock());
    const step = decide(session('desk'), id);
    await step.blocked();
    close(r);
    await cast.session.run('rollback');
    assert.equal(await step.result, 'closed');
    assert.equal(value(`select granted from amendment where id = ${id}`), '');
    assert.equal(value(`select clock_timestamp() >= closes_at from round where id = ${r.id}`), 't', 'it has not moved');
});

test('granted and refused at once: one of them is told that it is decided', async () => {
    const r = round();
    const id = ask(r, 'extension', { closes: 7200 });
    const one = session('one'), two = session('two');
    await one.run('begin');
    assert.equal(await decide(one, id).result, 'granted');
    const step = decide(two, id, false);
    await step.blocked();
    await one.run('commit');
    assert.equal(await step.result, 'decided');
});

test('a withdrawal waits for a text that picks the proposal: it stands, and its sender is told', async () => {
    const r = round(), v = voter(), w = voter();
    const id = ask(r, 'withdrawal', { number: r.number });
    const cast = new Cast(session('cast'), { voter: v, round: r.id, numbers: [r.number, r.number + 1], channel: 2, inbox: text() });
    await cast.session.run('begin');
    assert.ok(await cast.lock());
    const step = decide(session('desk'), id);
    await step.blocked();
    assert.equal(await cast.write(), outcomes.recorded);
    await cast.session.run('commit');
    assert.equal(await step.result, 'granted');
    assert.equal(value(`select voter_id from notice where amendment_id = ${id}`), v);
    const late = await castNow({ voter: w, round: r.id, numbers: [r.number] });
    assert.equal(late.outcome, outcomes.withdrawn);
});

test('a ballot is voided while its voter votes again: the new one is not touched', async () => {
    const r = round(), v = voter();
    await castNow({ voter: v, round: r.id, numbers: [r.number] });
    const id = ask(r, 'void_ballot', { receipt: value(`select receipt from revision where voter_id = ${v}`) });
    const again = new Cast(session('again'), { voter: v, round: r.id, numbers: [r.number + 1] });
    await again.session.run('begin');
    assert.ok(await again.lock());
    const step = decide(session('desk'), id);
    await step.blocked();
    assert.equal(await again.write(), outcomes.recorded);
    await again.session.run('commit');
    assert.equal(await step.result, 'replaced');
    assert.equal(value(`select count(*) from revision_void where voter_id = ${v}`), '0');
});

// A batch of one paper ballot, collected while the round was open, which is over by now.
async function paper() {
    const r = round();
    const batch = value(`insert into paper_batch (round_id, collected_at, place, ballots, opened_by)
        select id, opens_at, 'Library', 1, ${ann} from round where id = ${r.id} returning id`);
    close(r);
    return { r, batch };
}

test('reconciling waits for a paper ballot on its way, and counts it', async () => {
    const { r, batch } = await paper(), v = voter();
    const cast = new Cast(session('cast'), { voter: v, round: r.id, numbers: [r.number], channel: 3, clerk: ann, batch });
    await cast.session.run('begin');
    assert.ok(await cast.lock());
    const step = session('desk').start(
        `select outcome || ' ' || difference from api.desk_paper_reconcile(${ann}, '${r.slug}', ${batch}, 0)`);
    await step.blocked();
    assert.equal(await cast.write(), outcomes.recorded);
    await cast.session.run('commit');
    assert.equal(await step.result, 'reconciled 0');
});

test('paper typed in while the program counts: that count is not kept', async () => {
    const { r, batch } = await paper(), v = voter();
    assert.equal(value(`select outcome from api.count_begin(${ann}, '${r.slug}')`), 'paper_waiting');
    await castNow({ voter: v, round: r.id, numbers: [r.number], channel: 3, clerk: ann, batch });
    value(`select api.desk_paper_reconcile(${ann}, '${r.slug}', ${batch}, 0)`);
    const mark = value(`select mark from api.count_begin(${ann}, '${r.slug}')`);
    const late = value(`insert into paper_batch (round_id, collected_at, place, ballots, opened_by)
        select id, opens_at, 'Hall', 1, ${ann} from round where id = ${r.id} returning id`);
    await castNow({ voter: voter(), round: r.id, numbers: [r.number], channel: 3, clerk: ann, batch: late });
    value(`select api.desk_paper_reconcile(${ann}, '${r.slug}', ${late}, 0)`);
    const store = (m) => value(`select api.count_store(${ann}, '${r.slug}', sha256('seed'), '{1}', '{META}',
        array['{}'], '{log}', '${m}')`);
    assert.equal(store(mark), 'changed');
    assert.equal(store(value(`select mark from api.count_begin(${ann}, '${r.slug}')`)), 'counted');
    assert.equal(value(`select paper from result where round_id = ${r.id}`), '2');
});

test('a void ballot while the program counts: that count is not kept', async () => {
    const r = round(), v = voter();
    const cast = await castNow({ voter: v, round: r.id, numbers: [r.number] });
    assert.equal(cast.outcome, outcomes.recorded);
    const id = ask(r, 'void_ballot', { receipt: value(`select receipt from revision where voter_id = ${v}`) });
    close(r);
    const mark = value(`select mark from api.count_begin(${ann}, '${r.slug}')`);
    const counting = session('counting');
    await counting.run(`begin; select outcome from api.count_begin(${ann}, '${r.slug}')`);
    const step = decide(session('desk'), id);
    await step.blocked(); // the count's snapshot comes first,
    await counting.run('commit');
    assert.equal(await step.result, 'granted'); // and is overtaken before it is stored
    assert.equal(value(`select api.count_store(${ann}, '${r.slug}', sha256('seed'), '{1}', '{META}', array['{}'],
        '{log}', '${mark}')`), 'changed');
});

test('two administrators remove each other at once: two stay', async () => {
    value(`insert into officer (email, name, password_hash, totp_sealed) select 'admin' || i || '@york', 'Admin ' || i, '', ''
           from generate_series(1, 3) i;
           insert into officer_role (officer_id, role) select id, 'administrator' from officer where name like 'Admin %'`);
    const [one, two] = value(`select string_agg(id::text, ' ' order by id) from officer where name like 'Admin %'`).split(' ');
    const take = (by, from) => `select api.desk_person_role(${by}, ${from}, 'administrator', '', false)`;
    const put = (by, who) => `select api.desk_person_active(${by}, ${who}, false)`;
    for (const [first, second] of [[take(one, two), take(two, one)], [take(one, two), put(two, one)], [put(one, two), put(two, one)]]) {
        const a = session('a'), b = session('b');
        await a.run('begin');
        assert.equal(await a.run(first), 'saved');
        const step = b.start(second);
        await step.blocked();
        await a.run('commit');
        assert.equal(await step.result, 'last');
        assert.equal(value(`select count(*) from officer_role r join officer o on o.id = r.officer_id
            where role = 'administrator' and disabled_at is null`), '2');
        value(`insert into officer_role (officer_id, role) values (${two}, 'administrator') on conflict do nothing;
               update officer set disabled_at = null`);
    }
    // Of four, both may go, but who was removed meanwhile removes nobody.
    value(`insert into officer (email, name, password_hash, totp_sealed) values ('admin4@york', 'Admin 4', '', '');
           insert into officer_role (officer_id, role) select id, 'administrator' from officer where name = 'Admin 4'`);
    const a = session('a'), b = session('b');
    await a.run('begin');
    assert.equal(await a.run(take(one, two)), 'saved');
    const step = b.start(take(two, one));
    await step.blocked();
    await a.run('commit');
    assert.equal(await step.result, 'role');
});

test('a set-up link that two use at once is one person’s', async () => {
    const id = value(`insert into officer (email, name) values ('new@york', 'New') returning id`);
    value(`insert into officer_link (key_hash, officer_id) values (sha256('link'), ${id})`);
    const use = (n) => `select api.officer_set_up(sha256('link'), 'hash ${n}', '\\x01', ${n}, sha256('session ${n}'))`;
    const a = session('a'), b = session('b');
    await a.run('begin');
    assert.equal(await a.run(use(1)), 'done');
    const step = b.start(use(2));
    await step.blocked();
    await a.run('commit');
    assert.equal(await step.result, 'gone');
    assert.equal(value(`select password_hash from officer where id = ${id}`), 'hash 1');
    assert.equal(value(`select count(*) from officer_session where officer_id = ${id}`), '1');
});
