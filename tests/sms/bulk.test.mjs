// bulk.test.mjs: texts to those who asked for them, from the box on the web or the word NEWS to the
// phone's screen: server, SMS daemon, handset and database as they are. The database's clock is moved
// by moving rounds; at what hours bulk may go is tested in tests/sql.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openHouse, until } from '../lib/harness.mjs';
import { officersOf, signIn, tokenOf } from '../web/officers.mjs';

const ann = '+447700900201', bob = '+447700900202', cat = '+447700900203';
const at = '/desk/rounds/by-phone/texts';
let house, tom, sam;

const send = async (desk, path, fields) => desk.post(path, { token: tokenOf(await desk.get('/desk')), ...fields });
const turn = (occasion, on) => send(tom, at, { occasion, on });
const bulk = async (number) => (await house.replies(number)).map((m) => m.body).filter((b) => /To end these texts/.test(b));
const got = (number, n) => until(`bulk text ${n} to ${number}`, async () => (await bulk(number)).length >= n, 40);
// Moves a frozen round, as time would.
const move = (slug, opens, closes) => house.value(`set session_replication_role = replica;
    update round set opens_at = clock_timestamp() + interval '${opens}', closes_at = clock_timestamp() + interval '${closes}' where slug = '${slug}'`);
const newRound = (slug, area, title) => house.value(`
    insert into round (slug, neighbourhood_id, title, kind, opens_at, closes_at, eligibility)
    select '${slug}', n.id, '${title}', 'approval', clock_timestamp() - interval '1 day', clock_timestamp() + interval '9 days', 'phone'
    from neighbourhood n where n.slug = '${area}';
    update round set state = 'scheduled', scheduled_at = clock_timestamp(), rules_text = 'r', rules_sha256 = sha256('r'),
        k_pseudonym = '\\x01', k_nonce = '\\x01', seed = '\\x00' where slug = '${slug}'`);

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    newRound('by-phone', 'westfield', 'Westfield by phone');
    newRound('all-york', 'york', 'All of York');
    house.value(`create or replace function api.sms_bulk_at(p_at timestamptz) returns timestamptz language sql as 'select $1'`);
    await house.startServer();
    await house.startHandset();
    await house.startSms();
    const officers = officersOf(house);
    tom = await signIn(house, officers.tom);
    sam = await signIn(house, officers.sam);
});
after(() => house?.close());

test('the box beside the number is consent once the digits prove the number', async () => {
    const browser = house.browser();
    const form = await browser.get('/vote/phone');
    assert.match(form.body, /type="checkbox" id="news" name="news" value="yes"/);
    assert.doesNotMatch(form.body, /name="news"[^>]* checked/, 'nobody is opted in by a default');
    let page = await browser.submit(form, { number: ann, area: '', news: 'yes' });
    assert.match(page.body, /name="news"[^>]* checked/, 'kept while something else is mended');
    page = await browser.submit(await browser.get('/vote/phone'), { number: ann, area: 'westfield', news: 'yes' });
    assert.equal(house.value('select count(*) from sms_consent'), '0');
    const digits = await until('the digits', async () => (await house.replies(ann)).at(-1)?.body.slice(0, 5));
    page = await browser.submit(page, { digits });
    assert.equal(page.path, '/vote/rounds', page.text);
    browser.close();
    const wording = house.value('select wording from sms_consent');
    assert.ok(form.text.includes(wording), 'the words of the page are the words that are kept');
    assert.equal(house.value('select door || (given_at > clock_timestamp() - interval \'1 minute\') from sms_consent'), 'webtrue');
});

test('NEWS asks by text, in the words of the page; STOP ends it', async () => {
    assert.match(await house.ask(bob, 'News'), /We will text you when a vote opens/);
    await house.ask(cat, 'NEWS please');
    const wording = house.value(`select wording from sms_consent where door = 'text' limit 1`);
    const reader = house.browser();
    assert.ok((await reader.get('/text')).text.includes(wording));
    reader.close();
    await house.ask(cat, 'STOP');
    assert.equal(house.value('select string_agg(door || (ended_at is null), \' \' order by id) from sms_consent'), 'webtrue texttrue textfalse');
    assert.equal(house.value('select count(*) from sms_consent where ended_at is not null and number_sealed is not null'), '0');
    for (const row of house.rows('select row_to_json(c)::text as c from sms_consent c'))
        assert.doesNotMatch(row.c.replace(/[0-9a-f]{32,}/g, ''), /77009002/, 'no number in clear');
});

test('an officer sees how many and what it costs, and switches it on; it is off until then', async () => {
    await send(sam, '/desk/providers/handset', { price: '2.5', abroad: '9', rate: '100' });
    const page = await tom.get(at);
    assert.match((await tom.get('/desk/rounds/by-phone')).body, new RegExp(`href="${at}"`));
    assert.match(page.text, /Voting has opened Off From .* Would get it: 1 person, for about £0\.03/);
    assert.match(page.text, /The result is out Off When the result is published, for a week/);
    assert.equal(house.value(`select count(*) from outbox where class = 'bulk'`), '0');
    assert.equal((await turn('opened', 'perhaps')).status, 400);
    assert.equal((await turn('party', 'yes')).status, 409);
    assert.equal((await (await signIn(house, officersOf(house).mina)).get(at)).status, 404, 'another ward');
    assert.match((await turn('opened', 'yes')).text, /Voting has opened On/);
    await got(ann, 1);
    assert.match((await bulk(ann))[0], /^Westfield by phone: you can vote until .*, by text or on the web\. To end these texts, reply STOP\.$/);
    assert.match((await tom.get(at)).text, /Still to get it: 0 people, for about £0\. 1 sent, 0 waiting, 0 not sent/);
    assert.deepEqual([await bulk(bob), await bulk(cat)], [[], []], 'nobody else');
});

test('once for a number, whatever becomes of the daemon', async () => {
    await house.sms.kill();
    await house.startSms();
    await turn('opened', 'no');
    await turn('opened', 'yes');
    move('by-phone', '-9 days', '20 hours');
    assert.match((await tom.get(at)).text, /Voting has opened Over/);
    assert.equal((await turn('opened', 'yes')).status, 409);
    assert.match((await turn('closing', 'yes')).text, /Voting ends soon On/);
    await got(ann, 2);
    const all = await bulk(ann);
    assert.equal(all.length, 2);
    assert.match(all[1], /^Westfield by phone: voting ends soon\. You can vote until /);
});

test('the whole council is for those too of whom nobody knows where they live', async () => {
    await send(sam, '/desk/rounds/all-york/texts', { occasion: 'opened', on: 'yes' });
    await got(ann, 3);
    await got(bob, 1);
    assert.deepEqual(await bulk(cat), [], 'STOP holds');
});

test('paused from the desk; and what waited too long is not sent', async () => {
    newRound('later', 'york', 'Held back');
    await send(sam, '/desk/texts/bulk', { pause: 'yes' });
    await send(sam, '/desk/rounds/later/texts', { occasion: 'opened', on: 'yes' });
    assert.match(await house.ask(bob, 'HELP'), /VOTE/, 'replies go on');
    await send(sam, '/desk/providers/handset/pause', { pause: 'yes' });
    await send(sam, '/desk/texts/bulk', { pause: 'no' });
    await until('both to wait', () => house.value(`select count(*) from outbox where class = 'bulk' and state = 'queued'
        and last_error = 'gateway'`) === '2', 40);
    move('later', '-3 days', '-1 minute');
    await send(sam, '/desk/providers/handset/pause', { pause: 'no' });
    await until('both to be cancelled', () => house.value(`select count(*) from outbox where class = 'bulk'
        and state = 'cancelled' and last_error = 'moot'`) === '2', 40);
    assert.ok(![...await bulk(ann), ...await bulk(bob)].some((b) => b.startsWith('Held back')));
    assert.match((await sam.get('/desk/rounds/later/texts')).text, /Voting has opened Over 0 sent, 0 waiting, 2 not sent/);
});

test('the result, when it is published', async () => {
    await turn('result', 'yes');
    move('by-phone', '-9 days', '-1 hour');
    house.value(`set session_replication_role = replica;
        insert into result (round_id, seed, ballots, web, texts, paper, withdrawn, replaced, eligible, published_at)
        select id, sha256('s'), 1, 1, 0, 0, 0, 0, 9, clock_timestamp() from round where slug = 'by-phone';
        update round set state = 'published' where slug = 'by-phone'`);
    await got(ann, 4);
    assert.match((await bulk(ann))[3], /^Westfield by phone: the votes are counted\./);
    assert.equal(house.value(`select count(*) from (select round_id, occasion, recipient_key from bulk_text group by 1, 2, 3 having count(*) > 1) x`), '0');
    assert.equal((await bulk(ann)).length, new Set(await bulk(ann)).size, 'nothing twice');
    assert.doesNotMatch(house.sms.log() + house.server.log(), /77009002/);
});
