// desk_paper.test.mjs: sealed batches of paper and votes that a clerk types: through the same ballot
// box as every other ballot, reconciled, and waited for by the count.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openHouse } from '../lib/harness.mjs';
import { count, london, officersOf, signIn, tokenOf, turnsNow } from './officers.mjs';

const at = '/desk/rounds/holgate-paper';
let house, mina, sam, tom, codes, serials, numbers;

// A round of Holgate that asks for an age, open since yesterday's noon, and codes for it.
async function openRound() {
    const page = await mina.get('/desk/rounds/new');
    const opens = london(3600), closes = london(2 * 86400);
    await mina.submit(page, {
        area: 'holgate', title: 'Holgate paper', about: '', kind: 'points', points_sum: '10', points_max: '6',
        minimum_age: '16', blank: 'yes', grace: '0', minimum_votes: '0', pot1_name: 'Pot', pot1_amount: '1000',
        opens_date: opens.date, opens_time: opens.time, closes_date: closes.date, closes_time: closes.time,
    }, { form: '/desk/rounds/new' });
    for (const short of ['Bench', 'Trees']) {
        const preview = await mina.submit(await mina.get(`${at}/proposals`),
            { title: short, short_name: short, cost: '400', pot: '1', then: 'preview' }, { form: `${at}/proposals` });
        await mina.submit(preview, {}, { form: /publish$/ });
    }
    await mina.submit(await mina.get(at), {}, { form: `${at}/review` });
    await sam.submit(await sam.get(at), {}, { form: `${at}/approve` });
    const scheduled = await mina.submit(await mina.get(at), {}, { form: `${at}/schedule` });
    assert.match(scheduled.text, /by itself/, scheduled.text);
    const csv = await mina.submit(await mina.get('/desk/codes'),
        { area: 'holgate', how_many: '6', format: 'csv', addresses: '' }, { form: '/desk/codes' });
    const lines = csv.body.trim().split('\r\n').slice(1).map((l) => l.split('","'));
    codes = lines.map((l) => l[1]);
    serials = lines.map((l) => l[0].slice(1));
    numbers = house.value(`select string_agg(to_char(p.number, 'FM0000'), ' ' order by p.number) from proposal p
        join round r on r.id = p.round_id where r.slug = 'holgate-paper'`).split(' ');
    // No officer could move a frozen opening so, and no test should be in haste before one.
    house.value(`set session_replication_role = replica;
        update round set opens_at = ((clock_timestamp() at time zone 'Europe/London')::date - 1 + time '12:00')
            at time zone 'Europe/London' where slug = 'holgate-paper'; notify content`);
    assert.equal(phase(), 'open');
}
const phase = () => house.value(`select phase from api.desk_round(1, 'holgate-paper')`);

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    const officers = officersOf(house);
    mina = await signIn(house, officers.mina);
    sam = await signIn(house, officers.sam);
    tom = await signIn(house, officers.tom);
    await openRound();
});
after(() => house?.close());

describe('paper and assisted ballots', () => {
    let batch;

    it('a sealed batch is opened; what is wrong is said', async () => {
        const empty = await mina.submit(await mina.get(`${at}/paper`), {}, { form: `${at}/paper` });
        assert.equal(empty.status, 422);
        for (const field of ['place', 'collected_date', 'collected_time', 'ballots'])
            assert.match(empty.body, new RegExp(`href="#${field}"`));
        const now = london(-1);
        const fields = { place: 'Library <1>', collected_date: now.date, collected_time: now.time, ballots: '3' };
        const early = await mina.submit(empty, { ...fields, collected_date: '1/1/2020' }, { form: `${at}/paper` });
        assert.match(early.text, /while the round was open/);
        const [date, time] = house.value(`select to_char(opens_at at time zone 'Europe/London', 'DD/MM/YYYY HH24:MI:SS')
            from round where slug = 'holgate-paper'`).split(' ');
        const opened = await mina.submit(early, { ...fields, collected_date: date, collected_time: time },
            { form: `${at}/paper` });
        assert.match(opened.path, /\/paper\/\d+$/, opened.text);
        batch = opened.path;
        assert.match(opened.text, /Library <1>/);
        for (const path of [`${at}/paper`, batch, `${at}/assisted`])
            assert.equal((await tom.get(path)).status, 404, 'not for an officer of another ward');
    });

    const enter = async (fields, where = batch) =>
        mina.submit(await mina.get(where), fields, { form: where });

    it('ballots are typed in by code or serial, under the same rules', async () => {
        const unknown = await enter({ code: 'XX-1', ballot: `${numbers[0]}=5` });
        assert.equal(unknown.status, 422);
        assert.match(unknown.text, /no such code/);
        assert.match(unknown.text, /Holgate paper Library <1> Sealed 3 Entered 0/, 'which batch, and how far');
        const both = await enter({ code: '', ballot: numbers[0] });
        assert.match(both.text, /There is a problem Enter the voting code Write each number with its points/);
        const shape = await enter({ code: codes[0], ballot: numbers[0] });
        assert.match(shape.text, /Write each number with its points/);
        const undeclared = await enter({ code: codes[0], ballot: `${numbers[0]}=5` });
        assert.equal(undeclared.status, 422);
        assert.match(undeclared.text, /asks for a declaration/);
        const over = await enter({ code: codes[0], ballot: `${numbers[0]}=7`, declared: 'yes' });
        assert.match(over.text, /more than 6 points.* Library <1> Sealed 3 Entered 0/);
        assert.match(over.body, /id="declared"/);
        assert.match(over.body, new RegExp(`value="${numbers[0]}=7"`), 'what was typed is kept');
        const many = await enter({ code: codes[0], ballot: `${numbers[0]}=6 ${numbers[1]}=5`, declared: 'yes' });
        assert.match(many.text, /11 points are given, and there are 10/);
        assert.equal(house.value(`select count(*) from revision where channel > 2`), '0');
        const first = await enter({ code: codes[0], ballot: `${numbers[0]}=6 ${numbers[1]}=4`, declared: 'yes' });
        assert.equal(first.path, batch, first.text);
        assert.match(first.text, /1 is entered: 2 are left/);
        assert.match(first.text, new RegExp(`R[0-9A-Z]{4}-.*code ${serials[0]}, by Mina Holt`));
        const second = await enter({ code: serials[1].toLowerCase(), ballot: 'blank', declared: 'yes' });
        assert.match(second.text, /Sealed 3 Entered 2/);
        assert.equal(house.value(`select string_agg(format('%s %s %s %s', channel, cardinality(numbers), cast_at = r.opens_at,
            o.name), ', ' order by cardinality(numbers)) from revision x join round r on r.id = x.round_id
            join officer o on o.id = x.clerk_id where r.slug = 'holgate-paper'`), '3 0 t Mina Holt, 3 2 t Mina Holt');
    });

    it('the same form twice is one ballot', async () => {
        const page = await mina.get(batch);
        const fields = { code: codes[2], ballot: `${numbers[1]}=2`, declared: 'yes' };
        const once = await mina.submit(page, fields, { form: batch });
        await mina.submit(page, fields, { form: batch });
        assert.match(once.text, /Sealed 3 Entered 3/);
        assert.equal(house.value('select count(*) from revision where channel = 3'), '3');
        const other = await mina.submit(page, { ...fields, ballot: `${numbers[0]}=2` }, { form: batch });
        assert.match(other.text, /used already, with another ballot/);
    });

    it('a clerk types for a voter who is there, with the code', async () => {
        const where = `${at}/assisted`;
        const serial = await enter({ code: serials[3], ballot: `${numbers[0]}=1`, declared: 'yes' }, where);
        assert.match(serial.text, /no such code/, 'a serial does not do');
        assert.match(serial.text, /Read the ballot back/, 'what to do is still there');
        const done = await enter({ code: codes[3], ballot: `${numbers[0]}=1`, declared: 'yes' }, where);
        assert.equal(done.path, where, done.text);
        assert.match(done.text, /R[0-9A-Z]{4}-/);
        assert.equal(house.value('select count(*) from revision where channel = 4 and clerk_id is not null'), '1');
    });

    it('the count waits until every batch is reconciled', async () => {
        assert.match((await mina.get(at)).text, /Voted 4 On the web 0 By text 0 On paper 3 Assisted 1/);
        const [, all, ...parts] = /Ballots in them (\d+) On the web (\d+) By text (\d+) On paper (\d+) Assisted (\d+)/.exec((await mina.get('/desk')).text).map(Number);
        assert.ok(parts[2] >= 3 && parts[3] >= 1);
        assert.equal(all, parts.reduce((sum, n) => sum + n), 'every channel is in the total');
        turnsNow(house, 'holgate-paper', 'closes_at');
        assert.equal(phase(), 'to_count');
        const waits = await mina.submit(await mina.get(at), {}, { form: `${at}/count` });
        assert.equal(waits.status, 409);
        assert.match(waits.text, /paper ballots are not reconciled yet/);
        const form = `${batch}/reconcile`;
        const differs = await mina.submit(await mina.get(batch), { spoilt: '1' }, { form });
        assert.equal(differs.status, 422);
        assert.match(differs.text, /3 entered and 1 spoilt are 1 more than the 3 that were sealed/);
        const done = await mina.submit(differs, { spoilt: '0' }, { form });
        assert.match(done.text, /reconciled by Mina Holt/);
        assert.equal(done.forms.some((f) => f.action === batch), false, 'nothing more is entered');
        const late = await mina.post(batch, { token: tokenOf(done), key: 'AAAAAAAAAAAAAAAAAAAAAA', code: codes[4],
            ballot: 'blank', declared: 'yes' });
        assert.equal(late.status, 422);
        assert.match(late.text, /This batch is reconciled.* Sealed 3 Entered 3 Spoilt 0/);
        assert.equal((await mina.post(`${batch}9`, { token: tokenOf(done), key: 'AAAAAAAAAAAAAAAAAAAAAA', code: codes[4],
            ballot: 'blank', declared: 'yes' })).status, 404);
        const counted = await count(mina, 'holgate-paper');
        assert.equal(counted.path, `${at}/result`, counted.text);
        const pb = house.value(`select pb from result_part a join round r on r.id = a.round_id where r.slug = 'holgate-paper'`);
        assert.match(pb, new RegExp(`rules_sha256;${house.value(
            `select encode(rules_sha256, 'hex') from round where slug = 'holgate-paper'`)}`));
        // Three of the four name a proposal, paper ones among them; none says how it was cast.
        assert.match(pb, /\nnum_votes;3\n/);
        assert.doesNotMatch(pb, /paper\n|internet|voting_method/);
        assert.equal(house.value(`select paper || ' ' || assisted from result x join round r on r.id = x.round_id
            where r.slug = 'holgate-paper'`), '3 1');
    });
});
