// webhooks.test.mjs: the webhooks of providers far away, signed by the providers' own libraries,
// and the spool that keeps texts while the database is away.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, createHmac, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { after, before, describe, it } from 'node:test';
import twilio from 'twilio';
import { SMS } from '@vonage/sms';
import { openHouse, until } from '../lib/harness.mjs';

let house, settings;
const TWILIO_TOKEN = 'twilio-token-0123456789abcdef';
const VONAGE_SECRET = 'vonage-signature-secret';

before(async () => {
    house = await openHouse();
    settings = {
        twilio_token: house.secret('twilio.token', TWILIO_TOKEN),
        vonage_signature_secret: house.secret('vonage.secret', VONAGE_SECRET),
        vonage_signature_method: 'sha256',
        generic_text: 'id=message.id from=message.sender to=message.to text=message.text at=sent',
        spool_file: house.file('spool'),
    };
    await house.startServer(settings);
});
after(() => house.close());

const ask = (method, path, options) => house.browser().request(method, path, options);
const form = (fields) => new URLSearchParams(fields).toString();
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const bearer = () => ({
    authorization: `Bearer ${house.secrets['hook.secret']}`,
    'content-type': 'application/json',
});
const inbox = (id) =>
    house.rows(`select provider, endpoint, message_id, state, sent_at from inbox where message_id = '${id}'`);
const count = () => Number(house.value('select count(*) from inbox'));

describe('Twilio', () => {
    const fields = (more) => ({
        MessageSid: `SM${randomUUID()}`, AccountSid: 'AC1', From: '+447700900001', To: '+447700900777',
        Body: ' VOTE 123 & 456=7 ', NumMedia: '0', SomethingNew: 'as they please', ...more,
    });
    const post = (body, { path = '/hooks/sms/twilio', signature, token = TWILIO_TOKEN, url } = {}) =>
        ask('POST', path, {
            headers: {
                ...FORM,
                'x-twilio-signature':
                    signature ?? twilio.getExpectedTwilioSignature(token, url ?? `${house.url}${path}`, body),
            },
            body: form(body),
        });
    it('a signed text is kept once, with whatever else it says', async () => {
        const body = fields();
        for (let i = 0; i < 3; i++) assert.equal((await post(body)).status, 200);
        const kept = inbox(body.MessageSid);
        assert.equal(kept.length, 1);
        assert.deepEqual([kept[0].provider, kept[0].endpoint, kept[0].state], ['twilio', '447700900777', 'new']);
    });
    it('row 11: wrong, missing, stale or tampered signatures: 403 and nothing kept', async () => {
        const before = count();
        const body = fields();
        const good = twilio.getExpectedTwilioSignature(TWILIO_TOKEN, `${house.url}/hooks/sms/twilio`, body);
        const cases = [
            { token: 'another' }, { signature: '' }, { signature: good.toLowerCase() },
            { signature: `${good}=` }, { url: 'https://elsewhere.example/hooks/sms/twilio' },
            { url: `${house.url}/hooks/sms/twilio?x=1` }, { path: '/hooks/sms/twilio?x=1', signature: good },
        ];
        for (const how of cases) assert.equal((await post(body, how)).status, 403, JSON.stringify(how));
        assert.equal((await post({ ...body, Body: 'VOTE 9' }, { signature: good })).status, 403);
        assert.equal((await post({ ...body, Extra: '1' }, { signature: good })).status, 403);
        assert.equal((await ask('POST', '/hooks/sms/twilio', { headers: FORM, body: form(body) })).status, 403);
        assert.equal(count(), before);
        assert.equal((await post(body, { signature: good })).status, 200);
        assert.equal((await post(body, { signature: good })).status, 200, 'a replay');
        assert.equal(count(), before + 1);
    });
    it('authentic but not a text: quarantine, once', async () => {
        const body = fields({ From: '' });
        assert.equal((await post(body)).status, 200);
        assert.equal((await post(body)).status, 200);
        assert.equal(inbox(body.MessageSid)[0].state, 'quarantined');
    });
    it('what Twilio answered itself is kept as such, also by way of the spool', async () => {
        const did = (body) => house.value(`select provider_did from inbox where message_id = '${body.MessageSid}'`);
        for (const [OptOutType, kept] of [['STOP', 'stop'], ['START', 'start'], ['HELP', 'help'], ['LATER', '']]) {
            const body = fields({ OptOutType, Body: 'koniec' });
            assert.equal((await post(body)).status, 200);
            assert.equal(did(body), kept);
        }
        const spooled = fields({ OptOutType: 'STOP', Body: 'koniec' });
        await house.killDatabase();
        assert.equal((await post(spooled)).status, 200);
        house.startDatabase();
        await until('it is in the inbox', () => did(spooled) === 'stop');
    });
    it('status callbacks carry our reference in their address', async () => {
        const ref = randomUUID();
        const path = `/hooks/sms/twilio/status?ref=${ref}`;
        for (const MessageStatus of ['sent', 'delivered', 'sending', 'nonsense'])
            assert.equal((await post({ MessageSid: 'SM1', MessageStatus, To: '+44' }, { path })).status, 200);
        assert.equal((await post({ MessageStatus: 'failed' }, { path, token: 'x' })).status, 403);
        assert.deepEqual(house.rows(`select status from dlr where client_ref = '${ref}' order by 1`).map((d) => d.status),
            ['accepted', 'delivered']);
    });
});

describe('Notify', () => {
    const text = (more) => ({
        id: randomUUID(), source_number: '447700900002', destination_number: '07700900777',
        message: 'VOTE', date_received: '2026-11-22T12:15:30.000000Z', ...more,
    });
    const post = (body, path = '', headers = bearer()) =>
        ask('POST', `/hooks/sms/notify${path}`, { headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
    it('a text by bearer; national numbers are ours all the same', async () => {
        const body = text();
        assert.equal((await post(body)).status, 200);
        assert.equal((await post(body)).status, 200);
        const [kept] = inbox(body.id);
        assert.equal(kept.endpoint, '447700900777');
        assert.equal(new Date(kept.sent_at).toISOString(), '2026-11-22T12:15:30.000Z');
        assert.equal((await post(text(), '', {})).status, 403);
        assert.equal((await post(text(), '', { authorization: 'Bearer x' })).status, 403);
        assert.equal((await post(text(), '', { authorization: bearer().authorization.slice(0, -1) })).status, 403);
    });
    it('row 7: the same id with other words: the first stay, and an alarm', async () => {
        const body = text();
        await post(body);
        const words = () => house.value(`select body_sealed from inbox where message_id = '${body.id}'`);
        const first = words();
        const alarms = () => house.value("select coalesce(sum(times), 0) from sms_alarm where name = 'text_changed:notify'");
        const before = alarms();
        assert.equal((await post({ ...body, message: 'vote ' })).status, 200);
        assert.equal(alarms(), before, 'the same text');
        assert.equal((await post({ ...body, message: 'VOTE 2' })).status, 200);
        assert.equal(words(), first);
        assert.equal(Number(alarms()), Number(before) + 1, 'and an operator is told');
    });
    it('row 7: 32 at the same moment: one', async () => {
        const body = text();
        const all = await Promise.all(Array.from({ length: 32 }, () => post(body)));
        assert.ok(all.every((page) => page.status === 200));
        assert.equal(inbox(body.id).length, 1);
    });
    it('row 10: what cannot be read: quarantine and 200', async () => {
        const before = Number(house.value("select count(*) from inbox where state = 'quarantined'"));
        const deep = `${'{"a":'.repeat(50)}1${'}'.repeat(50)}`;
        const broken = ['', '{', '[]', '{"id":"a","id":"b"}', deep, text({ source_number: undefined }),
            text({ message: 'a\0b' }), `{"id":"\\ud83d"}`, text({ id: 'x'.repeat(300) }),
            JSON.stringify(Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`k${i}`, 1])))];
        for (const body of broken) assert.equal((await post(body)).status, 200, JSON.stringify(body).slice(0, 60));
        assert.equal(Number(house.value("select count(*) from inbox where state = 'quarantined'")) - before, broken.length);
    });
    it('receipts by reference', async () => {
        const reference = randomUUID();
        for (const status of ['delivered', 'sending', 'permanent-failure'])
            assert.equal((await post({ id: randomUUID(), reference, status }, '/receipt')).status, 200);
        assert.equal((await post({ id: randomUUID(), reference: null, status: 'delivered' }, '/receipt')).status, 200);
        assert.equal((await post('{', '/receipt')).status, 200);
        assert.deepEqual(house.rows(`select status from dlr where client_ref = '${reference}' order by 1`).map((d) => d.status),
            ['accepted', 'delivered', 'undelivered']);
    });
});

describe('Vonage', () => {
    // As its documentation has it; its own library vouches for each signature that we make.
    const sign = (fields, algorithm = 'sha256', secret = VONAGE_SECRET) => {
        const all = { timestamp: String(Math.floor(Date.now() / 1000)), nonce: randomUUID(), ...fields };
        const text = Object.keys(all).sort().map((k) => `&${k}=${String(all[k]).replace(/[&=]/g, '_')}`).join('');
        const sig = algorithm === 'md5hash'
            ? createHash('md5').update(text + secret).digest('hex')
            : createHmac(algorithm, secret).update(text).digest('hex');
        assert.ok(new SMS({ apiKey: 'k', apiSecret: 's' }).verifySignature(sig, all, secret,
            { md5hash: 'MD5HASH', md5: 'MD5HMAC', sha1: 'SHA1HMAC', sha256: 'SHA256HMAC', sha512: 'SHA512HMAC' }[algorithm]));
        return { ...all, sig };
    };
    const text = (more) => ({
        msisdn: '447700900003', to: '447700900777', messageId: randomUUID(), text: 'VOTE 1&2=3',
        type: 'text', keyword: 'VOTE', 'message-timestamp': '2026-11-22 10:00:00', ...more,
    });
    const get = (fields, path = '') => ask('GET', `/hooks/sms/vonage${path}?${form(fields)}`);
    it('signed texts by GET, form and JSON', async () => {
        const [a, b, c] = [text(), text(), text()];
        assert.equal((await get(sign(a))).status, 200);
        assert.equal((await ask('POST', '/hooks/sms/vonage', { headers: FORM, body: form(sign(b)) })).status, 200);
        assert.equal((await ask('POST', '/hooks/sms/vonage', {
            headers: { 'content-type': 'application/json' }, body: JSON.stringify(sign(c)) })).status, 200);
        for (const { messageId } of [a, b, c]) assert.equal(inbox(messageId)[0]?.state, 'new');
    });
    it('row 11: wrong, old or tampered signatures: 403', async () => {
        const good = sign(text());
        assert.equal((await get({ ...good, sig: good.sig.toUpperCase() })).status, 200, 'either case');
        assert.equal((await get({ ...good, text: 'VOTE 2' })).status, 403);
        assert.equal((await get({ ...good, sig: '' })).status, 403);
        assert.equal((await get(text())).status, 403);
        assert.equal((await get(sign(text(), 'sha1'))).status, 403);
        assert.equal((await get(sign(text(), 'sha256', 'other'))).status, 403);
        for (const off of [-400, 400])
            assert.equal((await get(sign(text({ timestamp: String(Math.floor(Date.now() / 1000) + off) })))).status, 403);
    });
    const part = (of, n, words, more = {}) =>
        text({ messageId: `${of.ref}-${n}`, text: words, concat: 'true', 'concat-ref': of.ref, 'concat-total': String(of.total),
            'concat-part': String(n), msisdn: of.from ?? '447700900003', ...more });
    it('row 9: parts in any order, doubled and between two senders, become one text each', async () => {
        const a = { ref: 'r1', total: 3 }, b = { ref: 'r1b', total: 2, from: '447700900004' };
        for (const p of [part(a, 3, 'C'), part(b, 2, 'Y'), part(a, 1, 'A'), part(a, 3, 'C'), part(b, 1, 'X'), part(a, 2, 'B'), part(a, 2, 'B')])
            assert.equal((await get(sign(p))).status, 200);
        assert.deepEqual([inbox('r1-1').length, inbox('r1-2').length, inbox('r1b-1').length], [1, 0, 1]);
        // The lengths show that all words are there: they are sealed, with 29 bytes more.
        assert.equal(house.value("select octet_length(body_sealed) from inbox where message_id = 'r1-1'"), '32');
    });
    it('row 9: two last parts at the same moment', async () => {
        for (let i = 0; i < 10; i++) {
            const of = { ref: `twin${i}`, total: 2 };
            await Promise.all([1, 2].map((n) => get(sign(part(of, n, 'x')))));
            assert.equal(inbox(`twin${i}-1`).length, 1);
        }
    });
    it('row 9: nonsense about parts: quarantine', async () => {
        for (const [total, n] of [['0', '1'], ['255', '1'], ['2', '3'], ['2', '0'], ['x', '1']]) {
            const p = part({ ref: `bad${total}${n}`, total }, n, 'x');
            assert.equal((await get(sign(p))).status, 200);
            assert.equal(inbox(p.messageId)[0]?.state, 'quarantined', `${n} of ${total}`);
        }
    });
    it('row 9: a part whose others never come ends in quarantine; the same reference is used again', async () => {
        await get(sign(part({ ref: '7', total: 2 }, 1, 'old', { messageId: 'old-7' })));
        house.value("update sms_part set received_at = received_at - interval '31 minutes' where ref = '7'");
        assert.equal(house.value('select api.sms_parts_late(clock_timestamp())'), '1');
        assert.equal(inbox('old-7')[0].state, 'quarantined');
        await get(sign(part({ ref: '7', total: 2 }, 1, 'left', { messageId: 'left-7' })));
        house.value("update sms_part set received_at = received_at - interval '31 minutes' where ref = '7'");
        await get(sign(part({ ref: '7', total: 2 }, 2, 'b', { messageId: 'new-7b' })));
        await get(sign(part({ ref: '7', total: 2 }, 1, 'a', { messageId: 'new-7a' })));
        assert.equal(inbox('new-7a').length, 1);
        assert.equal(inbox('left-7').length, 0);
    });
    it('receipts by our reference', async () => {
        const ref = randomUUID();
        assert.equal((await get(sign({ msisdn: '44', messageId: 'v1', status: 'delivered', 'client-ref': ref }), '/receipt')).status, 200);
        assert.equal((await get({ messageId: 'v1', status: 'failed', 'client-ref': ref }, '/receipt')).status, 403);
        assert.equal(house.value(`select status from dlr where client_ref = '${ref}'`), 'delivered');
    });
});

describe("Africa's Talking, and any other", () => {
    const secret = () => house.secrets['hook.secret'];
    it('a secret in the address; two forms of time', async () => {
        const fields = { id: randomUUID(), text: 'VOTE', from: '+254711000001', to: '60777', date: '2026-11-22 10:00:00', linkId: 'l' };
        const post = (query, body) => ask('POST', `/hooks/sms/africastalking${query}`, { headers: FORM, body: form(body) });
        assert.equal((await post('', fields)).status, 403);
        assert.equal((await post('?secret=x', fields)).status, 403);
        assert.equal((await post(`?secret=${secret()}`, fields)).status, 200);
        assert.equal((await post(`?secret=${secret()}`, { ...fields, id: `${fields.id}z`, date: '2026-11-22T10:00:00Z' })).status, 200);
        for (const id of [fields.id, `${fields.id}z`])
            assert.equal(new Date(inbox(id)[0].sent_at).getTime(), 1795341600000);
        assert.equal((await ask('POST', `/hooks/sms/africastalking/receipt?secret=${secret()}`, {
            headers: FORM, body: form({ id: 'ATXid_early', status: 'Success' }) })).status, 200);
        assert.equal(house.value("select status from sms_receipt_early where provider_id = 'ATXid_early'"), 'delivered');
    });
    it('generic: the settings say where things stand', async () => {
        const id = randomUUID();
        const body = JSON.stringify({ sent: 1795341600, message: { id, sender: '447700900005', to: '60777', text: 'VOTE' } });
        assert.equal((await ask('POST', '/hooks/sms/generic', { headers: bearer(), body })).status, 200);
        assert.equal(new Date(inbox(id)[0].sent_at).getTime(), 1795341600000);
        assert.equal((await ask('POST', '/hooks/sms/generic', { headers: {}, body })).status, 403);
        const query = form({ 'message.id': `${id}q`, 'message.sender': '07700900005', 'message.to': '60777', 'message.text': 'x', secret: secret() });
        assert.equal((await ask('GET', `/hooks/sms/generic?${query}`)).status, 200);
        assert.equal(inbox(`${id}q`)[0].state, 'new');
        const ref = randomUUID();
        assert.equal((await ask('GET', `/hooks/sms/generic/receipt?${form({ secret: secret(), reference: ref, status: 'DELIVRD' })}`)).status, 200);
        assert.equal(house.value(`select status from dlr where client_ref = '${ref}'`), 'delivered');
    });
});

describe('the spool', () => {
    const post = (id, message = 'VOTE') => ask('POST', '/hooks/sms/notify', { headers: bearer(), body: JSON.stringify({
        id, source_number: '447700900006', destination_number: '60777', message, date_received: '2026-11-22T12:15:30Z' }) });
    const kept = () => house.rows("select message_id as id from inbox where message_id like 'sp-%' order by id").map((r) => r.id);
    it('row 6: the database goes: texts are taken, and come into the inbox in order when it is back', async () => {
        await house.killDatabase();
        for (let i = 10; i < 40; i++) assert.equal((await post(`sp-${i}`)).status, 200, `sp-${i}`);
        assert.ok(fs.statSync(house.file('spool')).size > 30 * 50);
        assert.ok(!fs.readFileSync(house.file('spool')).includes('VOTE'), 'sealed');
        house.startDatabase();
        await until('all are in the inbox', () => kept().length === 30);
        assert.deepEqual(house.rows("select message_id as id from inbox where message_id like 'sp-%' order by inbox.id").map((r) => r.id),
            Array.from({ length: 30 }, (_, i) => `sp-${i + 10}`));
        assert.equal(house.value(`select bool_and(received_at < clock_timestamp() - interval '10 ms') from inbox where message_id like 'sp-%'`), 't');
        await until('the spool is empty', () => fs.statSync(house.file('spool')).size === 0);
    });
    it('row 6: kill -9 with texts in the spool and half a record behind them: nothing acknowledged is lost', async () => {
        await house.killDatabase();
        for (let i = 0; i < 5; i++) assert.equal((await post(`sp-kill-${i}`)).status, 200);
        await house.server.kill();
        fs.appendFileSync(house.file('spool'), Buffer.from([0, 0, 1, 0, 1, 2, 3]));
        house.startDatabase();
        await house.startServer(settings);
        await until('all five', () => kept().filter((id) => id.startsWith('sp-kill')).length === 5);
        assert.equal((await post('sp-kill-2')).status, 200, 'delivered again');
        assert.equal(inbox('sp-kill-2').length, 1);
        await until('the spool is empty', () => fs.statSync(house.file('spool')).size === 0);
    });
    it('the disk is full in the middle of a record: try again, and neither it nor a later text spoils the others', async () => {
        await house.killDatabase();
        assert.equal((await post('sp-full-0')).status, 200);
        const size = () => fs.statSync(house.file('spool')).size;
        // As a full disk does it: as much as fits is written, then an error.
        const limit = (bytes) => execFileSync('prlimit', ['--pid', String(house.server.pid), `--fsize=${bytes}:`]);
        const before = size();
        limit(before + 40);
        const refused = await post('sp-full-1');
        assert.equal(refused.status, 503);
        assert.match(refused.headers['retry-after'], /^\d+$/);
        assert.equal(size(), before, 'nothing of it stays');
        limit('unlimited');
        assert.equal((await post('sp-full-2', 'A')).status, 200);
        house.startDatabase();
        await until('the spool is empty', () => size() === 0);
        assert.deepEqual(kept().filter((id) => id.startsWith('sp-full')), ['sp-full-0', 'sp-full-2']);
        assert.equal((await post('sp-full-1')).status, 200, 'as the provider tries it again');
    });
    it('a spool that another process holds: the second does not start', async () => {
        const { Daemon, build } = await import('../lib/harness.mjs');
        const config = house.write('second.conf', fs.readFileSync(house.file('server.conf'), 'utf8')
            .replace(/^listen.*$/m, 'listen = 127.0.0.1:0'));
        const second = new Daemon('wardmote-server', `${build}/bin/wardmote-server`, ['--config', config], { logFile: house.file('second.log') });
        assert.equal((await second.exited).code, 1);
        assert.match(second.log(), /spool_file cannot be used/);
    });
    it('nothing personal is logged', () => {
        for (const word of ['7700900', 'VOTE', TWILIO_TOKEN, VONAGE_SECRET, house.secrets['hook.secret']])
            assert.ok(!house.server.log().includes(word), word);
    });
});
