// handset.test.mjs: wardmote-handset seen from outside: the fake service in here checks every call
// that it makes, and its provider APIs are called right and wrong. No code of ours but the program.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { promisify } from 'node:util';
import vm from 'node:vm';
import { until } from '../lib/harness.mjs';

const top = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
const program = path.resolve(top, process.env.WM_BUILD ?? 'build', 'bin/wardmote-handset');
const run = promisify(execFile);
const dir = await mkdtemp(path.join(os.tmpdir(), 'handset-'));
const phone = '+447700900123';
const running = new Set();

after(async () => {
    for (const child of running) child.kill('SIGKILL');
    await rm(dir, { recursive: true });
});

await writeFile(path.join(dir, 'hook'), 'hook-secret\n');
await writeFile(path.join(dir, 'token'), 'token-of-ours\n');
await writeFile(path.join(dir, 'password'), 'kannel-pass\n');
for (const name of ['hook', 'token', 'password']) await chmod(path.join(dir, name), 0o600);

const settings = {
    listen: '127.0.0.1:0',
    hook_url: 'http://127.0.0.1:9/hooks/sms',
    hook_secret: path.join(dir, 'hook'),
    token: path.join(dir, 'token'),
};
let files = 0;

async function configure(changes) {
    const file = path.join(dir, `handset-${++files}.conf`);
    const lines = Object.entries({ ...settings, ...changes }).map(([k, v]) => `${k} = ${v}\n`);
    await writeFile(file, lines.join(''));
    return file;
}

// The service: keeps every call; `script` holds the statuses of the next ones ('reset' breaks).
async function service() {
    const calls = [];
    const script = [];
    const server = http.createServer((request, response) => {
        let body = '';
        request.on('data', d => { body += d; }).on('end', () => {
            const url = new URL(request.url, 'http://service');
            calls.push({ method: request.method, path: url.pathname, query: url.searchParams, raw: request.url,
                headers: request.headers, body, at: process.hrtime.bigint() });
            const status = script.shift() ?? 200;
            if (status === 'reset') { request.socket.resetAndDestroy(); return; }
            response.writeHead(status).end('fine');
        });
    });
    await new Promise(done => server.listen(0, '127.0.0.1', done));
    const { port } = server.address();
    const texts = () => calls.filter(c => c.path === '/hooks/sms/handset' || c.path === '/hooks/sms/kannel');
    const receipts = () => calls.filter(c => c.path === '/hooks/sms/handset/dlr').map(c => JSON.parse(c.body));
    return { calls, script, texts, receipts, port, url: `http://127.0.0.1:${port}/hooks/sms`,
        close: () => { server.closeAllConnections(); return new Promise(done => server.close(done)); } };
}

async function handset(changes = {}) {
    const child = spawn(program, ['--config', await configure(changes)], { stdio: ['ignore', 'ignore', 'pipe'] });
    running.add(child);
    let log = '';
    child.stderr.setEncoding('utf8').on('data', d => { log += d; });
    const ended = new Promise(done => child.on('exit', (code, signal) => { running.delete(child); done({ code, signal }); }));
    const base = await until('listening', () => /listening on (http:\/\/127\.0\.0\.1:\d+)\//.exec(log)?.[1]);
    const json = async (where, body, headers = {}) => {
        const answer = await fetch(base + where, body === undefined ? { headers } :
            { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });
        const text = await answer.text();
        return { status: answer.status, headers: answer.headers, text, json: answer.headers.get('content-type') === 'application/json' ? JSON.parse(text) : null };
    };
    const bearer = { authorization: 'Bearer token-of-ours' };
    return {
        base, json, child, ended, port: Number(new URL(base).port), log: () => log,
        post: (message, headers = bearer) => json('/v1/messages', message, headers),
        find: (reference, headers = bearer) => json(`/v1/messages?reference=${reference}`, undefined, headers),
        text: (body, from = phone) => json('/api/texts', { from, body }),
        talk: async (number = phone) => (await json(`/api/conversation?number=${encodeURIComponent(number)}`)).json.messages,
        stats: async () => (await json('/api/stats')).json,
        fault: fault => json('/api/faults', fault),
        sendsms: query => json(`/cgi-bin/sendsms?${new URLSearchParams({ username: 'pb', password: 'kannel-pass', from: '60777', to: '447700900123', ...query })}`),
        stop: async () => { child.kill('SIGTERM'); return ended; },
    };
}

// A story: a service and a handset that calls it, both stopped at the end.
function story(name, changes, tell) {
    it(name, { timeout: 300000 }, async () => {
        const s = await service();
        const h = await handset({ hook_url: s.url, ...changes });
        try {
            await tell(h, s);
            assert.deepEqual(await h.stop(), { code: 0, signal: null });
            assert.doesNotMatch(h.log(), /7700900|VOTE|bug:/, 'the log holds a number or a text');
        } finally {
            h.child.kill('SIGKILL');
            await s.close();
        }
    });
}

const message = (changes = {}) => ({ to: phone, from: '60777', body: 'Recorded.', reference: 'ref-1', ...changes });

// Sends bytes as they are and returns what comes back.
function raw(port, bytes) {
    return new Promise((done, fail) => {
        let answer = '';
        const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes));
        socket.setEncoding('utf8').on('data', d => { answer += d; }).on('error', fail).on('close', () => done(answer));
    });
}

describe('settings', () => {
    const check = async changes => run(program, ['--check-config', '--config', await configure(changes)]).then(r => ({ code: 0, ...r }), e => e);
    it('are checked', async () => {
        assert.equal((await check({})).code, 0);
        const wrong = [[{ colour: 'blue' }, /colour/], [{ listen: '0.0.0.0:80' }, /listen/], [{ listen: '192.168.0.1:80' }, /listen/],
            [{ hook_url: 'http://example.org/x' }, /hook_url/], [{ hook_url: 'https://127.0.0.1/x' }, /hook_url/],
            [{ token: '/nowhere' }, /token/], [{ speaks: 'french' }, /speaks/], [{ sms_number: 'YORK' }, /sms_number/]];
        for (const [changes, words] of wrong) {
            const result = await check(changes);
            assert.equal(result.code, 2, JSON.stringify(changes));
            assert.match(result.stderr, words);
        }
    });
    it('are explained, and the version told', async () => {
        assert.match((await run(program, ['--help'])).stdout, /hook_url .*\n.*webhook/);
        assert.match((await run(program, ['--version'])).stdout, /^wardmote-handset \d/);
    });
    it('the built-in files are those beside the sources', async () => {
        const folder = path.join(top, 'sms/handset');
        const { stdout } = await run('sh', [path.join(folder, 'embed.sh')]);
        assert.equal(stdout, await readFile(path.join(folder, 'handset_assets.c'), 'utf8'));
    });
});

describe('a text from a phone', () => {
    story('reaches the service in the handset format', {}, async (h, s) => {
        const sent = await h.json('/api/texts', { from: '07700 900123', body: 'VOTE 123 "456"\nplease £ 😀' });
        assert.equal(sent.status, 202);
        const [call] = await until('the call', () => s.texts().length === 1 && s.texts());
        assert.equal(call.method, 'POST');
        assert.equal(call.path, '/hooks/sms/handset');
        assert.equal(call.headers.authorization, 'Bearer hook-secret');
        assert.equal(call.headers['content-type'], 'application/json');
        const { sent_at, ...text } = JSON.parse(call.body);
        assert.deepEqual(text, { id: sent.json.id, from: phone, to: '60777', body: 'VOTE 123 "456"\nplease £ 😀' });
        assert.match(sent_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        assert.ok(Math.abs(Date.parse(sent_at) - Date.now()) < 60000);
        const [shown] = await until('sent', async () => { const t = await h.talk(); return t[0].state === 'sent' && t; });
        assert.equal(shown.direction, 'out');
        assert.equal(shown.encoding, 'ucs2');
        assert.equal((await h.stats()).taken, 1);
    });

    story('reaches the service in Kannel’s format', { speaks: 'kannel' }, async (h, s) => {
        const plain = await h.text('VOTE 1 & 2 +3%20=');
        await h.text('Zażółć');
        const calls = await until('both calls', () => s.texts().length === 2 && s.texts());
        const first = calls.find(c => c.query.get('id') === plain.json.id);
        assert.equal(first.method, 'GET');
        assert.equal(first.path, '/hooks/sms/kannel');
        const { at, ...query } = Object.fromEntries(first.query);
        assert.deepEqual(query, { secret: 'hook-secret', id: plain.json.id, from: '447700900123', to: '60777', text: 'VOTE 1 & 2 +3%20=', coding: '0', charset: 'UTF-8' });
        assert.ok(Math.abs(Number(at) - Date.now() / 1000) < 60);
        const second = calls.find(c => c !== first);
        assert.equal(second.query.get('text'), 'Zażółć');
        assert.equal(second.query.get('coding'), '2');
    });

    story('is tried again after 5xx, 429 and a broken connection, with the same id', {}, async (h, s) => {
        s.script.push(503, 429, 'reset', 200);
        const { json: { id } } = await h.text('VOTE 1');
        await until('sent', async () => (await h.talk())[0].state === 'sent');
        const calls = s.texts();
        assert.equal(calls.length, 4);
        for (const call of calls) assert.equal(JSON.parse(call.body).id, id);
        assert.equal((await h.stats()).retries, 3);
        const waits = calls.slice(1).map((c, i) => Number(c.at - calls[i].at) / 1e6);
        for (const [i, least] of [200, 500, 1000].entries()) assert.ok(waits[i] >= least - 5, `waited ${waits[i]} ms`);
    });

    it('waits for a service that is not there yet', { timeout: 300000 }, async () => {
        const first = await service();
        await first.close();
        const h = await handset({ hook_url: first.url });
        await h.text('VOTE 1');
        await until('a failed try', async () => /trying again/.test((await h.talk())[0].meta));
        const late = http.createServer((q, r) => { q.resume().on('end', () => r.end()); });
        await new Promise(done => late.listen(first.port, '127.0.0.1', done));
        await until('sent', async () => (await h.talk())[0].state === 'sent');
        await h.stop();
        late.close();
    });

    story('is given up when the service refuses it', {}, async (h, s) => {
        s.script.push(403);
        await h.text('VOTE 1');
        const [text] = await until('failed', async () => { const t = await h.talk(); return t[0].state === 'failed' && t; });
        assert.match(text.meta, /the service answered 403/);
        assert.equal(s.texts().length, 1);
        assert.equal((await h.stats()).given_up, 1);
    });

    story('must be one that a phone could send', {}, async (h, s) => {
        const wrong = [{ from: phone }, { from: 'York', body: 'x' }, { from: '60777', body: 'x' }, { from: phone, body: '' }, { from: phone, body: ' \n' },
            { from: phone, body: 'a\u0007b' }, { from: phone, body: 'x'.repeat(1531) }, { from: phone, body: 'ł'.repeat(671) }, { from: phone, body: 'x', colour: 1 },
            { from: phone, body: 7 }, { from: phone, to: 'nobody', body: 'x' }, '[]', '{', '{"from":"1","from":"2","body":"x"}', `${'['.repeat(30000)}`];
        for (const text of wrong) assert.equal((await h.json('/api/texts', text)).status, 400, JSON.stringify(text).slice(0, 60));
        assert.equal((await h.text('x'.repeat(1530))).status, 202);
        assert.equal((await h.text('ł'.repeat(670))).status, 202);
        await until('both', () => s.texts().length === 2);
        assert.equal((await h.stats()).sent, 2);
    });
});

describe('the provider’s API', () => {
    story('takes a text, shows it, and sends both receipts', {}, async (h, s) => {
        const answer = await h.post(message({ body: 'Recorded: £6,703 <b>&amp;</b>' }));
        assert.equal(answer.status, 201);
        assert.deepEqual(Object.keys(answer.json), ['id', 'status']);
        assert.equal(answer.json.status, 'accepted');
        const [shown] = await h.talk();
        assert.equal(shown.body, 'Recorded: £6,703 <b>&amp;</b>');
        assert.deepEqual([shown.direction, shown.id, shown.segments, shown.characters, shown.encoding], ['in', answer.json.id, 1, 29, 'gsm7']);
        assert.equal(shown.meta, '1 text · 29 characters · delivered');
        await until('receipts', () => s.receipts().length === 2);
        const receipt = status => ({ reference: 'ref-1', id: answer.json.id, status });
        assert.deepEqual(s.receipts(), [receipt('accepted'), receipt('delivered')]);
        for (const call of s.calls) assert.equal(call.headers.authorization, 'Bearer hook-secret');
        assert.deepEqual((await h.find('ref-1')).json, { messages: [{ id: answer.json.id, status: 'delivered' }] });
        assert.deepEqual((await h.find('ref-2')).json, { messages: [] });
    });

    story('has no idempotency, and counts what was sent twice', {}, async h => {
        const ids = [(await h.post(message())).json.id, (await h.post(message())).json.id];
        assert.notEqual(ids[0], ids[1]);
        assert.equal((await h.talk()).length, 2);
        assert.deepEqual((await h.find('ref-1')).json.messages.map(m => m.id), ids);
        assert.equal((await h.stats()).doubled, 1);
    });

    story('asks for the whole token', {}, async h => {
        const wrong = [{}, { authorization: '' }, { authorization: 'Bearer' }, { authorization: 'Bearer token-of-our' }, { authorization: 'Bearer token-of-ours2' },
            { authorization: 'Basic token-of-ours' }, { authorization: 'token-of-ours' }, { authorization: 'Bearer  token-of-ours' }];
        for (const headers of wrong) {
            const answer = await h.post(message(), headers);
            assert.equal(answer.status, 401, JSON.stringify(headers));
            assert.equal(answer.json.error.code, 'unauthorised');
            assert.equal((await h.find('ref-1', headers)).status, 401);
        }
        assert.equal((await h.stats()).unauthorised, wrong.length * 2);
        assert.equal((await h.talk()).length, 0);
    });

    story('refuses what is not exactly right', {}, async (h, s) => {
        const wrong = [['{"to":', 'bad_json'], ['[]', 'bad_json'], ['null', 'bad_json'], ['', 'bad_json'], ['{"to":"\\ud800"}', 'bad_json'],
            [`{"to":"${phone}","to":"${phone}","from":"60777","body":"x","reference":"r"}`, 'bad_json'], ['{"to":"a\\u0000b"}', 'bad_json'],
            [message({ colour: 'blue' }), 'unknown_property'], [message({ body: undefined }), 'missing_property'], [message({ reference: undefined }), 'missing_property'],
            [message({ to: 447700900123 }), 'bad_value'], [message({ body: null }), 'bad_value'], [message({ body: 'x'.repeat(5000) }), 'bad_value'],
            [message({ to: '07700900123' }), 'bad_number'], [message({ to: '+4477009001234567' }), 'bad_value'], [message({ to: '+44770090012' }), 'bad_number'], [message({ to: '60777' }), 'bad_number'], [message({ to: '' }), 'bad_number'],
            [message({ from: '60778' }), 'bad_sender'], [message({ reference: '' }), 'bad_reference'], [message({ reference: 'a b' }), 'bad_reference'],
            [message({ body: '' }), 'empty_body'], [message({ body: 'a\u0000b' }), 'bad_json'], [message({ body: 'a\u0007b' }), 'bad_body'],
            [message({ body: 'x'.repeat(919) }), 'body_too_long'], [message({ body: 'ł'.repeat(403) }), 'body_too_long'], [message({ body: '€'.repeat(460) }), 'body_too_long']];
        for (const [body, code] of wrong) {
            const answer = await h.post(body);
            assert.deepEqual([answer.status, answer.json?.error.code], [400, code], JSON.stringify(body).slice(0, 90));
        }
        assert.equal((await h.stats()).bad_requests, wrong.length);
        assert.equal((await h.post(message({ body: 'x'.repeat(918) }))).status, 201);
        assert.equal((await h.post(message({ body: 'ł'.repeat(402) }))).status, 201);
        const shown = await h.talk();
        assert.deepEqual(shown.map(t => [t.segments, t.encoding]), [[6, 'gsm7'], [6, 'ucs2']]);
        assert.equal((await h.json('/v1/messages', message(), { authorization: 'Bearer token-of-ours', 'content-type': 'text/plain' })).status, 415);
        assert.equal((await h.find('a%20b')).status, 400);
        assert.equal((await h.json('/v1/messages?reference=a&x=1', undefined, { authorization: 'Bearer token-of-ours' })).status, 400);
        await until('receipts', () => s.receipts().length === 4);
    });
});

describe('sendsms as Kannel has it', () => {
    const kannel = { speaks: 'kannel', kannel_username: 'pb', kannel_password: path.join(dir, 'password') };

    story('gives the answers that were observed', kannel, async h => {
        const table = [[{ text: 'hello' }, 202, '0: Accepted for delivery'], [{}, 202, '0: Accepted for delivery'],
            [{ text: 'x', username: 'no' }, 403, 'Authorization failed for sendsms'], [{ text: 'x', password: 'kannel-pas' }, 403, 'Authorization failed for sendsms'],
            [{ text: 'x', to: '' }, 400, 'Missing receiver number, rejected'], [{ text: 'x', to: 'abc' }, 400, 'Number(s) has/have been denied by white- and/or black-lists.'],
            [{ text: 'x', to: '447700900123 447700900124' }, 202, '0: Accepted for delivery'], [{ text: 'x'.repeat(1200) }, 202, '0: Accepted for delivery'],
            [{ text: 'x', charset: 'klingon' }, 400, 'Charset or body misformed, rejected'], [{ text: 'x', 'dlr-mask': 'abc' }, 400, 'DLR-Mask field misformed, rejected'],
            [{ text: 'x', coding: '9' }, 400, 'Coding field misformed, rejected']];
        for (const [query, status, text] of table) {
            const answer = await h.sendsms(query);
            assert.deepEqual([answer.status, answer.text], [status, text], JSON.stringify(query).slice(0, 80));
        }
        const shown = await h.talk();
        assert.deepEqual(shown.map(t => t.body), ['hello', '', 'x', 'x'.repeat(918)]);
        assert.equal((await h.talk('+447700900124')).length, 1);
    });

    story('spoils foreign characters unless coding is 2', kannel, async h => {
        await h.sendsms({ text: 'a♣b€', charset: 'UTF-8' });
        await h.sendsms({ text: 'a♣b€', charset: 'UTF-8', coding: '2' });
        assert.equal((await h.sendsms({ text: 'a♣b', coding: '2' })).status, 400);
        assert.deepEqual((await h.talk()).map(t => t.body), ['a?b€', 'a♣b€']);
    });

    story('calls dlr-url with 8 and then 1', kannel, async (h, s) => {
        const url = `http://127.0.0.1:${s.port}/dlr?ref=a%2Fb&type=%d&id=%I`;
        await h.sendsms({ text: 'both', 'dlr-mask': '31', 'dlr-url': url });
        await until('two receipts', () => s.calls.length === 2);
        assert.deepEqual(s.calls.map(c => [c.method, c.path, c.query.get('ref'), c.query.get('type')]), [['GET', '/dlr', 'a/b', '8'], ['GET', '/dlr', 'a/b', '1']]);
        await h.sendsms({ text: 'delivered only', 'dlr-mask': '3', 'dlr-url': url });
        await h.sendsms({ text: 'none', 'dlr-url': url });
        await h.sendsms({ text: 'elsewhere', 'dlr-mask': '16', 'dlr-url': 'http://192.0.2.1/%d' });
        await until('one more', async () => (await h.stats()).receipts === 3);
        assert.deepEqual(s.calls.map(c => c.query.get('type')), ['8', '1', '1']);
    });

    story('misbehaves too', kannel, async h => {
        await h.fault({ mode: 'error', count: 2 });
        assert.deepEqual([(await h.sendsms({ text: 'x' })).status, (await h.sendsms({ text: 'x' })).status], [503, 503]);
        await h.fault({ mode: 'refuse' });
        assert.equal((await h.sendsms({ text: 'x' })).status, 400);
        await h.fault({ mode: 'broken_answer' });
        assert.equal((await h.sendsms({ text: 'x' })).text, '0');
        await h.fault({ mode: 'close_after_accept' });
        await assert.rejects(h.sendsms({ text: 'x' }));
        assert.equal((await h.talk()).length, 2);
    });
});

describe('a network that misbehaves', () => {
    story('towards the phone: late, lost, twice, out of order', {}, async (h, s) => {
        const bodies = async () => (await h.talk()).map(t => t.body);
        assert.deepEqual((await h.fault({ mode: 'delay', delay_ms: 400 })).json.in, { mode: 'delay', count: 1, delay_ms: 400 });
        const late = await h.post(message({ body: 'late', reference: 'late' }));
        assert.equal(late.status, 201);
        assert.deepEqual((await h.find('late')).json.messages[0].status, 'accepted');
        assert.deepEqual(await bodies(), []);
        await until('it arrives', async () => (await bodies()).length === 1);

        await h.fault({ mode: 'drop' });
        assert.equal((await h.post(message({ body: 'lost', reference: 'lost' }))).status, 201);
        await h.fault({ mode: 'double' });
        await h.post(message({ body: 'twice', reference: 'twice' }));
        assert.deepEqual(await bodies(), ['late', 'twice', 'twice']);
        assert.equal((await h.find('lost')).json.messages[0].status, 'accepted');

        await h.fault({ mode: 'reorder', delay_ms: 60000 });
        await h.post(message({ body: 'first', reference: 'first' }));
        await h.post(message({ body: 'second', reference: 'second' }));
        await until('both', async () => (await bodies()).length === 5);
        assert.deepEqual((await bodies()).slice(3), ['second', 'first']);
        await until('receipts', () => s.receipts().filter(r => r.status === 'delivered').length === 5);
        assert.deepEqual(s.receipts().filter(r => r.reference === 'lost').map(r => r.status), ['accepted']);
    });

    story('towards the service: refuses, throttles, fails, for so many texts', {}, async h => {
        await h.fault({ mode: 'refuse' });
        const refused = await h.post(message());
        assert.deepEqual([refused.status, refused.json.error.code], [400, 'rejected']);
        await h.fault({ mode: 'throttle', delay_ms: 2500 });
        const throttled = await h.post(message());
        assert.deepEqual([throttled.status, throttled.json.error.code, throttled.headers.get('retry-after')], [429, 'throttled', '3']);
        await h.fault({ mode: 'error', count: 3 });
        const statuses = [];
        for (let i = 0; i < 4; i++) statuses.push((await h.post(message())).status);
        assert.deepEqual(statuses, [500, 503, 500, 201]);
        assert.deepEqual([(await h.talk()).length, (await h.stats()).refused], [1, 5]);
    });

    story('accepts, and does not say so', {}, async (h, s) => {
        await h.fault({ mode: 'close_after_accept' });
        await assert.rejects(h.post(message({ reference: 'closed' })));
        await h.fault({ mode: 'broken_answer' });
        const broken = await fetch(`${h.base}/v1/messages`, { method: 'POST', body: JSON.stringify(message({ reference: 'broken' })),
            headers: { 'content-type': 'application/json', authorization: 'Bearer token-of-ours' } });
        assert.equal(broken.status, 201);
        await assert.rejects(broken.json());
        await h.fault({ mode: 'hang_after_accept' });
        const patience = new AbortController();
        const hung = fetch(`${h.base}/v1/messages`, { method: 'POST', body: JSON.stringify(message({ reference: 'hung' })),
            headers: { 'content-type': 'application/json', authorization: 'Bearer token-of-ours' }, signal: patience.signal });
        hung.catch(() => {});
        await until('it is shown', async () => (await h.talk()).length === 3);
        patience.abort();
        for (const reference of ['closed', 'broken', 'hung']) assert.equal((await h.find(reference)).json.messages.length, 1, reference);
        await until('receipts', () => s.receipts().length === 6);
    });

    story('keeps a hanging answer open, but stops when told to', {}, async h => {
        await h.fault({ mode: 'hang_after_accept' });
        const outcome = h.post(message()).then(() => 'answered', () => 'broken');
        await until('it is shown', async () => (await h.talk()).length === 1);
        assert.equal(await Promise.race([outcome, new Promise(done => setTimeout(done, 300, 'open'))]), 'open');
        assert.deepEqual(await h.stop(), { code: 0, signal: null });
        assert.equal(await outcome, 'broken');
    });

    story('sends no receipt, or a late one', {}, async (h, s) => {
        await h.fault({ mode: 'no_receipt' });
        await h.post(message({ reference: 'none' }));
        await h.fault({ mode: 'late_receipt', delay_ms: 300 });
        await h.post(message({ reference: 'late' }));
        assert.deepEqual((await h.talk()).map(t => t.state), ['accepted', 'accepted']);
        await until('the late one', async () => (await h.talk())[1].state === 'delivered');
        await until('receipts', () => s.receipts().length === 2);
        assert.deepEqual(s.receipts().map(r => [r.reference, r.status]), [['late', 'accepted'], ['late', 'delivered']]);
    });

    story('from the phone: late, lost, twice, out of order, refused, hung up on', {}, async (h, s) => {
        const out = (mode, more = {}) => h.fault({ mode, direction: 'out', ...more });
        const bodies = () => s.texts().map(c => JSON.parse(c.body).body);
        await out('delay', { delay_ms: 200 });
        await h.text('late');
        assert.deepEqual(bodies(), []);
        await until('late', () => bodies().length === 1);
        await out('drop');
        await h.text('lost');
        await out('refuse');
        await h.text('refused');
        await out('double');
        await h.text('twice');
        await until('twice', () => bodies().length === 3);
        assert.equal(new Set(s.texts().slice(1).map(c => JSON.parse(c.body).id)).size, 1);
        await out('reorder', { delay_ms: 60000 });
        await h.text('first');
        await h.text('second');
        await until('both', () => bodies().length === 5);
        await out('close_after_accept');
        await h.text('hung up');
        await until('again', () => bodies().length === 7);
        assert.deepEqual(bodies(), ['late', 'twice', 'twice', 'second', 'first', 'hung up', 'hung up']);
        assert.equal(new Set(s.texts().slice(5).map(c => JSON.parse(c.body).id)).size, 1);
        await until('states', async () => (await h.talk()).every(t => t.state !== 'sending'));
        const states = Object.fromEntries((await h.talk()).map(t => [t.body, t.state]));
        assert.deepEqual(states, { late: 'sent', lost: 'lost', refused: 'failed', twice: 'sent', first: 'sent', second: 'sent', 'hung up': 'sent' });
    });

    story('can be told nothing but that', {}, async h => {
        const wrong = [{}, { mode: 'explode' }, { mode: 'throttle', direction: 'out' }, { mode: 'drop', direction: 'up' }, { mode: 'drop', count: 0 },
            { mode: 'drop', count: 1001 }, { mode: 'drop', count: -1 }, { mode: 'drop', count: 1.5 }, { mode: 'delay', delay_ms: 60001 }, { mode: 'drop', extra: 1 }];
        for (const fault of wrong) assert.equal((await h.fault(fault)).status, 400, JSON.stringify(fault));
        await h.fault({ mode: 'drop', direction: 'out', count: 5 });
        await h.fault({ mode: 'double', count: 5 });
        const off = await h.fault({ mode: 'none' });
        assert.deepEqual([off.json.in.mode, off.json.out.mode], ['none', 'none']);
    });
});

describe('what every request must pass', () => {
    story('loopback names, our own pages, known methods, limits', {}, async h => {
        const host = `127.0.0.1:${h.port}`;
        const get = (where, more = '', name = host) => raw(h.port, `GET ${where} HTTP/1.1\r\nHost: ${name}\r\n${more}Connection: close\r\n\r\n`);
        for (const name of [host, 'localhost', `localhost:${h.port}`, '127.0.0.1']) assert.match(await get('/live', '', name), /^HTTP\/1.1 200/, name);
        for (const name of ['evil.example', `evil.example:${h.port}`, '127.0.0.1.evil.example', '192.168.1.1', 'localhost.evil']) assert.match(await get('/live', '', name), /^HTTP\/1.1 421/, name);
        assert.match(await get('/live', 'Host: localhost\r\n'), /^HTTP\/1.1 400/);
        assert.match(await raw(h.port, 'GET /live HTTP/1.0\r\n\r\n'), /^HTTP\/1.[01] (400|421)/);
        assert.match(await get('/nowhere'), /^HTTP\/1.1 404/);
        assert.match(await get('/send'), /^HTTP\/1.1 405[^]*\r\nAllow: POST\r\n/);
        assert.match(await get('/%00'), /^HTTP\/1.1 400/);
        assert.match(await get('/?number=1%00'), /^HTTP\/1.1 400/);
        assert.match(await get('/?number=1&number=2'), /^HTTP\/1.1 400/);
        assert.match(await get(`/?${Array.from({ length: 40 }, (_, i) => `a${i}=1`).join('&')}`), /^HTTP\/1.1 400/);
        assert.match(await get(`/?number=${'1'.repeat(100000)}`), /^HTTP\/1.1 4\d\d/);
        assert.match(await raw(h.port, `BREW / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`), /^HTTP\/1.1 405/);
        assert.equal((await h.json('/api/texts', { from: phone, body: 'x'.repeat(70000) })).status, 413);
        for (const headers of [{ origin: 'http://evil.example' }, { origin: 'null' }, { origin: `http://localhost:${h.port + 1}` }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]) {
            const answer = await raw(h.port, `POST /api/texts HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n${Object.entries(headers).map(([k, v]) => `${k}: ${v}\r\n`).join('')}\r\n{}`);
            assert.match(answer, /^HTTP\/1.1 403/, JSON.stringify(headers));
        }
        assert.match(await get('/cgi-bin/sendsms?to=447700900123&text=x', 'Sec-Fetch-Site: cross-site\r\n'), /^HTTP\/1.1 403/);
        assert.match(await get('/', 'Sec-Fetch-Site: cross-site\r\n'), /^HTTP\/1.1 200/);
        assert.equal((await h.stats()).sent, 0);
    });

    story('memory is bounded: 200 texts a phone, 500 phones', {}, async (h, s) => {
        for (let i = 0; i < 205; i++) await h.post(message({ body: `text ${i}`, reference: `r${i}` }));
        const shown = await h.talk();
        assert.deepEqual([shown.length, shown[0].body, shown[199].body], [200, 'text 5', 'text 204']);
        for (let i = 0; i < 500; i++) await h.post(message({ to: `+447700901${String(i).padStart(3, '0')}`, reference: `p${i}` }));
        const { phones, texts } = await h.stats();
        assert.deepEqual([phones, texts, (await h.talk()).length], [500, 500, 0]);
        await until('all receipts', async () => (await h.stats()).receipts === 1410);
        assert.equal(s.receipts().length, 1410);
    });
});

describe('the page', () => {
    const suggestions = path.join(dir, 'suggestions.json');
    const page = { suggestions_file: suggestions, service_name: 'York <votes>' };

    story('shows the conversation, escaped, under a strict policy', page, async h => {
        await writeFile(suggestions, '["VOTE 123 456 789 0123 1275", "<i>\\"&", 7]');
        await h.post(message({ body: '<script>alert(1)</script> "quoted" & \'single\'' }));
        const answer = await fetch(`${h.base}/?number=07700900123`);
        const html = await answer.text();
        assert.equal(answer.status, 200);
        assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8');
        const policy = answer.headers.get('content-security-policy');
        assert.match(policy, /default-src 'none'/);
        assert.doesNotMatch(policy, /unsafe|\*|http/);
        assert.match(html, /&lt;script&gt;alert\(1\)&lt;\/script&gt; &quot;quoted&quot; &amp; &#39;single&#39;<\/p>/);
        assert.doesNotMatch(html, /<script>|<i>|York <votes>|style=|onclick/);
        assert.match(html, /text=VOTE%20123%20456%20789%200123%201275#message">VOTE 123 456 789 0123 1275<\/a>/);
        assert.match(html, />&lt;i&gt;&quot;&amp;<\/a>/);
        assert.match(html, /1 text · 45 characters · delivered/);
        assert.match(html, /href="\/\?number=447700900124">Another phone/);
        await writeFile(suggestions, '{"not":"a list"}');
        assert.match(await (await fetch(`${h.base}/`)).text(), /text=HELP#message/);
        await writeFile(suggestions, '["MY VOTE"]');
        assert.match(await (await fetch(`${h.base}/`)).text(), />MY VOTE<\/a>/);
        for (const [file, type] of [['phone.css', 'text/css'], ['phone.js', 'text/javascript'], ['icon.svg', 'image/svg+xml']]) {
            const asset = await fetch(`${h.base}/${file}`);
            assert.ok(asset.headers.get('content-type').startsWith(type));
            assert.equal(await asset.text(), await readFile(path.join(top, 'sms/handset', file), 'utf8'));
        }
    });

    story('works with scripts off', {}, async (h, s) => {
        const form = (where, fields) => fetch(h.base + where, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields), headers: { origin: h.base, 'sec-fetch-site': 'same-origin' } });
        const sent = await form('/send', { number: phone, body: 'VOTE 1\r\n2' });
        assert.deepEqual([sent.status, sent.headers.get('location')], [303, '/?number=447700900123&sent=1#message']);
        await until('the call', () => s.texts().length === 1);
        assert.equal(JSON.parse(s.texts()[0].body).body, 'VOTE 1\n2');
        assert.match(await (await fetch(`${h.base}/?number=447700900123&sent=1`)).text(), /<noscript><meta http-equiv="refresh" content="2;url=\/\?number=447700900123">/);
        const filled = await (await fetch(`${h.base}/?number=447700900123&text=HELP%20%3C`)).text();
        assert.match(filled, /<textarea[^>]*>\nHELP &lt;<\/textarea>/);
        assert.match(filled, /Check for replies<\/a>/);

        const empty = await form('/send', { number: phone, body: ' ' });
        assert.equal(empty.status, 400);
        assert.match(await empty.text(), /<title>Error: [^]*Type a text first\./);
        const long = await form('/send', { number: phone, body: `<${'y'.repeat(1600)}` });
        assert.match(await long.text(), /at most 10 texts[^]*&lt;yyyy/);
        const nobody = await fetch(`${h.base}/?number=York`);
        assert.equal(nobody.status, 400);
        assert.match(await nobody.text(), /Enter a telephone number, like 07700 900123\.[^]*value="York"/);

        const fault = await form('/faults', { number: phone, fault: 'out:drop', count: '2', seconds: '3' });
        assert.deepEqual([fault.status, fault.headers.get('location')], [303, '/?number=447700900123&faults=1#network']);
        assert.match(await (await fetch(`${h.base}/`)).text(), /<details id="network" open>[^]*for the next 2 sent from a phone: Lose it\./);
        for (const wrong of [{ fault: 'in:explode', count: '1', seconds: '1' }, { fault: 'out:throttle', count: '1', seconds: '1' }, { fault: 'in:drop', count: 'x', seconds: '1' }])
            assert.equal((await form('/faults', { number: phone, ...wrong })).status, 400);
    });

    story('a long poll ends when something comes', {}, async h => {
        await h.post(message());
        const { json: { version } } = await h.json(`/api/conversation?number=447700900123`);
        let done = false;
        const poll = h.json(`/api/conversation?number=447700900123&after=${version}&wait=10000`).then(a => { done = true; return a; });
        await h.stats();
        assert.equal(done, false);
        await h.post(message({ body: 'more', reference: 'ref-2' }));
        const { json } = await poll;
        assert.deepEqual([json.messages.length, json.messages[1].body, json.version > version], [2, 'more', true]);
        for (const query of ['number=York', 'number=07700900123&after=x', 'number=07700900123&wait=10001', '']) assert.equal((await h.json(`/api/conversation?${query}`)).status, 400, query);
    });

    story('counts while typing as the network does', {}, async h => {
        const source = await readFile(path.join(top, 'sms/handset/phone.js'), 'utf8');
        const context = vm.createContext({});
        vm.runInContext(source.slice(source.indexOf('const basic'), source.indexOf('function showSize')), context);
        const texts = ['a', 'x'.repeat(160), 'x'.repeat(161), '€'.repeat(80), '€'.repeat(81), 'd'.repeat(152) + '€'.repeat(10), 'ł'.repeat(70), 'ł'.repeat(71),
            `${'a'.repeat(66)}😀${'b'.repeat(10)}`, 'é à ü £ ñ Ω', 'ç', '[x]', 'line\nline', '`', 'ŵ'];
        for (const text of texts) await h.text(text);
        const shown = await h.talk();
        assert.equal(shown.length, texts.length);
        for (const { body, characters, segments } of shown) assert.deepEqual([...context.measure(body)], [characters, segments], body.slice(0, 20));
    });
});
