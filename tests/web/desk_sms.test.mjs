// desk_sms.test.mjs: officers who look after texts, with both daemons and the handset: what they see
// of a text's way, a provider paused and resumed, dead letters tried again, a number shown for a
// reason, and what others do not see. By HTTP, then the pages in a browser.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { faults, openChromium, openWindow } from '../lib/chromium.mjs';
import { openHouse, until } from '../lib/harness.mjs';
import { officersOf, signIn, tokenOf } from './officers.mjs';

const phone = '+447700900123';
let house, sam, ada, tom;
const out = (column, where = 'true') => house.value(`select ${column} from outbox where ${where} order by id desc limit 1`);
const audits = (action) => Number(house.value(`select count(*) from audit where action = '${action}'`));
const send = async (desk, path, fields = {}) => desk.post(path, { token: tokenOf(await desk.get('/desk')), ...fields });
const find = (desk, q) => send(desk, '/desk/texts/find', { q });

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    const officers = officersOf(house);
    sam = await signIn(house, officers.sam);
    ada = await signIn(house, officers.ada);
    tom = await signIn(house, officers.tom);
});
after(() => house?.close());

describe('before any text', () => {
    it('the page says so, and that nothing is sent', async () => {
        const page = await sam.get('/desk/texts');
        assert.equal(page.status, 200);
        assert.match(page.text, /wardmote-sms has never run here: texts are kept, but not read and not sent/);
        assert.match(page.text, /No provider has been used yet/);
        assert.match(page.text, /None\. Texts that could not be sent or read are listed here/);
        assert.match(page.text, /£0 of £500 spent or set aside/);
    });

    it('it is in the menu of those whose task it is, and refused to others in words', async () => {
        assert.match((await sam.get('/desk')).body, /href="\/desk\/texts">Texts</);
        assert.match((await ada.get('/desk')).body, /href="\/desk\/texts">Texts</);
        assert.doesNotMatch((await tom.get('/desk')).body, /href="\/desk\/texts"/);
        for (const path of ['/desk/texts', '/desk/texts/in/1', '/desk/providers/handset']) {
            const page = await tom.get(path);
            assert.equal(page.status, 403, path);
            assert.match(page.text, /Only SMS operators and administrators do this/);
        }
        for (const [path, fields] of [['/desk/texts/find', { q: '1234' }], ['/desk/texts/bulk', { pause: 'yes' }],
            ['/desk/texts/budget', { day: '1' }], ['/desk/texts/in/1/replay', {}], ['/desk/texts/out/1/drop', {}], ['/desk/texts/in/1/number', { reason: 'x' }],
            ['/desk/providers/handset', { price: '1', abroad: '1', rate: '1' }], ['/desk/providers/handset/pause', { pause: 'yes' }]])
            assert.equal((await send(tom, path, fields)).status, 403, path);
        assert.equal(house.value(`select count(*) from audit where action ~ '^sms'`), '0');
        const stranger = house.browser();
        assert.match((await stranger.get('/desk/texts')).path, /sign-in/);
        stranger.close();
    });
});

describe('a text and its reply', () => {
    it('are found by number, its last digits and every reference, and never show number or words', async () => {
        await house.startHandset();
        await house.startSms();
        const reply = await house.ask(phone, 'HELP');
        await until('its receipt', () => out('state') === 'delivered');
        const wanted = [phone, '07700 900 123', '0123', '900123', out('client_ref'), out('provider_id'),
            house.value('select message_id from inbox')];
        for (const q of wanted) {
            const page = await find(sam, q);
            assert.equal(page.status, 200, `${q}: ${page.text}`);
            assert.match(page.text, /…0123/, q);
            assert.doesNotMatch(page.body, /7700900123|7700 900/, 'no whole number');
        }
        assert.match((await find(sam, phone)).text, /Reply to …0123 Delivered/);
        assert.match((await find(sam, phone)).text, /Text from …0123 Read/);
        for (const q of ['07700 900 199', '9876', 'no such thing']) assert.equal((await find(sam, q)).status, 404, q);
        assert.equal((await find(sam, '')).status, 422);
        const one = await sam.get(`/desk/texts/out/${out('client_ref')}`);
        assert.match(one.text, /handset: accepted, status 20\d/);
        assert.match(one.text, /receipt: delivered/);
        for (const page of [one, await sam.get('/desk/texts/in/1')]) {
            assert.equal(page.status, 200);
            assert.doesNotMatch(page.body, /HELP/);
            assert.ok(!page.text.includes(reply.slice(0, 20)));
            assert.doesNotMatch(page.text, /Send it again|Read it again/, 'it is over');
        }
        for (const path of ['out/1', 'in/77777', 'in/x', `in/${out('client_ref')}`, 'up/1'])
            assert.equal((await sam.get(`/desk/texts/${path}`)).status, 404, path);
    });

    it('count on the page, by provider', async () => {
        const page = await sam.get('/desk/texts');
        assert.match(page.text, /handset Ready Last hour: 1 sent, 0 failed, 0 unknown\. Last day: 1 sent, 0 failed, 0 unknown\. 0p a segment\. Texts that/);
        assert.doesNotMatch(page.text, /has never run|not been heard of/);
    });
});

describe('a whole number', () => {
    it('is shown for a reason, once, and stands in the audit', async () => {
        const at = `/desk/texts/out/${out('client_ref')}`;
        const none = await send(sam, `${at}/number`, { reason: '' });
        assert.equal(none.status, 422);
        assert.match(none.text, /Enter a reason/);
        assert.equal(audits('sms.reveal'), 0);
        const shown = await send(sam, `${at}/number`, { reason: 'Threat reported to the police' });
        assert.equal(shown.status, 200);
        assert.match(shown.text, /\+447700900123/);
        assert.equal(shown.headers['cache-control'], 'no-store');
        assert.doesNotMatch((await sam.get(at)).body, /7700900123/, 'and not the next time');
        assert.match((await send(ada, '/desk/texts/in/1/number', { reason: 'Wrong person' })).text, /\+447700900123/);
        assert.equal(house.value(`select string_agg(o.name || ': ' || (a.detail ->> 'reason'), ', ' order by a.id)
            from audit a join officer o on o.id = a.officer_id where a.action = 'sms.reveal'`),
        'Sam Clifton: Threat reported to the police, Ada Marsh: Wrong person');
        assert.doesNotMatch(house.server.log(), /7700900123/);
    });
});

describe('a provider', () => {
    it('is paused: replies wait, votes do not, and go when it is resumed', async () => {
        const paused = await send(sam, '/desk/providers/handset/pause', { pause: 'yes' });
        assert.equal(paused.path, '/desk/providers/handset');
        assert.match(paused.text, /Paused until an officer resumes it/);
        await house.text(phone, 'HELP please');
        await until('the reply to wait', () => out('last_error') === 'gateway');
        assert.match((await sam.get('/desk/texts')).text, /To be sent 1 Oldest to be sent \d+ second/);
        assert.match((await sam.get(`/desk/texts/out/${out('client_ref')}`)).text, /No provider of its route is free/);
        assert.equal((await send(sam, '/desk/providers/handset/pause', { pause: 'maybe' })).status, 400);
        assert.equal((await send(sam, '/desk/providers/pigeon/pause', { pause: 'yes' })).status, 404);
        assert.equal((await send(ada, '/desk/providers/handset/pause', { pause: 'no' })).path, '/desk/texts');
        await until('the reply', async () => (await house.replies(phone)).length === 2);
        assert.equal(audits('sms.pause') + audits('sms.resume'), 2);
    });

    it('costs what the contract says', async () => {
        const at = '/desk/providers/handset';
        const wrong = await send(sam, at, { price: 'two', abroad: '7', rate: '10' });
        assert.equal(wrong.status, 422);
        assert.match(wrong.text, /Enter pence a segment in the UK, 0 to 1,000/);
        const all = await send(sam, at, { price: '', abroad: '1001', rate: 'fast' });
        for (const field of ['price', 'abroad', 'rate'])
            assert.match(all.body, new RegExp(`href="#${field}"`), field);
        assert.match(wrong.body, /value="two"/, 'what was typed stays');
        assert.match((await send(sam, at, { price: '2', abroad: '7', rate: '0' })).text, /Enter texts a second/);
        assert.match((await send(sam, at, { price: '2.5', abroad: '7', rate: '10' })).body, /value="2\.5"/);
        assert.match((await sam.get('/desk/texts')).text, /2\.5p a segment/);
        assert.equal((await sam.get('/desk/providers/pigeon')).status, 404);
    });
});

describe('the budget', () => {
    it('warns at four fifths and when it is spent', async () => {
        assert.equal((await send(sam, '/desk/texts/budget', { day: 'much' })).status, 422);
        assert.match((await send(sam, '/desk/texts/budget', { day: '0.10' })).text, /£0 of £0\.10/);
        assert.match((await sam.get('/desk/texts')).body, /name="day"[^>]*value="0\.10"|value="0\.10"[^>]*name="day"/, 'sent as it is, it stays');
        assert.doesNotMatch((await sam.get('/desk/texts')).text, /Four fifths of/);
        house.value(`insert into sms_budget values ((clock_timestamp() at time zone 'Europe/London')::date, 8)`);
        assert.match((await sam.get('/desk/texts')).text, /Four fifths of the day’s budget are spent: bulk texts wait/);
        house.value('update sms_budget set reserved = 10');
        assert.match((await sam.get('/desk/texts')).text, /The day’s budget is spent: votes are counted/);
        await house.text(phone, 'HELP me');
        await until('the reply to wait', () => out('last_error') === 'budget');
        assert.match((await send(sam, '/desk/texts/budget', { day: '' })).text, /There is no budget/);
        await until('the reply', async () => (await house.replies(phone)).length === 3);
    });
});

describe('dead letters', () => {
    it('are listed with their reason and tried once more', async () => {
        // Its receipt comes by itself, and would find it delivered after all.
        await until('the receipt', () => out('state') === 'delivered');
        house.value(`update outbox set state = 'dead', last_error = 'handset answered 400', done_at = clock_timestamp()
                     where id = (select max(id) from outbox);
                     update inbox set state = 'dead', outcome = 'gave_up' where id = 1;
                     delete from inbox_waiting where inbox_id = 1`);
        const page = await sam.get('/desk/texts');
        assert.match(page.text, /Reply to …0123 Given up .* The provider’s word: handset answered 400/);
        assert.match(page.text, /Text from …0123 Given up .* It could not be read in eight tries/);
        const sent = await send(sam, `/desk/texts/out/${out('client_ref')}/replay`);
        assert.equal(sent.status, 200, sent.text);
        await until('the text again', async () => (await house.replies(phone)).length === 4);
        const again = await send(sam, `/desk/texts/out/${out('client_ref')}/replay`);
        assert.equal(again.status, 409);
        assert.match(again.text, /nothing is left to do/);
        const read = await send(sam, '/desk/texts/in/1/replay');
        assert.equal(read.path, '/desk/texts/in/1');
        await until('it to be read', () => house.value('select state from inbox where id = 1') === 'done');
        assert.equal((await house.replies(phone)).length, 4, 'answered already: not twice');
        house.value(`update outbox set state = 'dead', body_sealed = null where id = (select max(id) from outbox)`);
        const erased = await send(sam, `/desk/texts/out/${out('client_ref')}/replay`);
        assert.match(erased.text, /are erased: it cannot be tried again/);
        assert.equal(audits('sms.replay') + audits('sms.replay_inbox'), 2);
    });

    it('are let rest', async () => {
        house.value(`update outbox set state = 'held', body_sealed = 'x' where id = (select max(id) from outbox)`);
        const at = `/desk/texts/out/${out('client_ref')}`;
        assert.match((await sam.get(at)).text, /It may have been sent\. Send it again only if twice does no harm/);
        assert.match((await send(sam, `${at}/drop`)).text, /Not sent Why An officer let it rest/);
        assert.equal((await send(sam, `${at}/drop`)).status, 409);
        assert.equal((await send(sam, '/desk/texts/in/1/drop')).status, 404);
        assert.match((await sam.get('/desk/texts')).text, /None\. Texts that could not be sent/);
        house.value(`select api.sms_alarm_raise('webhook_lost:handset')`);
        assert.match((await sam.get('/desk/texts')).text, /Texts came from handset today only because we asked/);
        assert.equal(audits('sms.drop'), 1);
    });
});

// What SQL and the daemon write down for a text that they do not send.
function reasons() {
    const folder = (at) => {
        const here = new URL(`../../${at}/`, import.meta.url);
        return readdirSync(here).filter((f) => /\.(sql|c)$/.test(f)).map((f) => readFileSync(new URL(f, here), 'utf8'));
    };
    const functions = folder('schema/functions').map((text) => text.replaceAll(/--.*$/gm, ''));
    const quoted = (text) => [...text.matchAll(/(?:=|then|else) '([^']+)'/g)].map((m) => m[1]);
    const written = functions.flatMap((f) => f.match(/last_error = [^,;]*/g) ?? []).flatMap(quoted);
    const intended = functions.flatMap((f) => f.match(/v_why := [^;]*/g) ?? []).flatMap(quoted);
    const refused = quoted(functions.find((f) => f.includes('function api.sms_out_refused')).split('select case')[1]).filter((w) => !['provider', 'bulk', 'reply'].includes(w));
    const daemon = folder('sms').flatMap((c) => [...c.matchAll(/verdict\.error, sizeof t->verdict\.error, "([^"%]+)"/g)]).map((m) => m[1]);
    return { refused, written, intended, daemon };
}

describe('a reason', () => {
    it('is told in words, on its page and in the record, whatever code was kept', async () => {
        const found = reasons();
        for (const [where, codes] of Object.entries(found)) assert.ok(codes.length > 0, where);
        const codes = new Set(Object.values(found).flat());
        for (const code of ['blocked', 'stopped', 'moot', 'loop', 'limit', 'dropped', 'budget', 'hours', 'paused', 'rate', 'gateway']) assert.ok(codes.has(code), code);
        const one = house.value('select max(id) from outbox');
        for (const code of codes) {
            house.value(`update outbox set state = 'cancelled', last_error = '${code}' where id = ${one};
                insert into audit (officer_id, action, object, detail) select id, 'sms.drop', 'text ${code}',
                    jsonb_build_object('was', 'dead', 'error', '${code}') from officer where email like 'ada@%'`);
            const [, words] = /Not sent Why (.*?) To …0123/.exec((await sam.get(`/desk/texts/out/${out('client_ref')}`)).text) ?? [];
            assert.ok(words && words !== code && !/provider’s word/.test(words), `${code}: ${words}`);
            const record = await ada.get(`/desk/audit?q=${encodeURIComponent(code)}`);
            assert.ok(record.text.includes(`Why it was not sent: ${words}; State before: Given up`), `${code}: ${record.text}`);
        }
        const steps = `update attempt set outcome = 'unknown', error = 'lease ran out' where outbox_id = ${one}`;
        house.value(steps);
        assert.match((await sam.get(`/desk/texts/out/${out('client_ref')}`)).text, /handset: it may have been sent, status 20\d\. The daemon that sent it died on the way/);
    });
});

describe('bulk texts', () => {
    it('are paused and resumed', async () => {
        assert.match((await send(sam, '/desk/texts/bulk', { pause: 'yes' })).text, /Paused since .* Resume bulk texts/);
        assert.match((await send(sam, '/desk/texts/bulk', { pause: 'no' })).text, /Pause bulk texts/);
        assert.equal((await send(sam, '/desk/texts/bulk', { pause: '' })).status, 400);
    });
});

describe('its pages', () => {
    it('for eyes and for axe', async () => {
        await send(sam, '/desk/providers/handset/pause', { pause: 'yes' });
        await send(sam, '/desk/texts/bulk', { pause: 'yes' });
        house.value(`update sms_limits set day_pence = 10`);
        house.value(`insert into round (slug, neighbourhood_id, title, kind, opens_at, closes_at, eligibility)
            select 'by-phone', n.id, 'By phone', 'approval', clock_timestamp() - interval '1 day', clock_timestamp() + interval '9 days', 'phone'
            from neighbourhood n where n.slug = 'westfield';
            update round set state = 'scheduled', scheduled_at = clock_timestamp(), rules_text = 'r', rules_sha256 = sha256('r'),
                k_pseudonym = '\\x01', k_nonce = '\\x01', seed = '\\x00' where slug = 'by-phone'`);
        const browser = await openChromium();
        for (const width of [360, 1280]) {
            const cookies = [...sam.cookies].map(([name, value]) => ({ name, value, url: sam.base }));
            const page = await openWindow(browser, { width, cookies });
            for (const path of ['/desk/texts', `/desk/texts/out/${out('client_ref')}`,
                '/desk/texts/in/1', '/desk/providers/handset',
                '/desk/rounds/westfield-2026/texts', '/vote/phone', '/text']) {
                await page.goto(sam.base + path);
                assert.deepEqual(await faults(page), [], path);
            }
            await page.goto(`${sam.base}/desk/texts`);
            await page.fill('#q', '0123');
            await page.click('text=Find it');
            assert.deepEqual(await faults(page), [], 'found');
        }
        await browser.close();
    });
});
