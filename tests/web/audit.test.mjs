// audit.test.mjs: what officers did stands on /desk/audit, with what was before and after: all of it, and
// whether it is whole, for administrators and auditors; what is about their area for others; by day, and
// as a file that no spreadsheet takes for formulas.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, it } from 'node:test';
import { promisify } from 'node:util';
import { faults, openChromium, openWindow } from '../lib/chromium.mjs';
import { openHouse } from '../lib/harness.mjs';
import { londonDay, officersOf, signIn, tokenOf } from './officers.mjs';

const psql = promisify(execFile);
const FUNCTIONS = new URL('../../schema/functions/', import.meta.url);
let house, ada, tom, mina, browser;
const began = londonDay(0);
before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    browser = await openChromium();
    const officers = officersOf(house);
    [ada, tom, mina] = [await signIn(house, officers.ada), await signIn(house, officers.tom), await signIn(house, officers.mina)];
    house.value(`insert into audit (officer_id, action, object, detail)
        select o.id, 'round.note', 'round <b>' || i, jsonb_build_object('hash', repeat('f', 64))
        from officer o, generate_series(1, 60) i where o.email like 'tom@%'`);
});
after(async () => { await browser?.close(); await house?.close(); });

it('is all there for an administrator, fifty at a time, and found by words', async () => {
    const page = await ada.get('/desk/audit');
    const head = house.value(`select encode(hash, 'hex') from audit_chain order by place desc limit 1`);
    const rows = Number(house.value('select count(*) from audit'));
    assert.match(page.text, new RegExp(`${rows} rows, unbroken \\. Rows 1 to ${rows} of the chain were checked now\\.`));
    assert.match(page.text, /never checked from its beginning/);
    assert.match((await ada.get('/desk/audit')).text, /None came since the last look/);
    assert.ok(page.text.replaceAll(/\s/g, '').includes(head), 'the head, to be written down');
    assert.equal(page.body.match(/class="wm-card"/g).length, 50);
    assert.match(page.body, /round &lt;b&gt;60/);
    const last = house.value('select id from audit order by id desc offset 49 limit 1');
    assert.match((await ada.get(`/desk/audit?q=&before=${last}`)).body, /round &lt;b&gt;10</);
    assert.equal((await ada.get('/desk/audit?q=%3Cb%3E17')).body.match(/class="wm-card"/g).length, 1);
    assert.equal((await ada.get('/desk/audit?before=x')).status, 404);
});

it('shows others what is about their area, and what they did', async () => {
    assert.match((await tom.get('/desk/audit')).body, /round &lt;b&gt;60/);
    house.value(`insert into audit (officer_id, action, object) select id, 'round.note', 'round holgate-2027' from officer where email like 'ada@%'`);
    const theirs = await mina.get('/desk/audit?q=holgate-2027');
    assert.match(theirs.text, /round\.note: Holgate 2027 Ada Marsh, .*, Holgate \(row/);
    assert.doesNotMatch((await tom.get('/desk/audit?q=holgate-2027')).body, /class="wm-card"/);
    const page = await mina.get('/desk/audit?q=%3Cb%3E');
    assert.doesNotMatch(page.body, /class="wm-card"/);
    assert.doesNotMatch((await mina.get('/desk/audit')).text, /unbroken|Check all of it/);
    assert.equal((await mina.post('/desk/audit/check', { token: tokenOf(page) })).status, 403);
    assert.equal((await house.browser().get('/desk/audit')).path.split('?')[0], '/desk/sign-in');
});

it('tells from where, to who sees all and of what one did oneself', async () => {
    const row = house.rows(`select action, came_from::text as network from audit where came_from is not null order by id desc limit 1`)[0];
    assert.equal(row.network, '127.0.0.0/24', 'without the last bits of the address');
    assert.match((await ada.get(`/desk/audit?q=${row.action}`)).text, /, from 127\.0\.0\.0\/24 \(row/);
    assert.match((await ada.get('/desk/audit/file')).body, /^row,at,officer,action,object,area,changes,detail,from\r\n.*,"127\.0\.0\.0\/24"\r\n/s);
    assert.equal(house.value(`select count(*) from audit where came_from is not null and action = 'round.note'`), '0', 'what no request wrote came from nowhere');
});

it('stays whole when officers act at once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => psql('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d',
        `${house.conninfo} user=postgres`, ...Array.from({ length: 20 }, (_, n) =>
            ['-c', `insert into wardmote.audit (action, object) values ('round.note', 'at once ${n}')`]).flat()])));
    assert.equal(house.value(`select count(*) from audit where object like 'at once%'`), '160');
    assert.match((await ada.get('/desk/audit')).text, /rows, unbroken \. Rows \d+ to \d+ of the chain were checked now; those before held/);
});

it('tells what was before and after a change', async () => {
    const form = '/desk/rounds/holgate-2027/edit';
    const page = await mina.get(form);
    const saved = await mina.submit(page, { title: 'Holgate <i>2027</i>' }, { form });
    assert.equal(saved.path, '/desk/rounds/holgate-2027', saved.text);
    const told = await mina.get('/desk/audit?q=round.edit');
    assert.match(told.body, /<strong>Title<\/strong> was <del>Holgate 2027<\/del>, is <ins>Holgate &lt;i&gt;2027&lt;\/i&gt;<\/ins>/);
    assert.equal(told.body.match(/<strong>/g).length, 1, 'and only what changed');
});

// What the database writes: [actions, facts] of every statement that writes into the record.
function written() {
    const actions = new Set(), facts = new Set();
    const begun = { 'idea.': ['question', 'refusal', 'note'], 'edition.adopt_': ['asked', 'adopted', 'refused'] };
    for (const file of readdirSync(FUNCTIONS)) {
        for (const [statement] of readFileSync(new URL(file, FUNCTIONS), 'utf8').matchAll(/insert into audit .*?;$/gms)) {
            const found = [...statement.matchAll(/'([a-z_]+\.[a-z_]*)'( \|\|)?/g)];
            assert.ok(found.length > 0, file);
            for (const [, code, more] of found) for (const end of more ? begun[code] : ['']) actions.add(code + end);
            for (const [, fact] of statement.slice(statement.indexOf('jsonb_build_object')).matchAll(/[(,]\s*'([a-z_0-9]+)',\s/g)) facts.add(fact);
        }
    }
    assert.ok(actions.size > 80 && facts.size > 50);
    return { actions: [...actions], facts: [...facts].filter((fact) => fact !== 'changes') };
}
const headings = (page) => [...page.body.matchAll(/<h2 class="govuk-heading-s">([^<]*)/g)].map((m) => m[1]);
const put = (rows) => house.value(`insert into audit (officer_id, action, object, detail)
    select o.id, r.action, r.object, coalesce(r.detail, '{}') from officer o,
    jsonb_to_recordset($rows$${JSON.stringify(rows)}$rows$) r(action text, object text, detail jsonb) where o.email like 'tom@%'`);

it('has words for every action, every fact and every field that is written anywhere', async () => {
    const { actions, facts } = written();
    const fields = house.rows(`select distinct split_part(f.args, ' ', 1) as thing, a.field from (
        select replace(encode(t.tgargs, 'escape'), '\\000', ' ') as args from pg_trigger t where t.tgname = 'audit_change') f,
        regexp_split_to_table(f.args, ' +') with ordinality a(field, n) where a.n > 1 and a.field not in ('', 'ordinal')
        and not (a.n = 2 and f.args like 'proposal number%')`);
    assert.ok(fields.length > 50);
    put(actions.map((action) => ({ action, object: 'round acomb-streets-2026',
        detail: { said: 'every', ...(action === 'round.edit' && {
            ...Object.fromEntries(facts.map((fact) => [fact, 'so'])),
            changes: Object.fromEntries(fields.map(({ thing, field }) => [`${thing} ${field}`, ['was', 'is']])) }) } })));
    let read = [], page = await ada.get('/desk/audit');
    while (read.length < actions.length) {
        read = read.concat(headings(page));
        page = await ada.get(`/desk/audit?before=${/name="before" value="(\d+)"/.exec(page.body)[1]}`);
    }
    assert.deepEqual(read.slice(0, actions.length).filter((heading) => /\w[._]\w/.test(heading)), []);
    const one = await ada.get('/desk/audit?q=round.edit');
    const card = one.body.split('class="wm-card"').find((part) => part.includes('said: every'));
    const named = [...card.matchAll(/<strong>([^<]*)<\/strong> was/g)].map((m) => m[1]);
    assert.equal(named.length, fields.length);
    assert.deepEqual(named.filter((name) => !/^[A-Z]/.test(name)), []);
    const told = /<p class="wm-record">(.*?)<\/p>/s.exec(card)[1].split('; ').map((part) => part.split(': ')[0]);
    assert.equal(told.length, facts.length + 1);
    assert.deepEqual(told.filter((name) => !/^[A-Z]/.test(name)), ['said'], 'what nobody named is its code');
});

it('says it as officers do: names, pounds, local times; and is found by those words', async () => {
    const id = (email) => house.value(`select id from officer where email like '${email}@%'`);
    put([
        { action: 'officer.link', object: `officer ${id('mina')}` },
        { action: 'round.count_ask', object: 'round westfield-2026' },
        { action: 'delivery.write', object: 'round westfield-2026', detail: { state: 'in_progress', spent: 125050, at: '2026-07-01T08:30:00+00:00' } },
        { action: 'idea.assign', object: 'idea 0', detail: { to: Number(id('sam')), changes: {
            'pot 1 amount': [1390000, 1450000], 'round kind': ['knapsack', 'yes_no'], 'pledge 2 due': ['2026-07-01', null],
            'round grace': ['00:15:00', '01:00:00'], 'round carry': [false, true], 'idea officer_id': [null, Number(id('sam'))] } } },
        { action: 'proposal.translate', object: 'proposal westfield-2026/1216', detail: { language: 'pl', changes: {
            'short_name (pl)': ['', 'Ławki'], 'title (cy)': ['', 'Meinciau'] } } },
        { action: 'officer.role_give', object: `officer ${id('sam')}`, detail: { changes: { roles: [[], ['auditor', 'clerk holgate']] } } },
    ]);
    const page = await ada.get('/desk/audit');
    assert.match(page.text, /Made a link to set up the account of Mina Holt Tom Ings, /);
    assert.match(page.text, /Spent so far, in all: £1,250\.50; State: In progress/);
    assert.match(page.text, /Becomes public: 9:30am on Wednesday 1 July 2026/);
    assert.match(page.text, /Amount of pot 1 was £13,900 , is £14,500/);
    assert.match(page.text, /How people vote was Fill the pot , is Yes or no/);
    assert.match(page.text, /Day on which it is checked of pledge 2 was 1 July 2026 , is nothing/);
    assert.match(page.text, /Minutes to wait for late texts was 15 , is 60/);
    assert.match(page.text, /next pot\? was no , is yes/);
    assert.match(page.text, /Who looks after it was nothing , is Sam Clifton .*Who looks after it: Sam Clifton/);
    assert.match(page.text, /Short name \(Polski\) was nothing , is Ławki Title \(cy\) was nothing/);
    assert.match(page.text, /Roles was nothing , is Auditor, Clerk \(Holgate\)/);
    const found = headings(await ada.get('/desk/audit?q=Asked+for+a+COUNT'));
    assert.ok(found.includes('Asked for a count of Westfield 2026'), found.join());
    assert.ok(found.every((heading) => /^Asked for a count/.test(heading)), found.join());
    assert.ok(headings(await ada.get('/desk/audit?q=westfield+2026')).includes('Asked for a count of Westfield 2026'), 'by the name of the round');
    assert.equal(headings(await ada.get('/desk/audit?q=round.count_ask'))[0], 'Asked for a count of Westfield 2026', 'the code still does');
    assert.match((await ada.get('/desk/audit/file?q=delivery.write')).body, /"delivery\.write","round westfield-2026",.*""spent"": 125050/, 'the file keeps codes');
});

it('is found by day', async () => {
    const date = londonDay(0), tomorrow = londonDay(1);
    const cards = async (query) => ((await ada.get(`/desk/audit?${query}`)).body.match(/class="wm-card"/g) ?? []).length;
    assert.equal(await cards(`q=holgate-2027&from=${began}&until=${date}`), 2);
    assert.equal(await cards(`q=holgate-2027&from=${tomorrow}`), 0);
    assert.equal(await cards('q=holgate-2027&until=1/1/2026'), 0);
    const wrong = await ada.get('/desk/audit?from=31/2/2026&until=soon');
    assert.equal(wrong.status, 422);
    for (const field of ['from', 'until']) assert.match(wrong.body, new RegExp(`href="#${field}"`));
    assert.doesNotMatch(wrong.text, /Nothing matches/, 'nothing was searched');
});

it('is a file too, of the same rows, in which nothing is a formula', async () => {
    house.value(`insert into audit (officer_id, action, object) select id, 'round.note', '=HYPERLINK("http://evil")' from officer where email like 'tom@%'`);
    const file = await ada.get('/desk/audit/file?q=');
    assert.match(file.headers['content-type'], /^text\/csv; charset=utf-8$/);
    assert.match(file.headers['content-disposition'], /record\.csv/);
    const lines = file.body.trim().split('\r\n');
    assert.equal(lines.length - 1, Number(house.value('select count(*) from audit')), 'every row, past one batch of them too');
    assert.match(lines[1], /^\d+,\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ,"Tom Ings","round\.note","'=HYPERLINK\(""http:\/\/evil""\)","","","",""$/);
    assert.match(file.body, /"round title: Holgate 2027 -> Holgate <i>2027<\/i>"/);
    const own = await mina.get('/desk/audit/file?q=round');
    assert.doesNotMatch(own.body, /HYPERLINK/);
    assert.match(own.body, /"Holgate"/);
    assert.equal((await ada.get('/desk/audit/file?from=soon')).status, 400);
});

it('says where it is broken', async () => {
    const id = house.value(`begin; set local session_replication_role = replica;
        update audit set object = 'round 99' where object = 'round <b>30' returning id; commit`);
    assert.match((await ada.get('/desk/audit')).text, /unbroken/, 'what was checked is not read again at every look');
    const found = await ada.submit(await ada.get('/desk/audit'), {}, { form: '/desk/audit/check' });
    assert.match(found.text, new RegExp(`Row ${id.trim()} is not what was written`));
    assert.match((await ada.get('/desk/audit')).text, /is not what was written/, 'and stays said');
    house.value(`begin; set local session_replication_role = replica;
        update audit set object = 'round <b>30' where id = ${id}; commit`);
    const mended = await ada.submit(await ada.get('/desk/audit'), {}, { form: '/desk/audit/check' });
    assert.match(mended.text, /rows, unbroken \. .* Rows 1 to \d+ were last checked from the beginning at/);
});

it('its page, for eyes and for axe', async () => {
    const cookies = [...ada.cookies].map(([name, value]) => ({ name, value, url: ada.base }));
    for (const width of [360, 1280]) {
        const page = await openWindow(browser, { width, cookies });
        await page.goto(`${ada.base}/desk/audit?q=round.edit`);
        assert.deepEqual(await faults(page), []);
        await page.goto(`${ada.base}/desk/audit?from=soon`);
        assert.deepEqual((await faults(page)).filter((f) => !f.startsWith('422')), []);
        await page.goto(`${ada.base}/desk/audit`);
        assert.deepEqual(await faults(page), []);
        await page.context().close();
    }
});

it('a file that would be too long says that it is not all', async () => {
    house.value(`begin; set local session_replication_role = replica;
        insert into audit (officer_id, action, object)
        select a.officer_id, 'test.long', 'round 1' from audit a, generate_series(1, 20001) where a.id = (select min(id) from audit); commit`);
    const lines = (await ada.get('/desk/audit/file')).body.trimEnd().split('\r\n');
    assert.equal(lines.length, 1 + 20000 + 1);
    assert.equal(lines.at(-1), ',,,,,,,,"Older rows are left out: choose fewer days"');
    assert.doesNotMatch((await ada.get('/desk/audit/file?q=round.edit')).body, /left out/);
});
