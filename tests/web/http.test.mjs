// http.test.mjs: what no honest client sends is refused with the right status and changes nothing;
// webhooks answer as providers need it; the front starts, stops and survives as promised.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import net from 'node:net';
import { after, before, describe, it } from 'node:test';
import { openHouse, until } from '../lib/harness.mjs';

let house;

before(async () => {
    house = await openHouse();
    house.value(`insert into neighbourhood (slug, name, kind) values ('acomb', 'Acomb', 'ward')`);
    await house.startServer();
});
after(() => house?.close());

// Sends bytes as they are and returns all that comes back until the server closes.
function raw(bytes, { seconds = 60 } = {}) {
    return new Promise((resolve, reject) => {
        const parts = [];
        const socket = net.connect(house.serverPort, '127.0.0.1', () => socket.write(bytes));
        const timer = setTimeout(() => {
            socket.destroy();
            reject(new Error(`the server neither answered nor closed: ${Buffer.concat(parts)}`));
        }, seconds * 1000);
        socket.on('data', (part) => parts.push(part));
        socket.on('error', () => {});
        socket.on('close', () => {
            clearTimeout(timer);
            resolve(Buffer.concat(parts).toString('latin1'));
        });
    });
}

// The status of the first answer, and how many requests were served (a smuggled one would count).
async function probe(head, body = '') {
    const answer = await raw(`${head.join('\r\n')}\r\n\r\n${body}`);
    return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0), answer };
}

const host = 'Host: x';
const close = 'Connection: close';
const form = 'Content-Type: application/x-www-form-urlencoded';

describe('requests that mean two things', () => {
    const refused = {
        'Content-Length and Transfer-Encoding': [
            ['POST /receipt HTTP/1.1', host, 'Content-Length: 6', 'Transfer-Encoding: chunked'],
            '0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n',
        ],
        'two different Content-Lengths': [
            ['POST /receipt HTTP/1.1', host, 'Content-Length: 3', 'Content-Length: 30'],
            'abcGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n',
        ],
        'two equal Content-Lengths': [
            ['POST /receipt HTTP/1.1', host, 'Content-Length: 3', 'Content-Length: 3'],
            'abc',
        ],
        'Content-Length +5': [['POST /receipt HTTP/1.1', host, 'Content-Length: +5'], 'abcde'],
        'Content-Length 5, 5': [['POST /receipt HTTP/1.1', host, 'Content-Length: 5, 5'], 'abcde'],
        'a space before the colon': [['POST /receipt HTTP/1.1', host, 'Content-Length : 5'], 'abcde'],
        'an unknown transfer coding': [['POST /receipt HTTP/1.1', host, 'Transfer-Encoding: xchunked'], '0\r\n\r\n'],
        'two transfer codings': [['POST /receipt HTTP/1.1', host, 'Transfer-Encoding: gzip, chunked'], '0\r\n\r\n'],
        'a folded header': [['GET / HTTP/1.1', host, 'X-A: 1', ' folded', 'X-B: 2']],
        'a folded header that becomes another': [['GET / HTTP/1.1', host, 'X-Real-: 6.6.6.6', ' IP']],
        'a bare CR in a header': [['GET / HTTP/1.1', host, 'X-A: a\rX-B: b']],
        'no Host': [['GET / HTTP/1.1', 'X-A: 1']],
        'two Hosts': [['GET / HTTP/1.1', host, 'Host: y']],
        'two X-Real-IPs': [['GET / HTTP/1.1', host, 'X-Real-IP: 1.1.1.1', 'X-Real-IP: 2.2.2.2']],
        'a body with GET': [['GET / HTTP/1.1', host, 'Content-Length: 3'], 'abc'],
    };
    for (const [name, [head, body = '']] of Object.entries(refused))
        it(`${name}: 400, and nothing more is read`, async () => {
            const { status, answer } = await probe(head, body);
            assert.equal(status, 400, answer);
            assert.doesNotMatch(answer, / 404 /, 'the smuggled request was answered');
        });

    for (const target of ['/a%00b', '/a%00/../etc', '/%2Fetc', '/a%ff', '/a%', 'http://evil/', '/a%0d%0aX:y'])
        it(`target ${target}: 400`, async () => {
            assert.equal((await probe([`GET ${target} HTTP/1.1`, host, close])).status, 400);
        });

    it('two session cookies: 400; two of anybody else: fine', async () => {
        const cookie = (value) => probe(['GET /live HTTP/1.1', host, close, `Cookie: ${value}`]);
        assert.equal((await cookie('wm_voter=a; wm_voter=b')).status, 400);
        assert.equal((await cookie('__Host-wm_desk=a; __Host-wm_desk=b')).status, 400);
        assert.equal((await cookie('x=a; x=b; wm_voter=a')).status, 200);
        const twice = await probe(['GET /live HTTP/1.1', host, close, 'Cookie: x=1', 'Cookie: y=1']);
        assert.equal(twice.status, 400);
    });
});

describe('methods', () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'FOO', 'get'])
        it(`${method}: 405 with what is allowed`, async () => {
            const { status, answer } = await probe([`${method} / HTTP/1.1`, host, close]);
            assert.equal(status, 405);
            assert.match(answer, /\r\nAllow: GET, HEAD, POST\r\n/);
        });
    it('GET of an action and POST of a page: 405', async () => {
        const get = await probe(['GET /vote/sign-out HTTP/1.1', host, close]);
        assert.equal(get.status, 405);
        assert.match(get.answer, /\r\nAllow: POST\r\n/);
        const post = await probe(['POST /rounds HTTP/1.1', host, close, 'Content-Length: 0']);
        assert.equal(post.status, 405);
        assert.match(post.answer, /\r\nAllow: GET, HEAD\r\n/);
    });
    it('HEAD is GET without the body', async () => {
        const browser = house.browser();
        const get = await browser.request('GET', '/');
        const head = await browser.request('HEAD', '/');
        assert.equal(head.status, 200);
        assert.equal(head.body, '');
        assert.equal(head.headers['content-length'], get.headers['content-length']);
        browser.close();
    });
});

describe('forms', () => {
    const post = async (body, { path = '/receipt', type = form, more = [] } = {}) =>
        probe(
            [`POST ${path} HTTP/1.1`, host, close, type, `Content-Length: ${Buffer.byteLength(body)}`, ...more],
            body,
        );
    it('a good one is taken', async () => {
        const { status, answer } = await post('receipt=R7K3M-Q9TZ-4HWD-A');
        assert.ok(status < 400 || status === 422, answer.slice(0, 300));
    });
    const wrong = {
        'an unknown field': ['receipt=x&admin=1', 400],
        'a doubled field': ['receipt=x&receipt=y', 400],
        'a field that is too long': [`receipt=${'x'.repeat(61)}`, 400],
        'ten thousand fields': ['p=1&'.repeat(4000), 400],
        'invalid UTF-8': ['receipt=%ff%fe', 400],
        'raw invalid UTF-8': [Buffer.from([0x72, 0x65, 0x63, 0x65, 0x69, 0x70, 0x74, 0x3d, 0xff]), 400],
        'a NUL': ['receipt=a%00b', 400],
        'a broken percent sign': ['receipt=%4', 400],
        'a line break where none belongs': ['receipt=a%0Ab', 400],
        'a body that is too big': [`receipt=${'x'.repeat(17000)}`, 413],
    };
    for (const [name, [body, status]] of Object.entries(wrong))
        it(`${name}: ${status}`, async () => {
            const head = ['POST /receipt HTTP/1.1', host, close, form, `Content-Length: ${Buffer.byteLength(body)}`];
            const bytes = Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), Buffer.from(body)]);
            assert.match(await raw(bytes), new RegExp(`^HTTP/1\\.1 ${status} `));
        });
    it('another media type: 415', async () => {
        assert.equal((await post('{}', { type: 'Content-Type: application/json' })).status, 415);
        assert.equal((await post('a', { type: 'X-None: 1' })).status, 415);
        const multipart = 'Content-Type: multipart/form-data; boundary=x';
        assert.equal((await post('--x--', { type: multipart })).status, 415);
    });
    it('a gigabyte announced: 413 without reading it', async () => {
        const { status } = await probe(['POST /receipt HTTP/1.1', host, form, 'Content-Length: 1000000000']);
        assert.equal(status, 413);
    });
    it('chunks without an end: refused, with bounded memory', async () => {
        const before = house.server.memory();
        const chunk = `${(65536).toString(16)}\r\n${'a'.repeat(65536)}\r\n`;
        await raw(
            `POST /receipt HTTP/1.1\r\n${host}\r\n${form}\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(64)}`,
        );
        assert.ok(house.server.memory() - before < 8 * 1024);
    });
    it('a body cut short is no request', async () => {
        const count = () => house.server.log().split('POST /receipt ').length;
        const before = count();
        await new Promise((resolve) => {
            const socket = net.connect(house.serverPort, '127.0.0.1', () =>
                socket.end(`POST /receipt HTTP/1.1\r\n${host}\r\n${form}\r\nContent-Length: 50\r\n\r\nreceipt=R`),
            );
            socket.on('close', resolve).on('error', () => {}).resume();
        });
        assert.equal((await house.browser().request('GET', '/live')).status, 200);
        assert.equal(count(), before);
    });
    it('from another site: 403; from ours, or an old browser: fine', async () => {
        const from = async (...more) => (await post('receipt=x', { more })).status;
        assert.equal(await from('Origin: https://evil.example'), 403);
        assert.equal(await from('Sec-Fetch-Site: cross-site', 'Origin: null'), 403);
        assert.equal(await from('Sec-Fetch-Site: same-site'), 403);
        assert.equal(await from(`Origin: ${house.url}.evil.example`), 403);
        assert.notEqual(await from(`Origin: ${house.url}`), 403);
        assert.notEqual(await from('Sec-Fetch-Site: same-origin', 'Origin: null'), 403);
        assert.notEqual(await from(), 403);
    });
    it('a form of a session without its token is turned away', async () => {
        const { status, answer } = await post('token=x', { path: '/vote/sign-out', more: ['Cookie: wm_voter=AAAA'] });
        assert.notEqual(status, 303, answer);
        const desk = await post('token=x', { path: '/desk/sign-out' });
        assert.equal(desk.status, 303);
        assert.match(desk.answer, /Location: \/desk\/sign-in\r\n/);
    });
});

describe('answers', () => {
    it('carry the security headers, errors too', async () => {
        const browser = house.browser();
        for (const path of ['/', '/nowhere', '/live', '/vote/code', '/a%00']) {
            const { headers } = await browser.request('GET', path);
            assert.match(headers['content-security-policy'] ?? '', /^default-src 'none'; /, path);
            assert.match(headers['content-security-policy'], /frame-ancestors 'none'/);
            assert.equal(headers['x-content-type-options'], 'nosniff');
            assert.equal(headers['referrer-policy'], 'no-referrer');
            assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
            assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
            assert.ok(headers['permissions-policy']);
            assert.equal(headers.server, undefined);
            if (path !== '/') assert.equal(headers['cache-control'], 'no-store', path);
        }
        browser.close();
    });
    it('never repeat what was asked', async () => {
        const { answer } = await probe(['GET /%3Cscript%3Ealert(1) HTTP/1.1', host, close]);
        assert.doesNotMatch(answer, /alert/);
    });
    it('keep connections alive, page after page', async () => {
        const requests = ['/', '/nowhere', '/vote/code', '/live']
            .map((path) => `GET ${path} HTTP/1.1\r\n${host}\r\n\r\n`)
            .join('');
        const answer = await raw(`${requests}GET /live HTTP/1.1\r\n${host}\r\n${close}\r\n\r\n`);
        assert.deepEqual([...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map((m) => m[1]), ['200', '404', '200', '200', '200']);
    });
    it('assets are for ever, by their hash', async () => {
        const browser = house.browser();
        const page = await browser.request('GET', '/');
        const [, url, hash] = /"(\/assets\/([0-9a-f]{12})\/[^"]+\.css)"/.exec(page.body);
        const css = await browser.request('GET', url);
        assert.equal(css.status, 200);
        assert.equal(css.headers['content-type'], 'text/css; charset=utf-8');
        assert.equal(css.headers['cache-control'], 'public, max-age=31536000, immutable');
        assert.equal(createHash('sha256').update(css.raw).digest('hex').slice(0, 12), hash);
        assert.equal((await browser.request('GET', url.replace(hash, '000000000000'))).status, 404);
        assert.equal((await browser.request('POST', url)).status, 405);
        browser.close();
    });
});

describe('the page cache', () => {
    it('answers 304 to who has the page, and tells of new content at once', async () => {
        const browser = house.browser();
        const first = await browser.request('GET', '/neighbourhoods');
        assert.equal(first.headers['cache-control'], 'no-cache');
        const again = await browser.request('GET', '/neighbourhoods', { headers: { 'if-none-match': first.headers.etag } });
        assert.equal(again.status, 304);
        assert.equal(again.body, '');
        assert.doesNotMatch(first.body, /Heworth/);
        house.value(`insert into neighbourhood (slug, name, kind) values ('heworth', 'Heworth', 'ward');
                     select pg_notify('content', '')`);
        const changed = await until('the new page', async () => {
            const page = await browser.request('GET', '/neighbourhoods', { headers: { 'if-none-match': first.headers.etag } });
            return page.status === 200 && page;
        }, 3);
        assert.match(changed.body, /Heworth/);
        browser.close();
    });
});

// --- webhooks ------------------------------------------------------------------------------------

const texts = () => house.rows('select provider, endpoint, message_id, state, sent_at from inbox order by id');

describe('webhooks of Kannel', () => {
    const hook = (fields, path = '') =>
        house.browser().request('GET', `/hooks/sms/kannel${path}?${fields instanceof URLSearchParams ? fields : new URLSearchParams(fields)}`);
    const good = () => ({
        secret: house.secrets['hook.secret'], id: 'k-1', from: '447700900001', to: '60777',
        text: 'VOTE 123 456 789 0123 1271', coding: '0', charset: 'UTF-8', at: '1795341600',
    });
    it('a wrong secret: 403, and nothing is kept or logged', async () => {
        for (const secret of ['', 'x', `${good().secret}x`, good().secret.slice(0, -1)])
            assert.equal((await hook({ ...good(), secret })).status, 403);
        assert.deepEqual(texts(), []);
        assert.ok(!house.server.log().includes(good().secret));
    });
    it('a text is kept once, however often it comes', async () => {
        for (let i = 0; i < 3; i++) assert.equal((await hook(good())).status, 200);
        const several = await Promise.all(Array.from({ length: 16 }, () => hook(good())));
        assert.ok(several.every((page) => page.status === 200));
        const kept = texts();
        assert.equal(kept.length, 1);
        assert.deepEqual({ ...kept[0], sent_at: new Date(kept[0].sent_at).getTime() / 1000 }, {
            provider: 'kannel', endpoint: '60777', message_id: 'k-1', state: 'new', sent_at: 1795341600,
        });
    });
    it('what is authentic but unreadable is kept in quarantine and answered 200', async () => {
        const strange = [
            { id: 'q-1', text: 'x'.repeat(16385) },
            { id: 'q-2', from: '' },
            { id: 'q-3', text: 'NUL \0 inside' },
        ];
        for (const fields of strange) assert.equal((await hook({ ...good(), ...fields })).status, 200);
        const query = new URLSearchParams({ ...good(), id: 'q-4' }).toString().replace(/text=[^&]*/, 'text=%ff%fe');
        assert.equal((await house.browser().request('GET', `/hooks/sms/kannel?${query}`)).status, 200);
        assert.deepEqual(texts().filter((t) => t.state === 'quarantined').map((t) => t.message_id), ['q-1', 'q-2', 'q-3', 'q-4']);
    });
    it('Arabic digits, emoji and windows-1252 are texts like any other', async () => {
        assert.equal((await hook({ ...good(), id: 'u-1', text: 'VOTE ١٢٣ ٤٥٦' })).status, 200);
        assert.equal((await hook({ ...good(), id: 'u-2', text: '🗳️ 1️⃣' })).status, 200);
        const query = new URLSearchParams({ ...good(), id: 'u-3', charset: 'windows-1252' }).toString();
        assert.equal((await house.browser().request('GET', `/hooks/sms/kannel?${query.replace(/text=[^&]*/, 'text=caf%e9')}`)).status, 200);
        assert.deepEqual(texts().filter((t) => /^u-/.test(t.message_id)).map((t) => t.state), ['new', 'new', 'new']);
    });
    it('a message without an id is still one message', async () => {
        const before = texts().length;
        for (let i = 0; i < 2; i++) assert.equal((await hook({ ...good(), id: '', text: 'no id' })).status, 200);
        assert.equal(texts().length, before + 1);
    });
    it('delivery receipts: known, unknown and unreadable ones are answered 200', async () => {
        const dlr = (fields) => hook({ secret: good().secret, ...fields }, '/dlr');
        const ref = '0b1f7a52-6a49-4c87-8f0e-3a9ef4f7d2aa';
        assert.equal((await dlr({ ref, type: '1' })).status, 200);
        assert.equal((await dlr({ ref, type: '8' })).status, 200);
        assert.equal((await dlr({ ref, type: '99' })).status, 200);
        assert.equal((await dlr({ ref: 'nonsense', type: '1' })).status, 200);
        assert.equal((await dlr({ ref, type: '1', secret: 'x' })).status, 403);
        assert.deepEqual(house.rows('select status from dlr order by status').map((d) => d.status), ['accepted', 'delivered']);
    });
});

describe('webhooks of the handset', () => {
    const post = (body, { path = '', bearer = house.secrets['hook.secret'] } = {}) =>
        house.browser().request('POST', `/hooks/sms/handset${path}`, {
            headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
            body: typeof body === 'string' ? body : JSON.stringify(body),
        });
    const good = { id: 'h-1', from: '+447700900002', to: '60777', body: 'VOTE', sent_at: '2026-11-22T10:00:00.123Z' };
    it('a wrong secret: 403', async () => {
        assert.equal((await post(good, { bearer: 'x' })).status, 403);
        assert.equal((await house.browser().request('POST', '/hooks/sms/handset', { body: '{}' })).status, 403);
    });
    it('a good text is kept', async () => {
        assert.equal((await post(good)).status, 200);
        const [text] = texts().filter((t) => t.message_id === 'h-1');
        assert.equal(text.state, 'new');
        assert.equal(new Date(text.sent_at).getTime(), 1795341600123);
    });
    it('broken JSON of any kind: quarantine and 200', async () => {
        const before = texts().filter((t) => t.state === 'quarantined').length;
        const broken = [
            '', '{', '[]', '"x"', '{"id":"a","id":"b"}', JSON.stringify({ ...good, id: 'h-2', from: {} }),
            JSON.stringify({ ...good, id: 'h-3', body: undefined }), '['.repeat(8000), '{"id":"\\ud83d"}',
            JSON.stringify({ ...good, body: 'a\0b' }),
        ];
        for (const body of broken) assert.equal((await post(body)).status, 200, body.slice(0, 40));
        assert.equal(texts().filter((t) => t.state === 'quarantined').length - before, broken.length);
    });
    it('a text of a megabyte: 413, and bounded memory', async () => {
        const before = house.server.memory();
        // Its beginning only: the answer comes, and the connection closes, before a client is through.
        const { status } = await probe(['POST /hooks/sms/handset HTTP/1.1', host, close, `Content-Length: ${1 << 20}`,
            `Authorization: Bearer ${house.secrets['hook.secret']}`, 'Content-Type: application/json'], '{"body":"');
        assert.equal(status, 413);
        assert.ok(house.server.memory() - before < 4 * 1024);
    });
    it('no number and no word of a text stands in the log', () => {
        for (const secret of ['7700900001', '7700900002', 'VOTE', '1271', 'k-1', '60777'])
            assert.ok(!house.server.log().includes(secret), secret);
    });
    it('numbers and words are sealed in the database', () => {
        const [{ n }] = house.rows(`select count(*) as n from inbox
            where position('7700900001'::bytea in sender_sealed) > 0 or position('VOTE'::bytea in body_sealed) > 0`);
        assert.equal(n, 0);
        const [{ senders }] = house.rows(`select count(distinct sender_key) as senders from inbox where message_id in ('k-1', 'u-1', 'u-2')`);
        assert.equal(senders, 1);
    });
});

describe('trouble', () => {
    // libmicrohttpd's own loop waits on after exactly 128 events at once (server/httpd.c).
    it('128 clients that ask at the same moment are all answered', async () => {
        const ask = `GET /live HTTP/1.1\r\n${host}\r\n\r\n`;
        const answered = (socket) => new Promise((resolve, reject) => {
            socket.once('data', resolve).once('error', reject);
        });
        const sockets = await Promise.all(Array.from({ length: 128 }, async () => {
            const socket = net.connect(house.serverPort, '127.0.0.1', () => socket.write(ask));
            await answered(socket);
            return socket;
        }));
        process.kill(house.server.pid, 'SIGSTOP');
        const answers = Promise.all(sockets.map(answered));
        await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.write(ask, resolve))));
        process.kill(house.server.pid, 'SIGCONT');
        const late = new Promise((_, reject) => setTimeout(reject, 60000, new Error('no answers')).unref());
        await Promise.race([answers, late]).finally(() => sockets.forEach((socket) => socket.destroy()));
    });
    it('the database goes: 503 with Retry-After, never a lost text; it comes back: 200', async () => {
        const text = (id) => house.browser().request('GET', `/hooks/sms/kannel?${new URLSearchParams({
            secret: house.secrets['hook.secret'], id, from: '447700900001', to: '60777', text: 'x', at: '1795341600' })}`);
        assert.equal((await house.browser().request('GET', '/ready')).status, 200);
        await house.killDatabase();
        const refused = await text('down-1');
        assert.equal(refused.status, 503);
        assert.ok(Number(refused.headers['retry-after']) > 0);
        assert.equal((await house.browser().request('GET', '/ready')).status, 503);
        assert.equal((await house.browser().request('GET', '/neighbourhoods')).status, 503);
        assert.equal((await house.browser().request('GET', '/live')).status, 200);
        house.startDatabase();
        await until('the text is taken', async () => (await text('down-1')).status === 200);
        assert.equal(texts().filter((t) => t.message_id === 'down-1').length, 1);
        assert.equal((await house.browser().request('GET', '/neighbourhoods')).status, 200);
    });
    it('a clean stop answers what was taken, and ends with 0', async () => {
        const browser = house.browser({ sockets: 32 });
        const secret = house.secrets['hook.secret'];
        const sent = Array.from({ length: 32 }, (_, i) => browser
            .request('GET', `/hooks/sms/kannel?${new URLSearchParams({ secret, id: `stop-${i}`, from: '447700900001', to: '60777', text: 'x', at: '1795341600' })}`)
            .then((page) => page.status, (e) => e.code));
        await Promise.race(sent);
        const ended = house.server.stop();
        const statuses = await Promise.all(sent);
        assert.deepEqual(await ended, { code: 0, signal: null });
        browser.close();
        const kept = texts().filter((t) => /^stop-/.test(t.message_id)).length;
        assert.ok(kept >= statuses.filter((s) => s === 200).length);
        assert.ok(statuses.filter((s) => s === 200).length > 0);
        await house.startServer();
    });
    it('a second process on the same address says so and ends', async () => {
        const { Daemon, build } = await import('../lib/harness.mjs');
        const second = new Daemon('second', `${build}/bin/wardmote-server`, ['--config', house.file('server.conf')], { logFile: house.file('second.log') });
        assert.equal((await second.exited).code, 1);
        assert.match(second.log(), /cannot listen/);
    });
});
