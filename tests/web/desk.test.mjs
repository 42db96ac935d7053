// desk.test.mjs: an officer's desk: signing in, a whole round from draft to published result by
// HTTP alone, and what officers cannot do.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openHouse, totp, until } from '../lib/harness.mjs';
import { count, london, turnsNow } from './officers.mjs';

let house, officers;

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    officers = Object.fromEntries(house.demo.officers.map((o) => [o.email.split('@')[0], o]));
    // A question that may be put to the vote in Holgate.
    house.value(`insert into agreement_edition (neighbourhood_id, edition, title, state)
                 select id, 7, 'Holgate Neighbourhood Agreement', 'proposed' from neighbourhood
                 where slug = 'holgate'`);
    await house.startServer();
});
after(() => house?.close());

const code = (officer) => totp(officer.totp_seed_base32);
const form = '/desk/sign-in';

// Forgets used codes and failed tries, so that one test does not wait for the next code.
function forget() {
    house.value('update officer set totp_last_step = 0; delete from failure');
}

async function signIn(officer) {
    forget();
    const desk = house.browser();
    const page = await desk.submit(await desk.get(form),
        { email: officer.email, password: officer.password, totp: code(officer) }, { form });
    assert.equal(page.path, '/desk', page.text);
    return desk;
}

describe('signing in', () => {
    it('says the same whatever is wrong', async () => {
        const { ada } = officers;
        const right = { email: ada.email, password: ada.password, totp: code(ada) };
        const said = new Set();
        for (const wrong of [{ password: 'not this one' }, { totp: '000000' }, { totp: '' },
            { email: 'nobody@york.example' }, { email: '' }]) {
            forget();
            const desk = house.browser();
            const page = await desk.submit(await desk.get(form), { ...right, ...wrong }, { form });
            assert.equal(page.status, 422);
            assert.match(page.title, /^Error: /);
            assert.equal(page.headers['set-cookie'], undefined);
            assert.equal(page.body.includes(right.password), false, 'the password comes back');
            said.add(page.text);
        }
        assert.equal(said.size, 1, [...said].join('\n'));
    });

    it('takes a code once', async () => {
        forget();
        const { ada } = officers;
        const fields = { email: ada.email.toUpperCase(), password: ada.password, totp: code(ada) };
        const first = house.browser();
        assert.equal((await first.submit(await first.get(form), fields, { form })).path, '/desk');
        const second = house.browser();
        const again = await second.submit(await second.get(form), fields, { form });
        assert.equal(again.status, 422);
        assert.match(again.text, /is not right/);
        assert.equal((await first.get('/desk')).path, '/desk', 'the first session goes on');
    });

    it('refuses the eleventh try in five minutes, a right one too', async () => {
        forget();
        const { tom } = officers;
        const desk = house.browser();
        // Ten tries, without the time that ten password checks take.
        house.value(`insert into failure (kind, key) select 'sign_in', f.key from failure f, generate_series(1, 9)`);
        const page = await desk.get(form);
        await desk.submit(page, { email: tom.email, password: 'x', totp: '1' }, { form });
        house.value(`insert into failure (kind, key) select 'sign_in', f.key from failure f, generate_series(1, 9)`);
        const eleventh = await desk.submit(page,
            { email: tom.email, password: tom.password, totp: code(tom) }, { form });
        assert.equal(eleventh.status, 429);
        assert.match(eleventh.headers['retry-after'], /^\d+$/);
        assert.match(eleventh.text, /Too many tries/);
        forget();
        assert.equal((await desk.submit(page,
            { email: tom.email, password: tom.password, totp: code(tom) }, { form })).path, '/desk');
    });

    it('ends a session that was left alone, and one that is signed out', async () => {
        const desk = await signIn(officers.ada);
        house.value(`update officer_session set seen_at = seen_at - interval '15 minutes 1 second'`);
        assert.equal((await desk.get('/desk')).path, '/desk/sign-in');
        const other = await signIn(officers.ada);
        const cookie = [...other.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
        await other.submit(await other.get('/desk'), {}, { form: '/desk/sign-out' });
        const copied = await other.get('/desk', { headers: { cookie } });
        assert.equal(copied.path, '/desk/sign-in', 'a copy of the cookie is worth nothing');
    });

    it('keeps the cookie from scripts and other sites', async () => {
        forget();
        const desk = house.browser();
        const { ada } = officers;
        const page = await desk.post(form,
            { email: ada.email, password: ada.password, totp: code(ada) }, { follow: false });
        assert.equal(page.status, 303);
        assert.match(page.headers['set-cookie'][0], /^wm_desk=[\w-]{43}; .*HttpOnly.*SameSite=Strict/);
    });
});

describe('what an officer cannot do', () => {
    const gets = ['', '/edit', '/proposals', '/result'];
    const posts = ['/review', '/approve', '/return', '/schedule', '/count', '/result/review', '/result',
        '/archive', '/proposals', '/edit'].map((at) => ['', at]);

    it('see or touch another ward’s round: it is not there', async () => {
        const desk = await signIn(officers.tom);
        const own = await desk.get('/desk/rounds/westfield-2026');
        const token = own.form('/desk/sign-out').pairs()[0][1];
        for (const at of gets)
            assert.equal((await desk.get(`/desk/rounds/holgate-2027${at}`)).status, 404, at);
        assert.equal((await desk.get('/desk/proposals/holgate-2027/4340')).status, 404);
        assert.equal((await desk.get('/desk/proposals/holgate-2027/4340/preview')).status, 404);
        for (const [, at] of posts)
            assert.equal((await desk.post(`/desk/rounds/holgate-2027${at}`, { token })).status, 404, at);
        for (const at of ['', '/publish'])
            assert.equal((await desk.post(`/desk/proposals/holgate-2027/4340${at}`, { token })).status, 404);
        const codes = { token, area: 'holgate', how_many: '3', format: 'csv', addresses: '' };
        assert.equal((await desk.post('/desk/codes', codes)).status, 404);
        assert.equal((await desk.get('/desk')).text.includes('Holgate'), false);
        assert.equal(house.value(`select count(*) from voter v join neighbourhood n
                                  on n.id = v.neighbourhood_id where n.slug = 'holgate'`), '0');
    });

    it('be made to do it by another site', async () => {
        const desk = await signIn(officers.ada);
        const token = (await desk.get('/desk')).form('/desk/sign-out').pairs()[0][1];
        const at = '/desk/rounds/holgate-2027/schedule';
        const options = { follow: false };
        assert.equal((await desk.post(at, { token }, { ...options, origin: 'https://evil.example' })).status, 403);
        for (const fields of [{}, { token: '' }, { token: `${token.slice(0, -1)}x` }]) {
            const page = await desk.post(at, fields, options);
            assert.ok([303, 403].includes(page.status), `${page.status}`);
        }
        assert.equal((await desk.get(at, options)).status, 405);
        assert.equal(house.value(`select state from round where slug = 'holgate-2027'`), 'draft');
    });

    it('change what is frozen', async () => {
        const desk = await signIn(officers.tom);
        const page = await desk.get('/desk/rounds/westfield-2026');
        const token = page.form('/desk/sign-out').pairs()[0][1];
        assert.equal(page.forms.some((f) => /schedule|count/.test(f.action)), false);
        assert.equal((await desk.get('/desk/rounds/westfield-2026/edit')).status, 409);
        assert.equal((await desk.get('/desk/proposals/westfield-2026/1216')).status, 409);
        const again = await desk.post('/desk/rounds/westfield-2026/schedule', { token });
        assert.equal(again.status, 409);
        assert.match(again.text, /nothing in it changes any more/);
        const review = await desk.post('/desk/rounds/westfield-2026/review', { token });
        assert.equal(review.status, 409);
        assert.match(review.text, /has moved on/);
        const early = await desk.post('/desk/rounds/westfield-2026/count', { token });
        assert.equal(early.status, 409);
        assert.match(early.text, /not over yet/);
        assert.equal((await desk.get('/desk/rounds/westfield-2026/result')).status, 404);
        const publish = await desk.post('/desk/rounds/westfield-2026/result', { token });
        assert.equal(publish.status, 409);
        assert.match(publish.text, /not counted yet/);
    });
});

// --- a whole round -------------------------------------------------------------------------------

describe('a round from draft to result', () => {
    const number = {};
    let desk, second, slug, question, codes, draft;

    const at = (path = '') => `/desk/rounds/${slug}${path}`;
    const phase = (s) => house.value(`select phase from api.desk_round(1, '${s}')`);

    it('is made; what is wrong is said beside what was typed', async () => {
        desk = await signIn(officers.mina);
        second = await signIn(officers.sam);
        draft = {
            area: 'holgate', title: 'Holgate 2031 <b>', about: 'Two pots.', kind: 'knapsack',
            grace: '0', max_picks: '', minimum_votes: '0', pot1_name: 'Ward pot', pot1_amount: '1,000.50',
            pot2_name: 'Green pot', pot2_amount: '12.5p',
        };
        const page = await desk.get('/desk/rounds/new');
        const wrong = await desk.submit(page,
            { ...draft, title: '', opens_date: '31/2/2031', opens_time: '9', grace: '90' },
            { form: '/desk/rounds/new' });
        assert.equal(wrong.status, 422);
        for (const field of ['title', 'opens_date', 'opens_time', 'grace', 'pot2_amount'])
            assert.match(wrong.body, new RegExp(`href="#${field}"`));
        assert.match(wrong.body, /value="12\.5p"/);
        assert.match(wrong.body, /value="31\/2\/2031"/);
        draft.pot2_amount = '500';
        const made = await desk.submit(wrong, { ...draft, opens_date: '', opens_time: '' },
            { form: '/desk/rounds/new' });
        assert.match(made.path, /^\/desk\/rounds\/holgate-2031-b/);
        slug = made.path.split('/').pop();
        assert.match(made.body, /Holgate 2031 &lt;b&gt;/);
        assert.deepEqual(house.value(`select string_agg(amount::text, ' ' order by t.ordinal) from pot t
            join round r on r.id = t.round_id where r.slug = '${slug}'`), '100050 50000');
    });

    it('gets proposals with numbers of their own, previewed and published', async () => {
        const wanted = [['Bench', 1, '400'], ['Trees', 1, '600.50'], ['Pond', 2, '500']];
        const page = await desk.get(at('/proposals'));
        const bad = await desk.submit(page,
            { title: 'T', short_name: 'A name that is too long', cost: '0', pot: '1' },
            { form: at('/proposals') });
        assert.equal(bad.status, 422);
        assert.match(bad.body, /value="A name that is too long"/);
        const dear = await desk.submit(page, { title: 'T', short_name: 'Dear', cost: '500.01', pot: '2' },
            { form: at('/proposals') });
        assert.match(dear.text, /costs more than the pot holds/);
        for (const [short, pot, cost] of wanted) {
            const preview = await desk.submit(await desk.get(at('/proposals')),
                { title: `${short} & more`, short_name: short, summary: 'Why.', body: '*How* <script>',
                  pot: String(pot), cost, then: 'preview' }, { form: at('/proposals') });
            assert.match(preview.path, /\/preview$/);
            assert.match(preview.body, /<em>How<\/em>/);
            assert.equal(preview.body.includes('<script>'), false);
            number[short] = /\/(\d{4})\/preview$/.exec(preview.path)[1];
            assert.equal(house.value(`select api.damm_digit('${number[short]}')`), '0');
            const round = await desk.submit(preview, {}, { form: /publish$/ });
            assert.equal(round.path, at());
        }
        assert.equal(new Set(Object.values(number)).size, 3);
        assert.equal((await house.browser().get(`/rounds/${slug}`)).status, 404,
            'residents do not see a draft');
    });

    // Sent for review by the one, sent back and approved by the other, scheduled.
    async function approveAndSchedule(s, page) {
        const where = `/desk/rounds/${s}`;
        const sent = await desk.submit(page, {}, { form: `${where}/review` });
        assert.match(sent.text, /waits until another officer approves it/);
        assert.equal(sent.forms.some((f) => f.action.endsWith('/approve')), false);
        const token = sent.form('/desk/sign-out').pairs()[0][1];
        const own = await desk.post(`${where}/approve`, { token });
        assert.equal(own.status, 409);
        assert.match(own.text, /Another officer has to approve it/);
        assert.equal((await desk.get(`${where}/edit`)).status, 409);
        assert.match((await second.get('/desk')).text, /Review Holgate/);
        assert.doesNotMatch((await desk.get('/desk')).text, /Review Holgate/);
        const empty = await second.submit(await second.get(where), { note: '' }, { form: `${where}/return` });
        assert.equal(empty.status, 422);
        assert.match(empty.body, /href="#note">Say in up to 400 characters what should change/);
        await second.submit(empty, { note: 'Is the <pond> safe?' }, { form: `${where}/return` });
        const back = await desk.get(where);
        assert.match(back.text, /Sent back by Sam Clifton: Is the <pond> safe\?/);
        await desk.submit(back, {}, { form: `${where}/review` });
        await second.submit(await second.get(where), {}, { form: `${where}/approve` });
        const approved = await desk.get(where);
        assert.match(approved.text, /Approved\. Once scheduled/);
        return desk.submit(approved, {}, { form: `${where}/schedule` });
    }

    // One officer sends the result for approval, the other publishes it; returns the last page.
    async function approveResult(s) {
        const where = `/desk/rounds/${s}/result`;
        const sent = await desk.submit(await desk.get(where), {}, { form: `${where}/review` });
        assert.match(sent.text, /waits until another officer publishes it/);
        const token = sent.form('/desk/sign-out').pairs()[0][1];
        const own = await desk.post(where, { token });
        assert.equal(own.status, 409);
        assert.match(own.text, /Another officer has to approve it/);
        return second.submit(await second.get(where), {}, { form: where });
    }

    it('stands beside a question about the agreement', async () => {
        const page = await desk.get('/desk/rounds/new');
        const edition = page.form('/desk/rounds/new').controls.find((c) => c.name === 'edition');
        assert.ok(edition);
        const id = house.value(`select id from agreement_edition where edition = 7`);
        const none = await desk.submit(page, { ...draft, kind: 'yes_no', title: 'Agreement?', edition: '' },
            { form: '/desk/rounds/new' });
        assert.match(none.text, /Choose an agreement/);
        const made = await desk.submit(page,
            { ...draft, kind: 'yes_no', title: 'Holgate agreement 2031', edition: id },
            { form: '/desk/rounds/new' });
        question = made.path.split('/').pop();
        assert.match(made.text, /Adopt "Holgate Neighbourhood Agreement"\?/);
        number.question = house.value(`select p.number from proposal p join round r on r.id = p.round_id
                                       where r.slug = '${question}'`);
    });

    it('has voting codes, shown once and kept as hashes', async () => {
        const page = await desk.get('/desk/codes');
        const none = await desk.submit(page, { area: 'holgate', how_many: '0', format: 'csv' }, { form: '/desk/codes' });
        assert.equal(none.status, 422);
        const csv = await desk.submit(page,
            { area: 'holgate', how_many: '', format: 'csv',
              addresses: '1 Poppleton Road\r\n\r\n =SUM(A1) \r\n3 "The" Lane' }, { form: '/desk/codes' });
        assert.match(csv.headers['content-type'], /^text\/csv/);
        assert.match(csv.headers['content-disposition'], /^attachment; filename="voting-codes-holgate-HO-000001\.csv"/);
        assert.match(csv.headers['cache-control'], /no-store/);
        const lines = csv.body.trim().split('\r\n');
        assert.equal(lines[0], 'serial,code,area,address');
        assert.match(lines[1], /^"HO-000001","\d{3} \d{3} \d{3} \d{4}","Holgate","1 Poppleton Road"$/);
        assert.match(lines[2], /,"'=SUM\(A1\)"$/);
        assert.match(lines[3], /,"3 ""The"" Lane"$/);
        codes = lines.slice(1).map((l) => l.split('","')[1]);
        const letters = await desk.submit(page,
            { area: 'holgate', how_many: '2', format: 'letters', addresses: '' }, { form: '/desk/codes' });
        assert.equal(letters.body.match(/class="wm-letter"/g).length, 2);
        assert.match(letters.text, /HO-000004/);
        codes.push(/VOTE (\d{3} \d{3} \d{3} \d{4})/.exec(letters.text)[1]);
        const plain = codes[0].replace(/ /g, '');
        const rowsWith = (text) => house.value(`select coalesce(sum(n), 0) from (
            select (xpath('/row/n/text()', query_to_xml(format(
                'select count(*) as n from wardmote.%I t where t::text like %L', relname, '%${text}%'),
                false, true, '')))[1]::text::int as n
            from pg_class where relnamespace = 'wardmote'::regnamespace and relkind = 'r') x`);
        assert.equal(rowsWith('1 Poppleton Road'), '1');
        for (const written of [codes[0], plain])
            assert.equal(rowsWith(written), '0', 'a code in the database');
        assert.equal(house.server.log().includes(plain), false, 'a code in the log');
    });

    it('is scheduled only when nothing is missing and a second officer approved it', async () => {
        const page = await desk.get(at());
        assert.match(page.text, /Before you can send it for review: Set the dates/);
        const token = page.form('/desk/sign-out').pairs()[0][1];
        const early = await desk.post(at('/schedule'), { token });
        assert.equal(early.status, 409);
        assert.match(early.text, /second officer has to approve/);
        assert.equal((await desk.post(at('/review'), { token })).status, 409);
        const late = london(-60);
        const past = await desk.submit(await desk.get(at('/edit')),
            { opens_date: late.date, opens_time: late.time, closes_date: '1/1/2040', closes_time: '9pm' },
            { form: at('/edit') });
        assert.match(past.text, /lies in the past/);
        // Nobody opens and closes them: only their moments come.
        const opens = london(3600), closes = london(2 * 86400);
        const dates = { opens_date: opens.date, opens_time: opens.time,
            closes_date: closes.date, closes_time: closes.time };
        for (const s of [slug, question]) {
            const ready = await desk.submit(await desk.get(`/desk/rounds/${s}/edit`), dates,
                { form: `/desk/rounds/${s}/edit` });
            const frozen = await approveAndSchedule(s, ready);
            assert.match(frozen.text, /Voting opens by itself|Voting closes by itself/);
        }
        const rules = await house.browser().get(`/rounds/${slug}/rules`);
        assert.equal(rules.status, 200);
        assert.match(rules.text, new RegExp(`proposal ${number.Bench} 1 40000 [0-9a-f]{64} Bench`));
        for (const s of [slug, question]) {
            assert.equal(phase(s), 'scheduled');
            turnsNow(house, s, 'opens_at');
            assert.equal(phase(s), 'open');
        }
    });

    // Marks what is to be picked and casts it. Returns the page with the receipt.
    async function cast(voter, round, picks) {
        const ballot = await voter.get(`/ballot/${round}`);
        assert.equal(ballot.status, 200, ballot.text);
        const check = await voter.submit(ballot, { p: picks, do: 'continue' }, { form: /ballot/ });
        const done = await voter.submit(check, {}, { form: /\/check/ });
        assert.match(done.path, /\/done/, done.text);
    }

    it('takes votes; the desk sees how many and never what', async () => {
        const voters = [];
        for (const one of codes.slice(0, 3)) {
            const voter = house.browser();
            await voter.submit(await voter.get('/vote/code'), { code: one }, { form: '/vote/code' });
            voters.push(voter);
        }
        await cast(voters[0], slug, [number.Bench, number.Pond]);
        await cast(voters[1], slug, [number.Trees]);
        await cast(voters[1], slug, [number.Bench]); // a change of mind
        await cast(voters[2], slug, [number.Pond]);
        await cast(voters[0], question, [`${number.question}=1`]);
        await cast(voters[1], question, [`${number.question}=1`]);
        await cast(voters[2], question, [`${number.question}=0`]);
        const page = await desk.get(at());
        assert.match(page.text, /May vote 5 Voted 3 On the web 3 By text 0/);
        assert.match((await desk.get('/desk')).text, /3 of 5 voted: 3 on the web, 0 by text/);
        assert.equal((await desk.get(at('/result'))).status, 404);
        const token = page.form('/desk/sign-out').pairs()[0][1];
        assert.equal((await desk.post(at('/count'), { token })).status, 409, 'not before it is over');
        assert.equal(house.value(`select count(*) from result where round_id in (select id from round where slug = '${slug}')`), '0');
    });

    it('closes by itself and is counted by whom it belongs to', async () => {
        for (const s of [slug, question]) {
            turnsNow(house, s, 'closes_at');
            assert.equal(phase(s), 'to_count');
        }
        assert.match((await desk.get('/desk')).text, /Count Holgate 2031/);
        const result = await count(desk, slug);
        assert.equal(result.path, at('/result'));
        assert.match(result.text, /Bench & more.*£400 2 votes/);
        assert.match(result.text, /Pond & more.*£500 2 votes/);
        assert.match(result.text, /Trees & more.*£600\.50 0 votes/);
        assert.match(result.text, /Votes changed 1/);
        const [files] = house.rows(`select string_agg(pb, '') as pb from result_part p
            join round r on r.id = p.round_id where r.slug = '${slug}'`);
        assert.match(files.pb, new RegExp(`\\n1;${number.Bench}\\n2;${number.Bench}\\n`));
        assert.match(files.pb, new RegExp(`\\n1;${number.Pond}\\n2;${number.Pond}\\n`));
        const hidden = await house.browser().get(`/rounds/${slug}/result`);
        assert.equal(/2 votes/.test(hidden.text), false, 'not public before it is published');
        const again = await desk.get(at());
        assert.equal(again.forms.some((f) => /count/.test(f.action)), false);
    });

    it('is published: residents read it, and the agreement is in force', async () => {
        const done = await approveResult(slug);
        assert.match(done.text, /Published at/);
        const page = await house.browser().get(`/rounds/${slug}/result`);
        assert.equal(page.status, 200);
        assert.match(page.text, /Bench & more/);
        assert.match(page.text, /This result is provisional until/);
        assert.equal(house.value(`select final_at = published_at + interval '28 days' or final_at - published_at between
            interval '27 days 23 hours' and interval '28 days 1 hour' from result x join round r on r.id = x.round_id
            where r.slug = '${slug}'`), 't');
        house.value(`update result set final_at = now() - interval '1 second' where round_id = (select id from round where slug = '${slug}')`);
        await until('the result final', async () => /This result is final/.test((await house.browser().get(`/rounds/${slug}/result`)).text));
        assert.match(page.text, /Ballots and steps of the count are not published/, 'three people could be told apart');
        assert.equal((await house.browser().get(`/rounds/${slug}/result/pot-1.pb`)).status, 404);
        assert.equal((await house.browser().get(`/rounds/${slug}/result/result.csv`)).status, 200);
        const where = `/desk/rounds/${question}`;
        const counted = await count(desk, question);
        assert.match(counted.text, /adopted/);
        const states = () => house.value(`select string_agg(state, ' ' order by edition) from agreement_edition e
            join neighbourhood n on n.id = e.neighbourhood_id where n.slug = 'holgate'`);
        assert.equal(states(), 'adopted proposed');
        await approveResult(question);
        assert.equal(states(), 'superseded adopted');
        const last = await desk.get(where);
        assert.equal(last.text.includes('The result is public'), true);
        const archived = await desk.submit(last, {}, { form: `${where}/archive` });
        assert.match(archived.text, /Archived/);
        assert.equal((await house.browser().get(`/rounds/${question}/result`)).status, 200);
    });

    it('left its trace in the audit', () => {
        const trace = house.value(`select string_agg(distinct action, ' ' order by action) from audit a
            join officer o on o.id = a.officer_id where o.email like 'mina%'`);
        assert.equal(trace, 'codes.issue officer.sign_in proposal.create proposal.publish result.submit '
            + 'round.archive round.count round.count_ask round.create round.edit round.schedule round.submit');
    });
});
