// code_timing.mjs: does the time of a code check tell what kind of code it was? An unknown one, a void
// one and a good one (of another area than the voter says: codes are looked up alike) in random order,
// SAMPLES each, through the function that the server calls, as the server's role, one commit a check.
// Prints the greatest |t| of Welch's test between any two kinds, against 4.5, as bench.sh does.
import { createHmac, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { openHouse } from '../lib/harness.mjs';

const pg = createRequire(new URL('./fastify/package.json', import.meta.url))('pg');
const SAMPLES = Number(process.argv[2] ?? 20000);
const BOUND = 4.5;

// The slowest hundredth is what else the machine did.
function trimmed(times) {
    return times.sort((a, b) => a - b).slice(0, Math.floor(times.length * 0.99));
}

function welch(a, b) {
    const mean = (x) => x.reduce((s, v) => s + v, 0) / x.length;
    const variance = (x, m) => x.reduce((s, v) => s + (v - m) ** 2, 0) / (x.length - 1);
    const [ma, mb] = [mean(a), mean(b)];
    return Math.abs(ma - mb) / Math.sqrt(variance(a, ma) / a.length + variance(b, mb) / b.length);
}

const house = await openHouse();
let worst = 0;
try {
    house.secret('master.key');
    house.value(`
        insert into neighbourhood (slug, name, kind) values ('a', 'A', 'ward');
        insert into register (name) values ('codes');
        insert into voter (register_id, neighbourhood_id) select 1, 1 from generate_series(1, 20000);
        insert into credential (voter_id, kind, lookup, serial, voided_at)
        select id, 'code', sha256(convert_to('code ' || id, 'UTF8')), 'A-' || id, case when id % 2 = 0 then now() end
        from voter;
        vacuum analyze`);
    const open = (user) => new pg.Client({ host: house.socket, user, database: 'wardmote' });
    const asks = open('wardmote_web'), cleans = open('postgres');
    await asks.connect();
    await cleans.connect();
    const sha = (text) => createHmac('sha256', '').update(text).digest();
    const { rows } = await cleans.query(`select (array_agg(lookup) filter (where voided_at is null)) as good,
        (array_agg(lookup) filter (where voided_at is not null)) as void from wardmote.credential`);
    const lookups = { good: rows[0].good, void: rows[0].void, unknown: rows[0].good.map((_, i) => sha(`no ${i}`)) };
    const order = Object.keys(lookups).flatMap((kind) => Array(SAMPLES).fill(kind));
    for (let i = order.length - 1; i > 0; i--) {
        const k = Math.floor(Math.random() * (i + 1));
        [order[i], order[k]] = [order[k], order[i]];
    }
    const times = { good: [], void: [], unknown: [] };
    const seen = new Set();
    for (const [i, kind] of order.entries()) {
        // The limits must not speak: they are about how many failed, not about which code.
        if (i % 250 === 0) await cleans.query('delete from wardmote.code_try');
        const values = [lookups[kind][i % lookups[kind].length], randomBytes(32), randomBytes(32)];
        const began = process.hrtime.bigint();
        const { rows: [row] } = await asks.query({ name: 'check', text: 'select outcome from api.code_check($1, $2, $3)', values });
        if (i >= 500) times[kind].push(Number(process.hrtime.bigint() - began) / 1000);
        seen.add(`${kind} ${row.outcome}`);
    }
    if ([...seen].sort().join() !== 'good good,unknown wrong,void wrong') throw new Error([...seen].join());
    for (const kind of Object.keys(times)) times[kind] = trimmed(times[kind]);
    for (const [a, b] of [['good', 'void'], ['good', 'unknown'], ['void', 'unknown']]) {
        const t = welch(times[a], times[b]);
        console.error(`code_timing: ${a} and ${b}: |t| = ${t.toFixed(2)}`);
        worst = Math.max(worst, t);
    }
    await asks.end();
    await cleans.end();
} finally {
    await house.close();
}
const good = worst < BOUND;
console.log(`code_timing ours=${worst.toFixed(2)} reference=${BOUND.toFixed(2)} ratio=${(worst / BOUND).toFixed(2)}${good ? '' : ' MISSED (at most 1)'}`);
process.exit(good ? 0 : 1);
