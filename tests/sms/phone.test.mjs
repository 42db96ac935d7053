// phone.test.mjs: voting by mobile number on the web, from the number to the votes that it opens:
// server, texts and database as they are; and the text about a project that was withdrawn.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { randomBytes } from 'node:crypto';
import { until } from '../lib/harness.mjs';
import { Provider } from './provider.mjs';
import { Town } from './town.mjs';

let town, provider, house;
const sealed = (about, plain) => `'\\x${town.keys.seal(about, plain).toString('hex')}'::bytea`;

before(async () => {
    town = await Town.open();
    ({ house } = town);
    house.value(`
        insert into round (slug, neighbourhood_id, title, kind, opens_at, closes_at, eligibility)
        select 'by-phone', n.id, 'By phone', 'approval', clock_timestamp() - interval '1 day',
               clock_timestamp() + interval '1 day', 'phone'
        from neighbourhood n where n.slug = 'acomb';
        insert into pot (round_id, ordinal, name, amount)
        select id, 1, 'Pot', 100000 from round where slug = 'by-phone';
        insert into proposal (round_id, number, short_name, title, pot_id, cost, state)
        select r.id, 3012, 'P', 'P', t.id, 60000, 'published'
        from round r join pot t on t.round_id = r.id where r.slug = 'by-phone';
        update round set state = 'scheduled', scheduled_at = clock_timestamp(), rules_text = 'r',
            rules_sha256 = sha256('r'), k_pseudonym = ${sealed('round.k_pseudonym', randomBytes(32))},
            k_nonce = ${sealed('round.k_nonce', randomBytes(32))}, seed = '\\x00'
        where slug = 'by-phone'`);
    provider = await Provider.open();
    await town.startSms(provider);
    await house.startServer();
});
after(async () => {
    await town.close();
    await provider.close();
});

// The words of the latest text to a number.
async function text(number, n = 1) {
    const key = `'\\x${town.senderKey(number).toString('hex')}'::bytea`;
    await until(`text ${n} to the phone`, () =>
        Number(house.value(`select count(*) from outbox where recipient_key = ${key}`)) >= n);
    const [row] = house.rows(`select body_sealed::text as body, recipient_sealed::text as recipient
        from outbox where recipient_key = ${key} order by id desc limit 1`);
    assert.equal(town.keys.unseal('outbox.recipient', row.recipient), number);
    return town.keys.unseal('outbox.body', row.body);
}

test('a number, five digits by text, and the votes of that area', async () => {
    const browser = house.browser();
    assert.match((await browser.get('/vote')).text, /Vote with your mobile number/);
    const form = await browser.get('/vote/phone');
    let page = await browser.submit(form, { number: '07700 900 982', area: '' });
    assert.equal(page.status, 422);
    assert.match(page.text, /Enter your postcode, or choose your neighbourhood/);
    assert.match(page.body, /07700 900 982/, 'what was typed stays');
    page = await browser.submit(form, { number: 'Ann', area: 'acomb' });
    assert.match(page.text, /Enter a mobile phone number, like 07700 900 982/);
    page = await browser.submit(form, { number: '07700 900 982', area: 'acomb' });
    assert.equal(page.status, 200, page.text);
    assert.match(page.text, /Which five digits did we text you/);
    const words = await text('+447700900982');
    assert.match(words, /^\d{5} are the digits for voting on the web\. They are good for 10 minutes\./);
    const digits = words.slice(0, 5);
    const wrong = String((Number(digits) + 1) % 100000).padStart(5, '0');
    const where = page.path;
    page = await browser.post(where, { digits: '12' });
    assert.match(page.text, /Enter the five digits from our text/);
    page = await browser.post(where, { digits: wrong });
    assert.equal(page.status, 422);
    assert.match(page.text, /not the digits that we texted last/);
    page = await browser.post(`${where}/again`, '');
    assert.equal(page.status, 429);
    page = await browser.post(where, { digits: `${digits.slice(0, 2)} ${digits.slice(2)}` });
    assert.equal(page.path, '/vote/rounds');
    assert.match(page.text, /By phone/);
    assert.ok(!page.text.includes('knapsack'));
    page = await browser.post(where, { digits });
    assert.equal(page.status, 410, 'digits are good once');
    const dump = house.rows(`select row_to_json(n)::text as n from notice n
        union all select row_to_json(s)::text from sign_in s union all select row_to_json(c)::text from credential c`);
    for (const { n } of dump)
        for (const secret of ['7700900982', digits])
            assert.ok(!n.replace(/[0-9a-f]{32,}/g, '').includes(`"${secret}`), 'kept in clear');
    browser.close();
});

test('three wrong answers end it, new digits replace the old', async () => {
    const browser = house.browser();
    let page = await browser.submit(await browser.get('/vote/phone'), { number: '07700 900 983', area: 'acomb' });
    const where = page.path;
    const first = (await text('+447700900983')).slice(0, 5);
    house.value(`update sign_in set sent_at = sent_at - interval '1 minute'`);
    page = await browser.post(`${where}/again`, '');
    assert.equal(page.status, 200);
    const second = (await text('+447700900983', 2)).slice(0, 5);
    const wrong = ['00000', '11111', '22222', '33333'].filter((d) => d !== first && d !== second);
    if (first !== second) wrong.unshift(first);
    assert.equal((await browser.post(where, { digits: wrong[0] })).status, 422);
    assert.equal((await browser.post(where, { digits: wrong[1] })).status, 422);
    assert.equal((await browser.post(where, { digits: wrong[2] })).status, 410);
    assert.equal((await browser.post(where, { digits: second })).status, 410, 'also for the right ones');
    assert.equal((await browser.get('/vote/phone/nonsense')).status, 404);
    browser.close();
});

test('who voted by text hears that a project was withdrawn', async () => {
    const me = '+447700900984';
    const [inbox] = town.receive([{ from: me, body: 'HELP' }]);
    await town.reply(inbox);
    house.value(`
        insert into officer (email, name, password_hash, totp_sealed) values ('a@x', 'A', '', ''), ('b@x', 'B', '', '');
        insert into amendment (kind, round_id, proposal_id, reason, asked_by)
        select 'withdrawal', p.round_id, p.id, 'Gone', (select min(id) from officer) from proposal p where p.number = 3012;
        insert into notice (kind, amendment_id, inbox_id) select 'withdrawal', a.id, ${inbox} from amendment a;
        select api.sms_notify()`);
    assert.equal(await text(me, 2), 'Project 3012 was withdrawn from the vote. Your other picks count. ' +
        'To change your ballot, reply VOTE, your code and the numbers.');
    assert.equal(house.value('select count(*) from notice where taken_at is null'), '0');
});

test('what we send of our own accord comes from the number that the person texted', async () => {
    const me = '+447700900985';
    const from = () => house.value(`select sender from outbox
        where recipient_key = '\\x${town.senderKey(me).toString('hex')}'::bytea order by id desc limit 1`);
    const signIn = async (n) => {
        const browser = house.browser();
        await browser.submit(await browser.get('/vote/phone'), { number: '07700 900 985', area: 'acomb' });
        browser.close();
        await text(me, n);
    };
    await signIn(1);
    assert.equal(from(), '60777', 'a stranger hears from the number in the settings');
    const [inbox] = town.receive([{ from: me, body: 'HELP', to: '447700900060' }]);
    await town.reply(inbox);
    await signIn(3);
    assert.equal(from(), '447700900060');
});
