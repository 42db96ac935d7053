// property.test.mjs: random rounds, voters, votes by every door, revotes, withdrawals, voids and
// withdrawn proposals, against a model written separately from the rules in words: the same
// outcomes, the same ballots that stand, the same totals. RUNS=n rounds (400 by default; `make
// check-property` runs 10,000); SEED=n repeats a run.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, test } from 'node:test';
import { openHouse } from '../lib/harness.mjs';

const RUNS = Number(process.env.RUNS || 400);
const SEED = Number(process.env.SEED || Date.now() % 2 ** 31);
const GRACE = 900;
let house, officers;

let state = SEED;
function random() { // mulberry32 (Tommy Ettinger)
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const upTo = (n) => Math.floor(random() * n);
const chance = (p) => random() < p;

// --- the model: a round in words ------------------------------------------------------------------

class Model {
    constructor(round) {
        Object.assign(this, round);
        this.voters = new Map(); // number to {revisions, voided}
        this.gone = new Set(); // proposals withdrawn
    }

    // When a ballot counts as cast. Web and help: now, later than all before; a text: when it was
    // sent, if that is within the grace before it came, else when it came; paper: when collected.
    castAt({ door, now, sent, received, collected }) {
        if (door === 'text') return sent <= received && sent >= received - GRACE ? sent : received;
        return door === 'paper' ? collected : now;
    }

    refusal({ numbers, weights, undo }, history) {
        if (undo) return history.length === 0 ? 14 : 0;
        if (numbers.some((n) => !this.proposals.has(n))) return 8;
        if (numbers.some((n) => this.gone.has(n))) return 9;
        const n = numbers.length, sum = weights.reduce((a, b) => a + b, 0);
        if (this.kind === 'points' && weights.some((w) => w < 1)) return 13;
        if (!['points', 'ranking'].includes(this.kind) && weights.some((w) => w !== 1)) return 13;
        if (n === 0) return this.blank ? 0 : 21;
        if (n > this.most) return 11;
        if (n < this.least) return 12;
        if (this.kind === 'ranking' && [...weights].sort((a, b) => a - b).some((w, i) => w !== i + 1)) return 20;
        if (this.kind === 'points' && weights.some((w) => w > this.pointsMax)) return 19;
        if (this.kind === 'points' && sum > this.pointsSum) return 18;
        const cost = numbers.reduce((all, x) => all + this.proposals.get(x), 0);
        return this.kind === 'knapsack' && cost > this.pot ? 10 : 0;
    }

    cast(action) {
        const voter = this.voters.get(action.voter) ?? { revisions: [] };
        this.voters.set(action.voter, voter);
        const same = voter.revisions.find((r) => r.key === action.key);
        const said = JSON.stringify([action.undo, action.numbers, action.weights]);
        if (same) return same.said === said ? 1 : 2;
        const at = this.castAt(action);
        if (at < this.opens) return 5;
        const refused = this.refusal(action, voter.revisions);
        if (refused) return refused;
        const current = this.current(voter);
        voter.revisions.push({ ...action, said, at, n: voter.revisions.length + 1, voided: false });
        return current && at < current.at ? 3 : 0;
    }

    // The greatest (time, revision) stands.
    current(voter) {
        return voter.revisions.reduce((best, r) => (!best || r.at >= best.at ? r : best), null);
    }

    standing() {
        return [...this.voters].map(([n, v]) => [n, this.current(v)]).filter(([, r]) => r);
    }

    totals() {
        const t = { web: 0, text: 0, paper: 0, assisted: 0, undo: 0, voided: 0 };
        for (const [, r] of this.standing()) {
            if (r.voided) t.voided++;
            if (r.undo) t.undo++;
            else if (!r.voided) t[r.door]++;
        }
        return [t.web, t.text, t.paper, t.undo, t.assisted, t.voided].join(' ');
    }

    counted() {
        return this.standing()
            .filter(([, r]) => !r.undo && !r.voided)
            .map(([, r]) => `${r.numbers.join(',')} ${r.weights.join(',')}`)
            .sort();
    }
}

// --- a random round, and what happens in it ---------------------------------------------------------

function makeRound() {
    const kind = ['approval', 'knapsack', 'points', 'ranking'][upTo(4)];
    const proposals = new Map(Array.from({ length: 2 + upTo(4) }, (_, i) => [11 + i, 100 * (1 + upTo(6))]));
    const most = 1 + upTo(5);
    const pointsMax = 1 + upTo(6);
    return new Model({
        kind, proposals, most, least: 1 + upTo(most), blank: chance(0.3), pot: 100 * (6 + upTo(8)),
        pointsMax, pointsSum: pointsMax + upTo(6), opens: -3600, voterCount: 2 + upTo(4),
    });
}

function makePicks(model) {
    const all = [...model.proposals.keys(), ...(chance(0.03) ? [99] : [])];
    const numbers = all.filter(() => chance(0.5)).sort((a, b) => a - b);
    const ranks = numbers.map((_, i) => i + 1);
    for (let i = ranks.length - 1; i > 0; i--) {
        const k = upTo(i + 1);
        [ranks[i], ranks[k]] = [ranks[k], ranks[i]];
    }
    const weights = numbers.map((_, i) => {
        if (chance(0.03)) return upTo(3);
        if (model.kind === 'points') return 1 + upTo(4);
        return model.kind === 'ranking' ? ranks[i] : 1;
    });
    return { numbers, weights };
}

let keys = 0;
function makeCast(model, used, now) {
    const repeat = used.length > 0 && chance(0.08) ? used[upTo(used.length)] : null;
    if (repeat && chance(0.7)) return { ...repeat, now }; // Back, a second click, a lost answer
    const undo = chance(0.08);
    const received = -upTo(3400);
    const action = {
        voter: repeat?.voter ?? upTo(model.voterCount),
        door: ['web', 'web', 'text', 'text', 'paper', 'assisted'][upTo(6)],
        key: repeat?.key ?? ++keys,
        undo,
        ...(undo ? { numbers: [], weights: [] } : makePicks(model)),
        now,
        received,
        sent: received - [0, upTo(60), upTo(GRACE), GRACE + 1 + upTo(3000), -upTo(100) - 1][upTo(5)],
        collected: -upTo(3700),
    };
    used.push(action);
    return action;
}

// --- the same in SQL --------------------------------------------------------------------------------

const channels = { web: 1, text: 2, paper: 3, assisted: 4 };
const list = (numbers, type = 'smallint') => `'{${numbers.join(',')}}'::${type}[]`;

function createRound(id, m) {
    const points = m.kind === 'points' ? [m.pointsSum, m.pointsMax] : ['null', 'null'];
    return `
    insert into round (id, slug, neighbourhood_id, title, kind, opens_at, closes_at, grace, min_picks, max_picks,
                       blank_allowed, points_sum, points_max)
    overriding system value values (${id}, 'r${id}', 1, 'R', '${m.kind}', :'t0'::timestamptz + interval '${m.opens} s',
        :'t0'::timestamptz + interval '1 day', interval '${GRACE} s', ${m.least}, ${m.most}, ${m.blank}, ${points});
    insert into pot (id, round_id, ordinal, name, amount) overriding system value values (${id}, ${id}, 1, 'P', ${m.pot});
    insert into proposal (round_id, number, short_name, title, pot_id, cost, state)
    values ${[...m.proposals].map(([n, cost]) => `(${id}, ${n}, 'S', 'T', ${id}, ${cost}, 'published')`)};
    update round set state = 'scheduled', scheduled_at = clock_timestamp(), rules_text = 'r', rules_sha256 = sha256('r'),
        k_pseudonym = 'k', k_nonce = 'k', seed = 's' where id = ${id};
    insert into voter (id, register_id, neighbourhood_id) overriding system value
    select ${id} * 10 + n, 1, 1 from generate_series(0, ${m.voterCount - 1}) n;`;
}

const castSql = (id, a) =>
    `select 'o ' || property.cast(${id}, ${id * 10 + a.voter}, ${channels[a.door]}, ${a.undo}, ${a.key},
        ${list(a.numbers)}, ${list(a.weights)}, :'t0'::timestamptz + interval '${a.received} s',
        :'t0'::timestamptz + interval '${a.sent} s', :'t0'::timestamptz + interval '${a.collected} s');`;

const setUp = `
    create schema property;
    create function property.cast(r integer, v bigint, channel integer, undo boolean, key integer, numbers smallint[],
        weights smallint[], received timestamptz, sent timestamptz, collected timestamptz) returns integer
    language plpgsql as $$
    declare
        n integer := cardinality(numbers);
        last integer; inbox bigint; batch integer; result integer;
    begin
        if channel = 2 then
            insert into wardmote.inbox (provider, endpoint, message_id, sent_at, received_at, sender_key, sender_sealed,
                near_key, state) values ('test', '1', gen_random_uuid()::text, sent, received, sha256('a'), '',
                sha256('b'), 'done') returning id into inbox;
        elsif channel = 3 then
            insert into wardmote.paper_batch (round_id, collected_at, place, ballots, opened_by)
            values (r, collected, 'Library', 1, 1) returning id into batch;
        end if;
        select last_revision into last from api.cast_lock(array[v], array[r], false);
        select outcome into result from api.cast_write('{1}', array[v], array[r], '{1}', array[channel]::smallint[],
            array[undo], array[decode(lpad(to_hex(key), 32, '0'), 'hex')],
            array[sha256(convert_to(undo || numbers::text || weights::text, 'UTF8'))], '{1}', array[n],
            array_fill(1, array[n]), numbers, weights, array[last + 1],
            array[sha256(uuid_send(gen_random_uuid()))], '{1}', array[inbox],
            array[case when channel > 2 then 1 end], array[batch]);
        return result;
    end $$;
    insert into neighbourhood (id, slug, name, kind) overriding system value values (1, 'a', 'A', 'ward');
    insert into register (id, name) overriding system value values (1, 'codes');
    insert into officer (id, email, name, password_hash, totp_sealed) overriding system value
    values (1, 'a@y', 'A', '', ''), (2, 'b@y', 'B', '', '');
    insert into officer_area values (1, 1);`;

const voidSql = (id, voter, revision) => `
    with asked as (insert into amendment (kind, round_id, voter_id, revision, reason, asked_by)
        values ('void_ballot', ${id}, ${id * 10 + voter}, ${revision}, 'why', 1) returning id)
    insert into revision_void select ${id}, ${id * 10 + voter}, ${revision}, id from asked;`;

const withdrawSql = (id, number) => `
    insert into amendment (kind, round_id, proposal_id, reason, asked_by, decided_by, decided_at, granted)
    select 'withdrawal', round_id, id, 'why', 1, 2, clock_timestamp(), true from proposal
    where round_id = ${id} and number = ${number};
    update proposal set state = 'withdrawn', withdrawn_reason = 'why' where round_id = ${id} and number = ${number};`;

// Plays one round: the model says at once what must come out, the SQL is written down.
function play(id) {
    const m = makeRound(), used = [], expected = [], sql = [createRound(id, m)];
    for (let step = 0, steps = 4 + upTo(14); step < steps; step++) {
        const standing = m.standing().filter(([, r]) => !r.voided && !r.undo);
        if (chance(0.06) && standing.length > 0) {
            const [voter, r] = standing[upTo(standing.length)];
            r.voided = true;
            sql.push(voidSql(id, voter, r.n));
        } else if (chance(0.04)) {
            const number = 11 + upTo(m.proposals.size);
            if (!m.gone.has(number)) sql.push(withdrawSql(id, number));
            m.gone.add(number);
        } else {
            const action = makeCast(m, used, step + 1);
            expected.push(m.cast(action));
            sql.push(castSql(id, action));
        }
    }
    return { m, expected, sql: `${sql.join('\n')}\n` };
}

before(async () => {
    house = await openHouse();
});
after(() => house?.close());

// One session plays all: it prints an outcome a cast.
async function outcomesOf(rounds) {
    const psql = spawn('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', `${house.conninfo} user=postgres`],
        { env: { ...process.env, PGOPTIONS: '-c search_path=wardmote,public -c synchronous_commit=off -c jit=off' } });
    let out = '', errors = '';
    psql.stdout.setEncoding('utf8').on('data', (chunk) => (out += chunk));
    psql.stderr.setEncoding('utf8').on('data', (chunk) => (errors += chunk));
    const ended = new Promise((resolve) => psql.on('close', resolve));
    psql.stdin.write(`${setUp}\nselect clock_timestamp() as t0 \\gset\n`);
    for (const { sql } of rounds)
        if (!psql.stdin.write(`begin;\n${sql}commit;\n`)) await new Promise((go) => psql.stdin.once('drain', go));
    psql.stdin.end();
    assert.equal(await ended, 0, errors);
    return [...out.matchAll(/^o (\d+)$/gm)].map((m) => Number(m[1]));
}

test(`${RUNS} random rounds, seed ${SEED}`, async (t) => {
    const rounds = Array.from({ length: RUNS }, (_, i) => play(i + 1));
    const outcomes = await outcomesOf(rounds);

    await t.test('every cast had the outcome that the model says', () => {
        let at = 0;
        for (const [i, { expected }] of rounds.entries()) {
            assert.deepEqual(outcomes.slice(at, at + expected.length), expected, `round ${i + 1}`);
            at += expected.length;
        }
        assert.equal(outcomes.length, at);
        t.diagnostic(`${at} casts, outcomes: ${[...new Set(outcomes)].sort((a, b) => a - b).join(' ')}`);
    });

    await t.test('the ballots that stand and their totals are the same', () => {
        const rows = new Map(house.rows(`select r.id, concat_ws(' ', t.web, t.texts, t.paper, t.withdrawn, t.assisted,
            t.voided) as totals from round r, api.desk_turnout(r.id) t`).map((r) => [r.id, r.totals]));
        for (const [i, { m }] of rounds.entries()) assert.equal(rows.get(i + 1), m.totals(), `round ${i + 1}`);
    });

    await t.test('the count gets the same ballots', () => {
        // The clock cannot be hurried: triggers are off while the rounds are made to be over.
        house.value(`set session_replication_role = replica;
            update round set closes_at = clock_timestamp() - interval '1 hour', opens_at = opens_at - interval '1 day'`);
        const rows = house.rows(`select r.id, array_agg(c.numbers || ' ' || c.weights) filter (where c.numbers is not null) as ballots
            from round r left join lateral api.count_ballots(1, r.slug) c on true group by r.id`);
        const counted = new Map(rows.map((r) => [r.id, (r.ballots ?? []).sort()]));
        for (const [i, { m }] of rounds.entries())
            assert.deepEqual(counted.get(i + 1), m.counted(), `round ${i + 1}`);
    });
});
