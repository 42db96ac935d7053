// providers.test.mjs: the whole road through each provider's wire format: a phone on the handset
// texts, the handset signs its webhook, the ballot is cast, the reply goes out by the provider's
// API, which checks our request, and the receipts come back. That the handset itself is right is
// checked by calling it with the providers' own libraries.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createRequire } from 'node:module';
import { NotifyClient } from 'notifications-node-client';
import twilio from 'twilio';
import { Auth } from '@vonage/auth';
import { SMS } from '@vonage/sms';
import { Browser, until } from '../lib/harness.mjs';
import { held } from './notify.mjs';
import { Town } from './town.mjs';

const require = createRequire(import.meta.url);
const NOTIFY_SERVICE = '26785a09-ab16-4eb0-8407-a37497a57506';
const NOTIFY_KEY = `a key-with-dashes-${NOTIFY_SERVICE}-3d844edf-8d35-48ac-975b-e847b4f122b0`;
const TEMPLATE = 'f33517ff-2a88-4f6e-b855-c550268ce08a';
let town, house, serial = 0;

const files = {
    notify_key: NOTIFY_KEY, twilio_token: 'twilio-token', twilio_secret: 'twilio-token',
    vonage_secret: 'vonage-secret', vonage_signature_secret: 'vonage-signs', africastalking_key: 'atsk_1',
};
const file = (name) => house.secret(name.replace('_', '.'), files[name]);

before(async () => {
    town = await Town.open();
    house = town.house;
    await house.startServer({
        twilio_token: file('twilio_token'),
        vonage_signature_secret: file('vonage_signature_secret'),
    });
});
after(() => town.close());

const handset = (speaks) => house.startHandset({
    speaks, notify_key: file('notify_key'), notify_template: TEMPLATE, twilio_account: 'AC1',
    twilio_token: file('twilio_token'), vonage_key: 'k', vonage_secret: file('vonage_secret'),
    vonage_signature_secret: file('vonage_signature_secret'), africastalking_key: file('africastalking_key'),
});
const startSms = (gateway, more = {}) => town.startSmsWith({
    gateway, dlr_url: `${house.url}/hooks/sms`,
    handset_url: house.handsetUrl, handset_token: house.secret('handset.token'),
    notify_url: house.handsetUrl, notify_key: file('notify_key'), notify_template: TEMPLATE,
    twilio_url: house.handsetUrl, twilio_account: 'AC1', twilio_secret: file('twilio_secret'),
    vonage_url: house.handsetUrl, vonage_key: 'k', vonage_secret: file('vonage_secret'),
    africastalking_url: house.handsetUrl, africastalking_username: 'york', africastalking_key: file('africastalking_key'),
    generic_url: `${house.handsetUrl}/v1/messages`, generic_headers: 'Authorization: Bearer {secret}',
    generic_secret: house.secret('handset.token'), generic_id: 'id',
    generic_body: '{"to":"{to}","from":"{from}","body":"{text}","reference":"{reference}"}',
    ...more,
});
const stats = async () => (await new Browser(house.handsetUrl).request('GET', '/api/stats')).json();
const api = async (path, body) => (await new Browser(house.handsetUrl).request('POST', path, {
    headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).json();
const fault = (mode, more = {}) => api('/api/faults', { mode, ...more });
const phone = () => `+4477009${String(++serial).padStart(5, '0')}`;

// A phone votes; what became of the reply to it.
async function vote() {
    const code = town.code();
    const id = (await api('/api/texts', { from: phone(), to: '60777', body: `VOTE ${code} 1275` })).id;
    const inbox = await until('it is in the inbox', () => house.value(`select id from inbox where message_id = '${id}'`));
    assert.match(await town.reply(inbox), /^Recorded for Westfield: 1275/);
    assert.equal(town.standing(code, 'westfield'), '1275');
    return inbox;
}
const state = (inbox) => house.value(`select state || ' ' || provider from outbox where dedup_key = 'reply:${inbox}'`);

for (const name of ['notify', 'twilio', 'vonage', 'africastalking', 'generic', 'handset'])
    it(`there and back by ${name}`, async () => {
        await handset(name === 'generic' ? 'handset' : name);
        const sms = await startSms(name);
        try {
            const before = await stats();
            for (let i = 0; i < 3; i++) {
                const inbox = await vote();
                await until('the reply is delivered, and we were told', () => state(inbox) === `delivered ${name}`);
            }
            const now = await stats();
            assert.deepEqual([now.unauthorised, now.bad_requests, now.doubled, now.accepted - before.accepted, now.given_up],
                [0, 0, 0, 3, 0]);
        } finally {
            await sms.stop();
            await house.handset.stop();
        }
    });

describe('Twilio in trouble', () => {
    let sms;
    before(async () => {
        await handset('twilio');
        sms = await startSms('twilio');
    });
    after(async () => {
        await sms.stop();
        await house.handset.stop();
    });
    const reply = (from, body) => town.receive([{ from, body }])[0];
    const now = (inbox) => house.rows(`select state, attempts, last_error as error, provider_id as id from outbox
        where dedup_key = 'reply:${inbox}'`)[0];
    const becomes = (inbox, states) => until(`${inbox} is ${states}`, () => {
        town.hurry();
        const is = now(inbox);
        return is && states.includes(is.state) && is;
    }, 30);
    const sent = ['accepted', 'delivered'];
    it('row 2: accepted, but the answer is lost: found in the list by its words and time', async () => {
        const before = (await stats()).accepted;
        const modes = ['close_after_accept', 'broken_answer', 'no_id', 'huge_answer', 'proxy_error'];
        for (const mode of modes) {
            await fault(mode);
            assert.equal((await becomes(reply(phone(), `help ${mode}`), sent)).attempts, 1, mode);
        }
        assert.equal((await stats()).accepted - before, modes.length);
        held(2, 'Twilio: closed, broken, no id, 4 MiB, 502', modes.length);
    });
    it('two alike to one number, both lost: each finds its own', async () => {
        const before = (await stats()).accepted, from = phone();
        await fault('proxy_error', { count: 2 });
        const ids = new Set();
        for (const inbox of [reply(from, 'help'), reply(from, 'help please')])
            ids.add((await becomes(inbox, sent)).id);
        assert.equal((await stats()).accepted - before, 2);
        assert.ok(ids.size === 2 || ids.has(null), 'a receipt may have told first');
    });
    it('row 14: the number refuses all texts (21610): no more to it', async () => {
        const from = phone();
        await fault('blocked');
        assert.equal((await becomes(reply(from, 'help'), ['dead'])).attempts, 1);
        assert.equal((await becomes(reply(from, 'help again'), ['cancelled'])).error, 'blocked');
        const code = town.code();
        const inbox = reply(from, `VOTE ${code} 1275`);
        await town.reply(inbox);
        assert.equal(town.standing(code, 'westfield'), '1275', 'votes count all the same');
        assert.equal((await becomes(inbox, ['cancelled'])).error, 'blocked');
        held(14, '21610 from Twilio', 3);
    });
    it('row 1: errors and throttling: later', async () => {
        const before = (await stats()).accepted;
        for (const mode of ['error', 'throttle', 'redirect']) {
            await fault(mode);
            assert.equal((await becomes(reply(phone(), `help ${mode}`), sent)).attempts, 2, mode);
        }
        assert.equal((await stats()).accepted - before, 3);
        held(1, 'Twilio: 500, 429, 302', 3);
    });
    it('row 12: a text whose webhook got lost is found in the list', async () => {
        await fault('drop', { direction: 'out' });
        const { id } = await api('/api/texts', { from: phone(), to: '60777', body: 'help' });
        house.value('update sms_poll set last_ok = null, lease_until = null');
        await until('it is in the inbox', () =>
            house.value(`select id from inbox where message_id = '${id}' and provider = 'twilio'`));
        held(12, 'Twilio: by the list alone', 1);
    });
    it('another provider takes over, but never what is unknown', async () => {
        await sms.stop();
        sms = await startSms('twilio generic');
        house.value("update sms_gateway set paused_until = clock_timestamp() + interval '1 hour' where name = 'twilio'");
        const inbox = reply(phone(), 'help');
        await until('it went by generic', () => /^(accepted|delivered) generic$/.test(state(inbox)));
        await sms.stop();
        sms = await startSms('twilio generic', { gateway_routes: '+353 generic twilio' });
        town.hurry();
        const [irish, british] = [reply('+353871234567', 'help'), reply(phone(), 'help')];
        await until('by prefix', () => /generic$/.test(state(irish)) && /twilio$/.test(state(british)));
        await fault('proxy_error');
        const lost = reply(phone(), 'help');
        await until('its attempt ended', () =>
            house.value(`select a.outcome from attempt a join outbox o on o.id = a.outbox_id where o.dedup_key = 'reply:${lost}'`) === 'unknown');
        await sms.stop();
        sms = await startSms('generic twilio');
        await becomes(lost, sent);
        assert.match(state(lost), /twilio$/);
    });
});

describe('the handset, called by the providers themselves', () => {
    let url;
    before(async () => {
        await handset('handset');
        url = house.handsetUrl;
    });
    after(() => house.handset.stop());
    it('Notify', async () => {
        const client = new NotifyClient(url, NOTIFY_KEY);
        const sent = await client.sendSms(TEMPLATE, '+447700900123', { personalisation: { body: 'Hello' }, reference: 'r-1' });
        assert.equal(sent.status, 201);
        const { data } = await client.getNotifications('sms', null, 'r-1');
        assert.equal(data.notifications[0].id, sent.data.id);
        await api('/api/texts', { from: '+447700900123', to: '60777', body: 'Hi back' });
        const received = await client.getReceivedTexts();
        assert.equal(received.data.received_text_messages[0].content, 'Hi back');
        assert.equal(received.data.received_text_messages[0].user_number, '447700900123');
        const status = (promise) => promise.then((r) => r.status, (e) => e.response.status);
        assert.equal(await status(client.sendSms('x', '+447700900123', { personalisation: { body: 'x' } })), 400);
        const other = new NotifyClient(url, NOTIFY_KEY.replace(/.$/, '1'));
        assert.equal(await status(other.sendSms(TEMPLATE, '+447700900123', { personalisation: { body: 'x' } })), 403);
        await fault('daily');
        assert.equal(await status(client.sendSms(TEMPLATE, '+447700900123', { personalisation: { body: 'x' } })), 429);
    });
    it('Twilio', async () => {
        class Here extends twilio.RequestClient {
            request(options) {
                return super.request({ ...options, uri: options.uri.replace('https://api.twilio.com', url) });
            }
        }
        const client = twilio('AC1', 'twilio-token', { httpClient: new Here(), accountSid: 'AC1' });
        const sent = await client.messages.create({ to: '+447700900123', from: '60777', body: 'Hello' });
        assert.equal(sent.status, 'queued');
        const list = await client.messages.list({ to: '+447700900123', limit: 5 });
        assert.equal(list[0].sid, sent.sid);
        assert.equal(list[0].body, 'Hello');
        assert.ok(Math.abs(list[0].dateCreated - Date.now()) < 60000);
        await fault('blocked');
        await assert.rejects(client.messages.create({ to: '+447700900123', from: '60777', body: 'x' }), { code: 21610 });
        const other = twilio('AC1', 'wrong', { httpClient: new Here(), accountSid: 'AC1' });
        await assert.rejects(other.messages.create({ to: '+447700900123', from: '60777', body: 'x' }), { code: 20003 });
    });
    it('Vonage', async () => {
        const client = new SMS(new Auth({ apiKey: 'k', apiSecret: 'vonage-secret' }), { restHost: url });
        const sent = await client.send({ to: '447700900123', from: '60777', text: 'Hello', 'client-ref': 'r-9' });
        assert.equal(sent.messages[0].status, '0');
        await fault('throttle');
        await assert.rejects(client.send({ to: '447700900123', from: '60777', text: 'x' }));
    });
    it("Africa's Talking", async () => {
        require('africastalking/lib/common').SMS_URL = `${url}/version1/messaging`;
        const client = require('africastalking')({ apiKey: 'atsk_1', username: 'york' }).SMS;
        const sent = await client.send({ to: ['+254711000001'], message: 'Hello', from: '60777' });
        assert.equal(sent.SMSMessageData.Recipients[0].status, 'Success');
        const other = require('africastalking')({ apiKey: 'wrong', username: 'york' }).SMS;
        await assert.rejects(Promise.resolve(other.send({ to: ['+254711000001'], message: 'x', from: '60777' })));
    });
});
