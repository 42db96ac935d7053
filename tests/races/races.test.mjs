// races.test.mjs: named interleavings of casting with all that may happen beside it. Each says which
// step comes between which, and what must hold afterwards, whoever wins.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { openHouse } from '../lib/harness.mjs';
import { Cast, Session, outcomes } from './sessions.mjs';

let house, area, register, officers, serial = 0;
const open = [];

const session = (name, role) => {
    const s = new Session(house, name, role);
    open.push(s);
    return s;
};
const value = (sql) => house.value(sql);

before(async () => {
    house = await openHouse();
    value(`insert into neighbourhood (slug, name, kind) values ('acomb', 'Acomb', 'ward');
           insert into register (name) values ('codes');
           insert into officer (email, name, password_hash, totp_sealed)
           values ('a@york', 'A', '', ''), ('b@york', 'B', '', '');
           insert into officer_area select o.id, n.id from officer o, neighbourhood n`);
    area = value('select id from neighbourhood');
    register = value('select id from register');
    officers = value("select string_agg(id::text, ' ' order by id) from officer").split(' ');
});
after(() => house?.close());
afterEach(() => {
    for (const s of open.splice(0)) s.close();
});

// An approval round with proposals 11, 12 and 13; times relative to now, in seconds.
function round({ opens = -3600, closes = 3600, grace = 0 } = {}) {
    const slug = `round-${++serial}`;
    value(`
        insert into round (slug, neighbourhood_id, title, kind, opens_at, closes_at, grace, max_picks)
        values ('${slug}', ${area}, '${slug}', 'approval',
                clock_timestamp() + interval '${opens} s', clock_timestamp() + interval '${closes} s',
                interval '${grace} s', 3);
        insert into pot (round_id, ordinal, name, amount) select id, 1, 'Pot', 1000 from round where slug = '${slug}';
        insert into proposal (round_id, number, short_name, title, pot_id, cost, state)
        select p.round_id, n, 'P', 'P', p.id, 100, 'published'
        from pot p join round r on r.id = p.round_id, unnest(array[11, 12, 13]) n where r.slug = '${slug}';
        update round set state = 'scheduled', scheduled_at = clock_timestamp(),
            rules_text = 'seed-sha256 ' || encode(sha256(sha256('seed')), 'hex') || E'\\n',
            rules_sha256 = sha256('r'), k_pseudonym = 'k', k_nonce = 'k', seed = 's'
        where slug = '${slug}'`);
    return { slug, id: value(`select id from round where slug = '${slug}'`) };
}

function voter() {
    return value(`insert into voter (register_id, neighbourhood_id) values (${register}, ${area}) returning id`);
}

// A text that came now, and was sent `ago` seconds before.
function text(ago) {
    return value(`insert into inbox (provider, endpoint, message_id, sent_at, sender_key, sender_sealed,
            near_key, state) values ('test', '1', gen_random_uuid()::text,
            clock_timestamp() - interval '${ago} s', sha256('a'), '', sha256('b'), 'done') returning id`);
}

const standing = (r, v) =>
    value(`select current_revision || '/' || last_revision from ballot where round_id = ${r.id} and voter_id = ${v}`);

// What the desk does, in one transaction of its own: an amendment asked for by one officer and
// granted by another, under the round's exclusive lock.
const grant = (s, r, kind, columns, values, then) => s.start(`begin;
    select api.lock_round(${r.id}, true);
    insert into amendment (kind, round_id, ${columns}, reason, asked_by)
    values ('${kind}', ${r.id}, ${values}, 'why', ${officers[0]});
    update amendment set granted = true, decided_by = ${officers[1]}, decided_at = clock_timestamp()
    where round_id = ${r.id} and granted is null;
    ${then};
    commit`);
const withdrawal = (s, r, number) =>
    grant(s, r, 'withdrawal', 'proposal_id',
        `(select id from proposal where round_id = ${r.id} and number = ${number})`,
        `update proposal set state = 'withdrawn', withdrawn_reason = 'why'
         where round_id = ${r.id} and number = ${number}`);
const extension = (s, r, seconds) =>
    grant(s, r, 'extension', 'closes_at', `(select closes_at + interval '${seconds} s' from round where id = ${r.id})`,
        `update round set closes_at = closes_at + interval '${seconds} s' where id = ${r.id}`);

// The round's close comes now, which no officer could make it do, and no test has to be quicker than.
const close = (r) => value(`set session_replication_role = replica;
    update round set closes_at = clock_timestamp() where id = ${r.id}`);

test('one voter, web first: the text finds them locked, comes again, and is revision 2', async () => {
    const r = round(), v = voter();
    const web = new Cast(session('web'), { voter: v, round: r.id, numbers: [11] });
    const sms = new Cast(session('sms'), { voter: v, round: r.id, numbers: [12], channel: 2, inbox: text(0) });
    await web.session.run('begin');
    assert.ok(await web.lock());
    await sms.session.run('begin');
    assert.equal(await sms.lock(), false, 'skipped, not waited for');
    await sms.session.run('rollback');
    assert.equal(await web.write(), outcomes.recorded);
    await web.session.run('commit');
    await sms.session.run('begin');
    assert.ok(await sms.lock());
    assert.equal(sms.revision, 2);
    // Its provider's time is before the web's ballot: stored, superseded.
    assert.equal(await sms.write(), outcomes.superseded);
    await sms.session.run('commit');
    assert.equal(standing(r, v), '1/2');
});

test('one voter, the patient text waits for the web and sees its revision', async () => {
    const r = round(), v = voter();
    const web = new Cast(session('web'), { voter: v, round: r.id, numbers: [11] });
    const sms = new Cast(session('sms'), { voter: v, round: r.id, numbers: [12], channel: 2, inbox: text(0) });
    await web.session.run('begin');
    assert.ok(await web.lock());
    assert.equal(await web.write(), outcomes.recorded);
    await sms.session.run('begin');
    const step = sms.start(true);
    await step.blocked();
    await web.session.run('commit');
    assert.ok(sms.locked(await step.result));
    assert.equal(sms.revision, 2, 'read after the lock, not before');
    await sms.write();
    await sms.session.run('commit');
    assert.equal(value(`select count(*) from revision where voter_id = ${v}`), '2');
});

test('a form sent twice at once is one ballot', async () => {
    const r = round(), v = voter();
    const first = new Cast(session('first'), { voter: v, round: r.id, numbers: [11] });
    const again = new Cast(session('again'), { voter: v, round: r.id, numbers: [11], key: first.key });
    await first.session.run('begin');
    assert.ok(await first.lock());
    await again.session.run('begin');
    const step = again.start(true);
    await step.blocked();
    assert.equal(await first.write(), outcomes.recorded);
    await first.session.run('commit');
    assert.ok(again.locked(await step.result));
    assert.equal(await again.write(), outcomes.repeated);
    assert.equal(again.written, 1, 'the receipt it had');
    await again.session.run('commit');
    assert.equal(standing(r, v), '1/1');
});

test('code voided while casting, the ballot first: the void waits, the ballot stands', async () => {
    const r = round(), v = voter();
    const cast = new Cast(session('cast'), { voter: v, round: r.id, numbers: [11] });
    const desk = session('desk');
    await cast.session.run('begin');
    assert.ok(await cast.lock());
    const step = desk.start(`update voter set generation = generation + 1 where id = ${v}`);
    await step.blocked();
    assert.equal(await cast.write(), outcomes.recorded);
    await cast.session.run('commit');
    await step.result;
    assert.equal(standing(r, v), '1/1');
});

test('code voided while casting, the void first: the ballot is refused', async () => {
    const r = round(), v = voter();
    const cast = new Cast(session('cast'), { voter: v, round: r.id, numbers: [11] });
    const desk = session('desk');
    await desk.run(`begin; update voter set generation = generation + 1 where id = ${v}`);
    await cast.session.run('begin');
    const step = cast.start(true);
    await step.blocked();
    await desk.run('commit');
    assert.ok(cast.locked(await step.result));
    assert.equal(await cast.write(), outcomes.signedOut);
    await cast.session.run('commit');
    assert.equal(standing(r, v), '');
});

test('the round closes between the write and the commit: the ballot counts', async () => {
    const r = round(), v = voter();
    const cast = new Cast(session('cast'), { voter: v, round: r.id, numbers: [11] });
    await cast.session.run('begin');
    assert.ok(await cast.lock());
    assert.equal(await cast.write(), outcomes.recorded);
    close(r);
    await cast.session.run('commit');
    assert.equal(standing(r, v), '1/1');
    assert.equal(value(`select x.cast_at < r.closes_at from revision x join round r on r.id = x.round_id
                        where x.voter_id = ${v}`), 't');
});

test('the round closes between the lock and the write: the ballot is refused', async () => {
    const r = round(), v = voter();
    const cast = new Cast(session('cast'), { voter: v, round: r.id, numbers: [11] });
    await cast.session.run('begin');
    assert.ok(await cast.lock());
    close(r);
    assert.equal(await cast.write(), outcomes.closed);
    await cast.session.run('commit');
    assert.equal(standing(r, v), '');
});

test('a proposal is withdrawn while casting, the ballot first: it stands, and the next is refused', async () => {
    const r = round(), v = voter();
    const cast = new Cast(session('cast'), { voter: v, round: r.id, numbers: [11, 12] });
    const next = new Cast(session('next'), { voter: voter(), round: r.id, numbers: [12] });
    await cast.session.run('begin');
    assert.ok(await cast.lock());
    const step = withdrawal(session('desk'), r, 12);
    await step.blocked();
    // Who comes now queues behind the desk: officers do not starve behind a stream of ballots.
    await next.session.run('begin');
    const later = next.start();
    await later.blocked();
    assert.equal(await cast.write(), outcomes.recorded);
    await cast.session.run('commit');
    await step.result;
    assert.ok(next.locked(await later.result));
    assert.equal(await next.write(), outcomes.withdrawn);
    await next.session.run('commit');
    assert.equal(standing(r, v), '1/1');
});

test('an extension is granted while casting: both are there, and who waited has the new close', async () => {
    const r = round({ closes: 15 }), v = voter(); // all but the last step comes before, on a slow machine too
    const cast = new Cast(session('cast'), { voter: v, round: r.id, numbers: [11] });
    const old = value(`select closes_at from round where id = ${r.id}`);
    const late = new Cast(session('late'), { voter: voter(), round: r.id, numbers: [11] });
    await cast.session.run('begin');
    assert.ok(await cast.lock());
    const step = extension(session('desk'), r, 3600);
    await step.blocked();
    await late.session.run('begin');
    const later = late.start();
    await later.blocked();
    assert.equal(await cast.write(), outcomes.recorded);
    await cast.session.run('commit');
    await step.result;
    assert.ok(late.locked(await later.result));
    await late.session.run(`select pg_sleep_until('${old}')`);
    assert.equal(await late.write(), outcomes.recorded, 'after the old close, before the new one');
    await late.session.run('commit');
});

test('the count waits for a ballot on its way, and has it', async () => {
    const r = round(), v = voter();
    const cast = new Cast(session('cast'), { voter: v, round: r.id, numbers: [11] });
    const desk = session('count');
    await cast.session.run('begin');
    assert.ok(await cast.lock());
    assert.equal(await cast.write(), outcomes.recorded);
    close(r);
    await desk.run('begin');
    const step = desk.start(`select outcome from api.count_begin(${officers[0]}, '${r.slug}')`);
    await step.blocked();
    await cast.session.run('commit');
    assert.equal(await step.result, 'ready');
    assert.equal(await desk.run(`select count(*) from api.count_ballots(${officers[0]}, '${r.slug}')`), '1');
    await desk.run('commit');
});

test('a text in time that comes while the count begins: the count has it, or waits for it', async () => {
    const r = round();
    const hook = session('hook'), desk = session('count');
    const arrive = `select api.sms_receive('test', '1', gen_random_uuid()::text, clock_timestamp(),
        sha256('p'), 'sealed', sha256('n'), 'body', false)`;
    await hook.run(`begin; ${arrive}`);
    close(r);
    await desk.run('begin');
    const step = desk.start(`select outcome from api.count_begin(${officers[0]}, '${r.slug}')`);
    await step.blocked();
    await hook.run('commit');
    assert.equal(await step.result, 'texts_waiting');
    await desk.run('rollback');
    value("update inbox set state = 'done' where state = 'new'; delete from inbox_waiting");
});

test('what comes after the count is refused, also a text that was sent in time', async () => {
    const r = round(), v = voter();
    const inbox = text(0);
    const cast = new Cast(session('cast'), { voter: v, round: r.id, numbers: [11], channel: 2, inbox });
    const desk = session('count');
    close(r);
    await desk.run('begin');
    assert.equal(await desk.run(`select outcome from api.count_begin(${officers[0]}, '${r.slug}')`), 'ready');
    await cast.session.run('begin');
    const step = cast.start();
    await step.blocked();
    assert.equal(
        await desk.run(`select api.count_store(${officers[0]}, '${r.slug}', sha256('seed'), '{1}', '{pb}', '{"{}"}', '{log}')`),
        'counted',
    );
    await desk.run('commit');
    assert.ok(cast.locked(await step.result));
    assert.equal(await cast.write(), outcomes.closed);
    await cast.session.run('rollback');
});

test('two counts at once: one counts, the other is told', async () => {
    const r = round();
    const one = session('one'), two = session('two');
    const store = (officer) =>
        `select api.count_store(${officer}, '${r.slug}', sha256('seed'), '{1}', '{pb}', '{"{}"}', '{log}')`;
    close(r);
    await one.run('begin');
    assert.equal(await one.run(store(officers[0])), 'counted');
    const step = two.start(store(officers[1]));
    await step.blocked();
    await one.run('commit');
    assert.equal(await step.result, 'already');
});

test('a text is claimed between another worker’s look at the leases and its claim: one has it, and it is not given up', async () => {
    const gate = session('gate'), one = session('one'), two = session('two');
    value(`insert into inbox (provider, endpoint, message_id, sender_key, sender_sealed, near_key, body_sealed, attempts)
           values ('test', '1', 'eighth', sha256('e'), '', sha256('f'), '', 7);
           update inbox_waiting set alone = true;
           do $$ begin
               execute replace(regexp_replace(pg_get_functiondef('api.sms_claim'::regproc),
                   'v_held := [^;]*;', '\\& perform pg_advisory_xact_lock_shared(99, 0);'),
                   'api.sms_claim(', 'wardmote.claim_in_two(');
           end $$`);
    await gate.run('select pg_advisory_lock(99, 0)');
    const step = two.start('select count(*) from claim_in_two(64)');
    await step.blocked();
    assert.equal(await one.run('select count(*) from api.sms_claim(64)'), '1');
    await gate.run('select pg_advisory_unlock(99, 0)');
    assert.equal(await step.result, '0');
    assert.equal(value("select state || attempts from inbox where message_id = 'eighth'"), 'new8');
    assert.equal(value('select count(*) from inbox_lease'), '1');
    value("update inbox set state = 'done' where state = 'new'; delete from inbox_waiting; delete from inbox_lease");
});
