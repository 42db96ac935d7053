// desk_editor.test.mjs: every kind of round through the editor's form: kept as typed, read back, and
// what is wrong said in words beside its field; what hinders it named before it goes for review.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openHouse } from '../lib/harness.mjs';
import { officersOf, signIn } from './officers.mjs';

let house, desk, slug;
const form = '/desk/rounds/new';
const draft = { area: 'holgate', title: 'Rules 2031', pot1_name: 'Pot one', pot1_amount: '1000' };
const at = (path = '') => `/desk/rounds/${slug}${path}`;
const stored = (columns) => house.value(`select concat_ws(' ', ${columns}) from round where slug = '${slug}'`);

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    desk = await signIn(house, officersOf(house).mina);
});
after(() => house?.close());

const save = async (fields) => desk.submit(await desk.get(at('/edit')), fields, { form: at('/edit') });

describe('the round editor', () => {
    it('says what is wrong beside each field, and keeps what was typed', async () => {
        const wrong = {
            ...draft, title: '', kind: 'points', points_sum: '10', points_max: '11', minimum_age: 'four',
            cap_percent: '101', minimum_votes: '-1', pot1_min: '3', pot1_max: '2', pot6_name: 'Last',
        };
        const page = await desk.submit(await desk.get(form), wrong, { form });
        assert.equal(page.status, 422);
        assert.match(page.title, /^Error: /);
        for (const field of ['title', 'points_max', 'minimum_age', 'cap_percent', 'minimum_votes', 'pot1_min', 'pot6_amount'])
            assert.match(page.body, new RegExp(`href="#${field}"`), field);
        assert.match(page.text, /One proposal cannot get more points than there are/);
        assert.match(page.body, /value="four"/);
        assert.match(page.body, /<details class="govuk-details" open>/, 'the pot that is wrong is in sight');
        assert.match(page.text, /Enter what pot 6 holds/);
        assert.match(page.text, /The fewest choices from pot 1 are more than the most/);
        const fields = ['title', 'minimum_age', 'points_max', 'pot1_min', 'pot6_amount', 'cap_percent', 'minimum_votes'];
        assert.deepEqual([...page.body.matchAll(/<li><a href="#([^"]+)"/g)].map((m) => m[1]), fields, 'in the order of the page');
        assert.deepEqual(fields.map((one) => page.body.indexOf(`id="${one}"`)).sort((a, b) => a - b),
            fields.map((one) => page.body.indexOf(`id="${one}"`)));
        const few = await desk.submit(page, { ...draft, kind: 'ranking', min_picks: '4', max_picks: '3' }, { form });
        assert.match(few.text, /The fewest is more than the most/);
        assert.equal(house.value(`select count(*) from round where title = 'Rules 2031'`), '0');
    });

    it('refuses a choice that the form does not offer', async () => {
        for (const odd of [{ kind: 'lottery' }, { eligibility: 'friends' }, { residence: 'planet' }]) {
            const page = await desk.get(form);
            const token = page.form(form).pairs().find(([n]) => n === 'token')[1];
            const answer = await desk.post(form, { token, kind: 'knapsack', grace: '15', minimum_votes: '0', ...draft, ...odd });
            assert.equal(answer.status, 422, JSON.stringify(odd));
        }
    });

    it('keeps six pots, limits, voters and declarations, and shows them again', async () => {
        const pots = Object.fromEntries([1, 2, 3, 4, 5, 6].flatMap((i) =>
            [[`pot${i}_name`, `Pot ${i}`], [`pot${i}_amount`, `${i}00.50`], [`pot${i}_max`, i === 6 ? '2' : '']]));
        const made = await desk.submit(await desk.get(form), {
            ...draft, ...pots, kind: 'approval', min_picks: '2', max_picks: '5', blank: 'yes', eligibility: 'register',
            minimum_age: '16', residence: 'postcode', cap_percent: '40', carry: 'yes',
        }, { form });
        slug = made.path.split('/').pop();
        assert.match(made.text, /On a list that the council imported\. They declare that they are 16 or older\. They declare their postcode/);
        assert.match(made.text, /Choose 2 to 5 proposals\. It may be left blank/);
        assert.match(made.text, /Pot 6 £600\.50, at most 2 to be chosen/);
        assert.match(made.text, /at most 40% of its pot\. What a pot leaves goes on to the next/);
        assert.equal(house.value(`select string_agg(amount || '/' || coalesce(p.max_picks, 0), ' ' order by ordinal) from pot p
            join round r on r.id = p.round_id where r.slug = '${slug}'`),
            '10050/0 20050/0 30050/0 40050/0 50050/0 60050/2');
        const again = await save({});
        assert.equal(again.path, at(), 'the form as it stands is right');
        assert.equal(stored('min_picks, max_picks, blank_allowed, eligibility, minimum_age, residence, cap_percent, carry'),
            '2 5 t register 16 postcode 40 t');
    });

    it('makes every kind of it', async () => {
        const gone = Object.fromEntries([2, 3, 4, 5, 6].flatMap((i) => [[`pot${i}_name`, ''], [`pot${i}_amount`, ''], [`pot${i}_max`, '']]));
        await save({ ...gone, kind: 'points', points_sum: '20', points_max: '8' });
        assert.equal(stored('kind, points_sum, points_max, max_picks'), 'points 20 8 60');
        await save({ kind: 'ranking', min_picks: '1', max_picks: '3', minimum_age: '', residence: 'none' });
        assert.equal(stored(`kind, coalesce(points_sum, 0), max_picks, coalesce(minimum_age, 0), residence`), 'ranking 0 3 0 none');
        await save({ kind: 'knapsack', eligibility: 'phone', blank: 'no' });
        assert.equal(stored('kind, eligibility, blank_allowed'), 'knapsack phone f');
        assert.equal(house.value(`select count(*) from pot p join round r on r.id = p.round_id where r.slug = '${slug}'`), '1');
    });

    it('names the proposal above the cap, and the group of one', async () => {
        await save({ pot1_amount: '1000', cap_percent: '40', opens_date: '1/12/2031', opens_time: '9am',
            closes_date: '14/12/2031', closes_time: '9pm' });
        const write = async (fields, path = at('/proposals')) => desk.submit(await desk.get(path),
            { pot: '1', then: 'preview', ...fields }, { form: path });
        const odd = await write({ title: 'Bench', short_name: 'Bench', cost: '400.01', exclusion: '31' });
        assert.match(odd.text, /Enter a group, 1 to 30, or leave it empty/);
        const bench = await write({ title: 'Bench', short_name: 'Bench', cost: '400.01', exclusion: '7' });
        const number = /\/(\d{4})\/preview$/.exec(bench.path)[1];
        await desk.submit(bench, {}, { form: /publish$/ });
        assert.match((await desk.get(at())).text,
            new RegExp(`Before you can send it for review: Proposal ${number} costs £400\\.01, and 40% of its pot is £400\\.00`));
        await write({ cost: '400' }, `/desk/proposals/${slug}/${number}`);
        assert.match((await desk.get(at())).text, new RegExp(`holds no other proposal: ${number}`));
        const trees = await write({ title: 'Trees', short_name: 'Trees', cost: '300', exclusion: '7' });
        await desk.submit(trees, {}, { form: /publish$/ });
        await save({ eligibility: 'register' });
        assert.match((await desk.get(at())).text, /Who may vote To do 0 people or homes in Holgate .*Only its voters are missing/);
        await save({ eligibility: 'phone' });
        const whole = await desk.get(at());
        assert.match(whole.text, /Everything is there/);
        assert.doesNotMatch(whole.text, /have the right to vote/, 'those with mobile numbers come by themselves');
        assert.match(whole.text, /only one of group 7 can win/);
        const sent = await desk.submit(whole, {}, { form: at('/review') });
        assert.match(sent.text, /waits until another officer approves it/);
        assert.equal((await desk.post(at('/edit'), { token: sent.form('/desk/sign-out').pairs()[0][1], ...draft, kind: 'knapsack' })).status, 422);
    });
});
