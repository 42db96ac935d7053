// service.mjs: what ballots_http is compared with, besides pgbench: the service that a team would
// write today with Fastify and pg. Same form, same cookie, same checks, the same tables through
// bench.one_ballot (tests/load/one_ballot.sql); it need not ask for the revision before it computes
// the commitment, which spares it a round trip that ours makes. For the benchmark only.
//
//     node service.mjs KEYFILE PORT SOCKET-DIRECTORY SLUG ROUND WORKERS CONNECTIONS
import cluster from 'node:cluster';
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import fs from 'node:fs';
import formbody from '@fastify/formbody';
import Fastify from 'fastify';
import pg from 'pg';

const [keyFile, port, socket, slug, round, workers, connections] = process.argv.slice(2);

const hmac = (key, ...parts) => {
    const mac = createHmac('sha256', key);
    for (const part of parts) mac.update(part);
    return mac.digest();
};
const master = Buffer.from(fs.readFileSync(keyFile, 'utf8').trim(), 'hex');
const sessionKey = hmac(master, 'wardmote/session/1\0');
const formKey = hmac(master, 'wardmote/csrf/1\0');
const roundKey = randomBytes(32); // stands for both keys of the round

// The cookie: version 1, voter 8, credential 8, generation 4, id 16, expires 8; then the HMAC.
function session(cookie) {
    const bytes = Buffer.from(cookie ?? '', 'base64url');
    if (bytes.length !== 77 || bytes[0] !== 1) return null;
    if (!timingSafeEqual(hmac(sessionKey, 'voter\0', bytes.subarray(0, 45)), bytes.subarray(45))) return null;
    if (bytes.readBigInt64BE(37) * 1000n < BigInt(Date.now())) return null;
    return { voter: bytes.readBigInt64BE(1), generation: bytes.readInt32BE(17), id: bytes.subarray(21, 37) };
}

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
function receipt(bits) {
    let text = '', sum = 0;
    for (let i = 11n; i >= 0n; i--) text += digits[Number((bits >> (5n * i)) & 31n)];
    for (let i = 11, factor = 2; i >= 0; i--, factor = 3 - factor) {
        const product = digits.indexOf(text[i]) * factor;
        sum += Math.floor(product / 32) + (product % 32);
    }
    const check = digits[(32 - (sum % 32)) % 32];
    return `R${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}-${check}`;
}

function ballot(voter, numbers) {
    const id = Buffer.alloc(16);
    id.writeBigInt64BE(voter, 8);
    const pseudonym = hmac(roundKey, 'wardmote/pseudonym/1\0', id).subarray(0, 16);
    const nonce = hmac(roundKey, 'wardmote/nonce/1\0', pseudonym, Buffer.from([0, 0, 0, 1]));
    const text = `wardmote/ballot/1\nround ${round}\nvoter ${pseudonym.toString('hex')}\nrevision 1\n${numbers
        .map((n) => `pick ${n} 1\n`)
        .join('')}end\n`;
    const commitment = createHash('sha256').update('wardmote/commitment/1\0').update(nonce).update(text).digest();
    const picks = createHash('sha256').update(numbers.join(',')).digest();
    return { commitment, picks, receipt: commitment.readBigUInt64BE(0) >> 4n };
}

async function serve() {
    const pool = new pg.Pool({
        host: socket,
        user: 'postgres',
        database: 'wardmote',
        max: Math.max(1, Math.floor(Number(connections) / Number(workers))),
    });
    const app = Fastify({ logger: false });
    app.register(formbody);
    app.get('/ready', async () => 'ready');
    app.post(`/ballot/${slug}/check`, async (request, reply) => {
        const cookie = /(?:^|; )wm_voter=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
        const voter = session(cookie);
        const { token = '', key = '', p = [] } = request.body;
        if (!voter || request.headers['sec-fetch-site'] !== 'same-origin') return reply.code(403).send('');
        if (token !== hmac(formKey, 'form\0', voter.id).toString('base64url').slice(0, token.length) || token.length < 22)
            return reply.code(403).send('');
        const numbers = [p].flat().map(Number).sort((a, b) => a - b);
        const b = ballot(voter.voter, numbers);
        const { rows } = await pool.query({
            name: 'one_ballot',
            text: 'select bench.one_ballot($1, $2, $3, $4, $5, $6, $7, $8, $9) as outcome',
            values: [String(voter.voter), round, voter.generation, Buffer.from(key, 'base64url'), b.picks, numbers,
                numbers.map(() => 1), b.commitment, String(b.receipt)],
        });
        if (rows[0].outcome !== 0) return reply.code(422).send(`outcome ${rows[0].outcome}`);
        return reply.code(303).header('Location', `/ballot/${slug}/done`).type('text/html; charset=utf-8')
            .send(`<!DOCTYPE html>\n<html lang="en-GB"><title>Your vote is recorded</title>\n<p>Your vote is recorded. Receipt ${receipt(b.receipt)}</p>\n</html>\n`);
    });
    await app.listen({ port: Number(port), host: '127.0.0.1' });
}

if (cluster.isPrimary && Number(workers) > 1) {
    for (let i = 0; i < Number(workers); i++) cluster.fork();
    process.on('SIGTERM', () => {
        for (const worker of Object.values(cluster.workers)) worker.kill('SIGKILL');
        process.exit(0);
    });
} else {
    process.on('SIGTERM', () => process.exit(0));
    await serve();
}
