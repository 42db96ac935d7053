// desk_changes.test.mjs: what two officers change in a round that is open: a later close, a withdrawn
// proposal, a void ballot. One officer alone changes nothing; everybody reads what was changed.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openHouse, shows, until } from '../lib/harness.mjs';
import { officersOf, signIn, tokenOf } from './officers.mjs';

const slug = 'westfield-2026';
const at = `/desk/rounds/${slug}/changes`;
let house, tom, sam, mina, codes, numbers, reader;

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    const officers = officersOf(house);
    tom = await signIn(house, officers.tom);
    sam = await signIn(house, officers.sam);
    mina = await signIn(house, officers.mina);
    codes = house.demo.codes.filter((c) => c.area === 'Westfield').map((c) => c.code);
    numbers = house.value(`select string_agg(to_char(p.number, 'FM0000'), ' ' order by p.cost) from proposal p
        join round r on r.id = p.round_id where r.slug = '${slug}' and p.state = 'published'`).split(' ');
    reader = house.browser();
});
after(() => house?.close());

const round = (column) => house.value(`select ${column} from round where slug = '${slug}'`);
const kindIs = (kind) => (f) => f.pairs().some(([name, value]) => name === 'kind' && value === kind);

// Fills in one of the page's three forms.
async function ask(desk, kind, fields) {
    const page = await desk.get(at);
    assert.ok(page.forms.some(kindIs(kind)), `a form for ${kind}`);
    return desk.post(at, { token: tokenOf(page), kind, ...fields });
}

// What another officer's page offers to decide, decided.
async function decide(desk, grant) {
    const id = house.value('select max(id) from amendment');
    return desk.post(`/desk/changes/${id}`, { token: tokenOf(await desk.get('/desk')), grant });
}

async function vote(code, picks) {
    const voter = house.browser();
    await voter.submit(await voter.get('/vote/code'), { code }, { form: '/vote/code' });
    const check = await voter.submit(await voter.get(`/ballot/${slug}`), { p: picks, do: 'continue' }, { form: /ballot/ });
    const done = await voter.submit(check, {}, { form: /\/check/ });
    assert.match(done.path, /\/done/, done.text);
    return { voter, receipt: /R[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/.exec(done.text)[0] };
}

describe('a later close', () => {
    it('says what is wrong beside what was typed', async () => {
        const empty = await ask(tom, 'extension', { closes_date: '', closes_time: '', reason_extension: '' });
        assert.equal(empty.status, 422);
        for (const field of ['closes_date', 'closes_time', 'reason_extension'])
            assert.match(empty.body, new RegExp(`href="#${field}"`));
        const early = await ask(tom, 'extension',
            { closes_date: '1/1/2020', closes_time: '9pm', reason_extension: 'Flood' });
        assert.equal(early.status, 422);
        assert.match(early.text, /must be later than the one that stands/);
        assert.match(early.body, /value="1\/1\/2020"/);
        assert.equal((await mina.get(at)).status, 404, 'not for an officer of another ward');
    });

    it('is asked by one, granted by another, read by all', async () => {
        const before = round('closes_at');
        const [date, time] = house.value(`select to_char((closes_at + interval '1 hour') at time zone 'Europe/London',
            'DD/MM/YYYY HH24:MI:SS') from round where slug = '${slug}'`).split(' ');
        const asked = await ask(tom, 'extension',
            { closes_date: date, closes_time: time, reason_extension: 'The river <flooded> the hall' });
        assert.equal(asked.path, at, asked.text);
        assert.match(asked.text, /It waits for another officer/);
        assert.doesNotMatch((await tom.get('/desk')).text, /Decide on a change/);
        assert.match((await sam.get('/desk')).text, /Decide on a change to Westfield 2026/);
        const own = await decide(tom, 'yes');
        assert.equal(own.status, 409);
        assert.match(own.text, /Another officer has to approve it/);
        assert.equal((await decide(mina, 'yes')).status, 404);
        assert.equal(round('closes_at'), before, 'nothing has moved');
        assert.doesNotMatch((await reader.get(`/rounds/${slug}`)).text, /flooded/);
        const granted = await decide(sam, 'yes');
        assert.match(granted.text, /granted by Sam Clifton/);
        assert.equal(round(`closes_at = '${before}'::timestamptz + interval '1 hour'`), 't');
        for (const path of [`/rounds/${slug}`, `/rounds/${slug}/rules`])
            await shows(reader, path, /Voting closes later: at .* instead of .*Reason: The river <flooded> the hall/);
    });
});

describe('a withdrawn proposal', () => {
    it('leaves ballots their other choices', async () => {
        const { voter } = await vote(codes[0], [numbers[0], numbers[1]]);
        const none = await ask(tom, 'withdrawal', { number: '', reason_withdrawal: 'Sold' });
        assert.match(none.body, /href="#number"/);
        const asked = await ask(tom, 'withdrawal', { number: numbers[0], reason_withdrawal: 'The land was sold' });
        assert.match(asked.text, new RegExp(`Project ${numbers[0]},`));
        assert.match((await decide(sam, 'yes')).text, /granted by Sam Clifton/);
        await shows(reader, `/rounds/${slug}`, /is withdrawn\. Ballots that name it keep their other choices\. Reason: The land was sold/);
        assert.match((await tom.get(`/desk/rounds/${slug}`)).text, /Withdrawn · £/);
        assert.equal((await voter.get(`/ballot/${slug}`)).status, 200);
        assert.equal(house.value(`select cardinality(numbers) from revision x join round r on r.id = x.round_id
            where r.slug = '${slug}' and x.channel = 1 order by written_at desc limit 1`), '2');
        const again = await ask(tom, 'withdrawal', { number: numbers[0], reason_withdrawal: 'Again' });
        assert.equal(again.status, 422);
        assert.match(again.text, /withdrawn already/);
    });
});

describe('a void ballot', () => {
    it('is found by its receipt, voided by two, and says so', async () => {
        const { receipt } = await vote(codes[1], [numbers[1]]);
        const unknown = await ask(tom, 'void_ballot', { which: 'ZZ-999999', reason_void_ballot: 'Bought' });
        assert.equal(unknown.status, 422);
        assert.match(unknown.text, /No ballot of this round/);
        await ask(tom, 'void_ballot', { which: receipt, reason_void_ballot: 'Bought' });
        const refused = await decide(sam, 'no');
        assert.match(refused.text, /refused by Sam Clifton/);
        await ask(tom, 'void_ballot', { which: receipt, reason_void_ballot: 'Bought' });
        assert.match((await decide(sam, 'yes')).text, /granted by Sam Clifton/);
        const told = await reader.submit(await reader.get('/receipt'), { receipt }, { form: '/receipt' });
        assert.match(told.text, /void/i);
        await shows(reader, `/rounds/${slug}/rules`, /A ballot is declared void and does not count/);
        assert.equal(house.value(`select string_agg(distinct action, ' ' order by action) from audit
            where action like 'amendment%'`), 'amendment.ask amendment.grant amendment.refuse');
    });

    it('is told with others of one reason: how many, and when the first and the last', async () => {
        const { receipt } = await vote(codes[2], [numbers[1]]);
        await ask(tom, 'void_ballot', { which: receipt, reason_void_ballot: 'Bought' });
        await decide(sam, 'yes');
        const told = async () => (await reader.get(`/rounds/${slug}/rules`)).text;
        await shows(reader, `/rounds/${slug}/rules`, /2 ballots are declared void and do not count\. Reason: Bought \(/);
        assert.doesNotMatch(await told(), /A ballot is declared void/);
        house.value(`begin; set local session_replication_role = replica; update amendment set decided_at = decided_at + interval '1 day'
            where id = (select max(id) from amendment); commit; notify content`);
        await until('the days of both', async () => /Reason: Bought \(the first: .* 20\d\d; the last: .* 20\d\d\)/.test(await told()));
    });

    it('cannot be decided by a forged form', async () => {
        const id = house.value('select max(id) from amendment');
        for (const grant of ['', 'yea'])
            assert.equal((await sam.post(`/desk/changes/${id}`, { token: tokenOf(await sam.get(at)), grant })).status, 404);
        assert.equal((await sam.post(`/desk/changes/999999`, { token: tokenOf(await sam.get(at)), grant: 'yes' })).status, 404);
        const odd = await sam.post(at, { token: tokenOf(await sam.get(at)), kind: 'void_code' });
        assert.equal(odd.status, 400);
    });
});
