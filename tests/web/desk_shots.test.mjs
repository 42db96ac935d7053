// desk_shots.test.mjs: the officers' pages in a real browser, on a desk and on a phone: pictures into
// var/shots/ for somebody to look at, and axe, sideways scrolling, scripts and third parties.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { faults, openChromium, openWindow, shot } from '../lib/chromium.mjs';
import { openHouse, totp } from '../lib/harness.mjs';
import { keepPictures } from '../lib/pictures.mjs';
import { routes } from '../lib/routes.mjs';
import { count, london, officersOf, signIn, tokenOf, upload } from './officers.mjs';
import { makeRound } from './rounds_over.mjs';
import { makeThings, sessionOf, thingPath } from './things.mjs';

const slug = 'westfield-2026';
let house, browser, officers, draft;

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    officers = officersOf(house);
    await prepare();
    browser = await openChromium();
});
after(async () => {
    await page?.context().close();
    await browser?.close();
    await house?.close();
});

// Something of everything: a round in review that came back once, a change asked for and one that
// was granted, a batch of paper, an assisted vote, a result in review.
async function prepare() {
    const sam = await signIn(house, officers.sam);
    const tom = await signIn(house, officers.tom);
    const ada = await signIn(house, officers.ada);
    const changes = `/desk/rounds/${slug}/changes`;
    const numbers = house.value(`select string_agg(to_char(p.number, 'FM0000'), ' ' order by p.cost) from proposal p
        join round r on r.id = p.round_id where r.slug = '${slug}'`).split(' ');
    const [date, time] = house.value(`select to_char((closes_at + interval '1 hour') at time zone 'Europe/London',
        'DD/MM/YYYY HH24:MI:SS') from round where slug = '${slug}'`).split(' ');
    await tom.post(changes, { token: tokenOf(await tom.get('/desk')), kind: 'withdrawal', number: numbers[0],
        reason_withdrawal: 'The land was sold to the parish' });
    await sam.post(`/desk/changes/${house.value('select max(id) from amendment')}`,
        { token: tokenOf(await sam.get('/desk')), grant: 'yes' });
    await tom.post(changes, { token: tokenOf(await tom.get('/desk')), kind: 'extension', closes_date: date,
        closes_time: time, reason_extension: 'The river flooded the hall where people vote' });
    const [day, hour] = house.value(`select to_char((opens_at + interval '1 hour') at time zone 'Europe/London',
        'DD/MM/YYYY HH24:MI:SS') from round where slug = '${slug}'`).split(' ');
    const paper = `/desk/rounds/${slug}/paper`;
    const batch = await tom.submit(await tom.get(paper),
        { place: 'Acomb library', collected_date: day, collected_time: hour, ballots: '3' }, { form: paper });
    const code = house.demo.codes.filter((c) => c.area === 'Westfield')[5].code;
    await tom.submit(batch, { code, ballot: numbers[1] }, { form: batch.path });
    // The draft, whole enough to be sent for review.
    draft = house.value(`select r.slug from round r where r.state = 'draft' and r.kind <> 'yes_no'
        and exists (select from proposal p where p.round_id = r.id) order by r.id limit 1`);
    house.value(`update round set opens_at = date_trunc('hour', now()) + interval '5 days', closes_at = date_trunc('hour', now()) + interval '20 days'
        where slug = '${draft}'`);
    const at = `/desk/rounds/${draft}`;
    for (const n of house.value(`select string_agg(to_char(number, 'FM0000'), ' ') from proposal p join round r
        on r.id = p.round_id where r.slug = '${draft}' and p.state = 'draft'`).split(' ').filter(Boolean))
        await ada.post(`/desk/proposals/${draft}/${n}/publish`, { token: tokenOf(await ada.get('/desk')) });
    await ada.post(`${at}/review`, { token: tokenOf(await ada.get('/desk')) });
    await sam.post(`${at}/return`, { token: tokenOf(await sam.get('/desk')), note: 'The opening is on a bank holiday' });
}

async function visit(page, path, name) {
    const answer = await page.goto(house.url + path);
    assert.equal(answer.status(), 200, path);
    await shot(page, name);
    assert.deepEqual(await faults(page), [], path);
}

async function signedIn(officer, width) {
    house.value('update officer set totp_last_step = 0; delete from failure');
    const page = await openWindow(browser, { width });
    await page.goto(`${house.url}/desk/sign-in`);
    await page.fill('input[name=email]', officer.email);
    await page.fill('input[name=password]', officer.password);
    await page.fill('input[name=totp]', totp(officer.totp_seed_base32));
    await page.click('main button[type=submit]');
    assert.equal(new URL(page.url()).pathname, '/desk');
    return page;
}

for (const width of [1280, 360]) {
    test(`two officers' pages, ${width} pixels wide`, async () => {
        const at = `/desk/rounds/${slug}`;
        const batch = house.value('select max(id) from paper_batch');
        let page = await signedIn(officers.sam, width);
        await visit(page, '/desk', `desk-home-${width}`);
        await visit(page, at, `desk-open-${width}`);
        await visit(page, `${at}/changes`, `desk-changes-${width}`);
        await visit(page, '/desk/changes', `desk-changes-all-${width}`);
        await visit(page, `${at}/paper`, `desk-paper-${width}`);
        await visit(page, `${at}/paper/${batch}`, `desk-batch-${width}`);
        await visit(page, `${at}/assisted`, `desk-assisted-${width}`);
        await visit(page, `/desk/rounds/${draft}`, `desk-returned-${width}`);
        await visit(page, `/desk/rounds/${draft}/edit`, `desk-edit-${width}`);
        await visit(page, `/rounds/${slug}/rules`, `rules-changed-${width}`);
        // What is wrong, beside what was typed.
        await page.goto(`${house.url}/desk/rounds/new`);
        await page.check('input[name=kind][value=points]');
        await page.fill('input[name=points_max]', '20');
        await page.fill('input[name=minimum_age]', 'ten');
        await page.click('text=More pots');
        await page.fill('input[name=pot3_name]', 'Third');
        await page.click('main form button[type=submit]');
        await shot(page, `desk-edit-wrong-${width}`);
        assert.match(await page.title(), /^Error: /);
        assert.deepEqual(await faults(page), []);
        await page.goto(`${house.url}${at}/paper/${batch}`);
        await page.fill('input[name=ballot]', '12');
        await page.click('text=Enter this ballot');
        await shot(page, `desk-batch-wrong-${width}`);
        assert.deepEqual(await faults(page), []);
        await page.goto(`${house.url}/desk/rounds/${draft}`);
        await page.click('text=Send for review');
        await shot(page, `desk-review-sent-${width}`);
        assert.deepEqual(await faults(page), []);
        await page.context().close();
        page = await signedIn(officers.ada, width);
        await visit(page, `/desk/rounds/${draft}`, `desk-review-${width}`);
        await page.click('summary:has-text("Send back to draft")');
        await page.fill('textarea[name=note]', 'Once more');
        await page.click('button:has-text("Send back to draft")');
        await page.context().close();
    });
}

// WM_LOOK=1 (make shots): every page of the desk in every state, each of its forms also sent empty. What is made for it is made
// by the forms where there is one. axe looks at these pages in their own stories; here, whether anything sticks out on a phone.
const look = { skip: !process.env.WM_LOOK };
const wrong = [];
let page = null;

// The window is that of who is signed in with this browser (null: nobody).
async function windowOf(desk) {
    await page?.context().close();
    const cookies = desk === null ? [] : [...desk.cookies].map(([name, value]) => ({ name, value, url: house.url }));
    page = await openWindow(browser, { width: 360, cookies });
}
async function picture(what) {
    await keepPictures(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) wrong.push(`${what}: sticks out by ${over} px`);
}
async function seen(where, act = null) {
    await page.goto(house.url + where);
    if (act) await act();
    await picture(where);
}
// Folds open, every form with something to fill in sent with nothing in it.
async function sentEmpty(where) {
    await page.goto(house.url + where);
    const forms = await page.evaluate(() => [...document.querySelectorAll('main form[method=post]')]
        .map((f, i) => (f.querySelector('textarea, input:not([type=hidden]):not([type=radio]):not([type=checkbox])') ? i : -1)).filter((i) => i >= 0));
    for (const i of forms) {
        await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));
        const form = page.locator('main form[method=post]').nth(i);
        for (const field of await form.locator('textarea, input[type=text], input[type=password], input[type=email], input[type=tel]').all())
            await field.fill('');
        await form.locator('button[type=submit]').first().click();
        await page.waitForLoadState();
        if (/^Error: /.test(await page.title())) await picture(`${where}, form ${i} empty`);
        await page.goto(house.url + where);
    }
}
const roles = (officer, area, ...held) => house.value(held.map((role) => (area
    ? `insert into officer_area (officer_id, neighbourhood_id, role) select ${officer}, id, '${role}' from neighbourhood where slug = '${area}' on conflict do nothing`
    : `insert into officer_role (officer_id, role) values (${officer}, '${role}') on conflict do nothing`)).join(';'));
const officer = (name, email) => house.value(`insert into officer (email, name, password_hash, totp_sealed)
    values ('${email}', '${name}', 'none', '') returning id`);

test('signing in, and what officers meet who have nothing to do yet', look, async () => {
    house.value('update officer set totp_last_step = 0; delete from failure');
    await windowOf(null);
    await seen('/desk/sign-in');
    await seen('/desk/sign-in', async () => {
        await page.fill('input[name=email]', officers.sam.email);
        await page.fill('input[name=password]', 'wrong');
        await page.click('main button[type=submit]');
    });
    house.value(`insert into failure (kind, key) select f.kind, f.key from failure f, generate_series(1, 20)`);
    await seen('/desk/sign-in', async () => {
        await page.fill('input[name=email]', officers.sam.email);
        await page.fill('input[name=password]', 'wrong');
        await page.click('main button[type=submit]');
    });
    house.value('delete from failure');
    await seen('/desk/set-up/ABCDEFGHJKMNPQRSTVWXYZ2345');
    const none = officer('Nora None', 'nora@york.example');
    await windowOf(sessionOf(house, none));
    await seen('/desk');
    await seen('/desk/people');
    const stella = officer('Stella Strens', 'stella@york.example');
    roles(stella, 'strensall', 'ward_officer', 'approver', 'clerk');
    await windowOf(sessionOf(house, stella));
    for (const where of ['', '/ideas', '/offers', '/delivery', '/registers', '/codes', '/changes', '/decisions', '/agreements', '/postcodes', '/audit', '/me'])
        await seen(`/desk${where}`);
    await seen('/desk/texts');
    await seen(`/desk/rounds/${slug}`);
    await seen('/desk/codes/find?q=AA-999');
    const cleo = officer('Cleo Clerk', 'cleo@york.example'), audrey = officer('Audrey Audit', 'audrey@york.example');
    roles(cleo, 'westfield', 'clerk');
    roles(audrey, null, 'auditor');
    await windowOf(sessionOf(house, cleo));
    for (const where of ['', `/rounds/${slug}`, `/rounds/${slug}/paper`, '/codes/find']) await seen(`/desk${where}`);
    await windowOf(sessionOf(house, audrey));
    for (const where of ['', `/rounds/${slug}`, '/audit', '/people', '/rounds/micklegate-2026/result']) await seen(`/desk${where}`);
    await windowOf(await signIn(house, officers.sam));
    await seen('/desk/texts');
});

// Everything that a round goes through, by two officers.
test('a round, from nothing to the archive', look, async () => {
    const ada = await signIn(house, officers.ada), tom = await signIn(house, officers.tom);
    const form = '/desk/rounds/new', at = '/desk/rounds/westfield-2031';
    const opens = london(5 * 86400).date, closes = london(20 * 86400).date;
    const made = await ada.submit(await ada.get(form), { area: 'westfield', title: 'Westfield 2031', kind: 'knapsack', grace: '15', minimum_votes: '0',
        pot1_name: 'Streets and green spaces', pot1_amount: '10000', pot2_name: 'Young people', pot2_amount: '5000' }, { form });
    assert.equal(made.path, at, made.text);
    await windowOf(ada);
    await seen(at);
    await ada.submit(await ada.get(`${at}/edit`), { opens_date: opens, opens_time: '9am', closes_date: closes, closes_time: '9pm' }, { form: `${at}/edit` });
    await seen(at);
    await seen(`${at}/import`);
    const send = async (file) => (await upload(ada, await ada.get(`${at}/import`), file)).path;
    await seen(await send('Was;Kosten;Topf;Ort\nBank am Fluss;1.250,00;Streets and green spaces;Riverside\nZebra;300;Young people;\n'));
    await seen(await send('Title,Short name,Cost,Pot,Summary\nBench,Bench,900,Streets and green spaces,A bench\n,,12,Young people,Nothing\nZebra crossing at the shops on Front Street,'
        + 'Far too long a short name,lots,Young people,A safe way over\nPool,Pool,600000,Young people,Wet\n'));
    const good = await send('Title,Short name,Cost,Pot,Summary\nBenches along the riverside walk,Benches,2400,Streets and green spaces,Six benches with backs and arms between the bridge and the weir.\n'
        + 'Trees for Foxwood Lane,Trees,3200,1,Sixteen street trees\nStreet sport on Friday nights,Street sport,1800,Young people,Ten sessions of two hours\nMusic room,Music room,2500,2,Instruments and a teacher\n');
    await seen(good);
    await ada.submit(await ada.get(good), { do: 'add' }, { form: good });
    await seen(`${at}/import`);
    await seen(at);
    const numbers = house.value(`select string_agg(to_char(number, 'FM0000'), ' ' order by id) from proposal where round_id = (select id from round where slug = 'westfield-2031')`).split(' ');
    const one = `/desk/proposals/westfield-2031/${numbers[0]}`;
    await ada.submit(await ada.get(one), { title: 'Benches along the river', cost: '2600', body: 'Six **benches**.\n\nOf oak.', then: 'preview' }, { form: one });
    await seen(one);
    await sentEmpty(one);
    await seen(`${one}/preview`);
    await seen(`${one}/history`);
    for (const n of numbers) await ada.post(`/desk/proposals/westfield-2031/${n}/publish`, { token: tokenOf(await ada.get('/desk')) });
    await seen(at);
    await ada.submit(await ada.get(`${at}/preview`), { do: 'make' }, { form: `${at}/preview` });
    await seen(`${at}/preview`);
    await seen(`${at}/translations`);
    await seen(`/desk/translations/westfield-2031/${numbers[0]}/pl`);
    await sentEmpty(`/desk/translations/westfield-2031/${numbers[0]}/pl`);
    await ada.submit(await ada.get(`/desk/translations/westfield-2031/${numbers[0]}/pl`), { title: '\u0141awki nad rzek\u0105', short_name: '', summary: '', body: '' }, { form: `/desk/translations/westfield-2031/${numbers[0]}/pl` });
    await seen(`/desk/translations/westfield-2031/${numbers[0]}/pl`);
    await ada.submit(await ada.get(at), {}, { form: `${at}/review` });
    await seen(at);
    await windowOf(tom);
    await seen(at);
    await tom.submit(await tom.get(at), {}, { form: `${at}/approve` });
    await seen(at);
    await tom.submit(await tom.get(at), {}, { form: `${at}/schedule` });
    await seen(at);
    await seen(`${at}/texts`);
    await seen(`${at}/edit`);
    await seen(`/desk/rounds/${slug}`);
    await seen(`/desk/rounds/${slug}/monitor`);
    await seen(`/desk/rounds/${slug}/changes`);
    await seen(`/desk/rounds/${slug}/paper`);
    makeRound(house, 'over', { kind: 'approval', rule: 'greedy', exclusion: false, ballots: Array.from({ length: 40 }, (_, i) => (i % 4 ? { 1003: 1, 1004: 1 } : { 1001: 1, 1002: 1 })) });
    house.value(`begin; set local session_replication_role = replica; update round set title = 'Westfield 2030', closes_at = now() - interval '1 minute', grace = '1 hour' where slug = 'over'; commit`);
    await seen('/desk/rounds/over');
    house.value(`begin; set local session_replication_role = replica; update round set grace = '0' where slug = 'over'; commit`);
    await windowOf(ada);
    await seen('/desk/rounds/over');
    await count(ada, 'over');
    await seen('/desk/rounds/over');
    await seen('/desk/rounds/over/result');
    await ada.submit(await ada.get('/desk/rounds/over/result'), {}, { form: '/desk/rounds/over/result/review' });
    await seen('/desk/rounds/over/result');
    await windowOf(tom);
    await seen('/desk/rounds/over');
    await seen('/desk/rounds/over/result');
    await sentEmpty('/desk/rounds/over/result');
    const asks = await tom.get('/desk/rounds/over/result');
    const later = london(3600);
    await tom.submit(asks, { date: later.date, time: later.time }, { form: asks.forms.findIndex((f) => f.values('when').length > 0) });
    await seen('/desk/rounds/over/result');
    await sentEmpty('/desk/rounds/over/result');
    await seen('/desk/rounds/over');
    await tom.submit(await tom.get('/desk/rounds/over/result'), { do: 'now', reason: 'The council has met' }, { form: '/desk/rounds/over/embargo' });
    await seen('/desk/rounds/over');
    await seen('/desk/rounds/over/result');
    await sentEmpty('/desk/rounds/over/result');
    await seen('/desk/rounds/over/decisions');
    await tom.submit(await tom.get('/desk/rounds/over/decisions'), { number: '1003', decision: 'approved', reason: 'Paid from the ward’s own fund', body: 'The Executive', day: london(0).date },
        { form: '/desk/rounds/over/decisions' });
    await seen('/desk/rounds/over/decisions');
    await windowOf(ada);
    await seen('/desk/rounds/over/decisions');
    await seen('/desk/decisions');
    await seen('/desk/delivery');
    await seen('/desk/delivery/over/1003');
    await ada.submit(await ada.get('/desk/rounds/over/result'), { reason: 'A box of paper was found' }, { form: '/desk/rounds/over/correct' });
    await seen('/desk/rounds/over/result');
    await seen('/desk/rounds/over');
    const archived = '/desk/rounds/micklegate-2026';
    await seen(archived);
    if (/archive"/.test((await ada.get(archived)).body)) await ada.submit(await ada.get(archived), {}, { form: `${archived}/archive` });
    await seen(archived);
});

test('a practice round', look, async () => {
    const ada = await signIn(house, officers.ada);
    makeRound(house, 'drill', { kind: 'approval', rule: 'greedy', exclusion: false, ballots: [] });
    house.value(`begin; set local session_replication_role = replica; update round set title = 'Drill', eligibility = 'practice', closes_at = now() + interval '1 day' where slug = 'drill'; commit`);
    await windowOf(ada);
    await seen('/desk/rounds/drill');
    await sentEmpty('/desk/rounds/drill');
    const made = await ada.submit(await ada.get('/desk/rounds/drill'), { ballots: '40' }, { form: '/desk/rounds/drill/practice' });
    assert.match(made.text, /40/);
    await seen('/desk/rounds/drill');
    house.value(`begin; set local session_replication_role = replica; update round set closes_at = now() where slug = 'drill'; commit`);
    await count(ada, 'drill');
    await seen('/desk/rounds/drill');
    await seen('/desk/rounds/drill/result');
    await seen('/desk/rounds/drill/compare');
});

test('registers, files, codes, ideas, offers, agreements, texts', look, async () => {
    const ada = await signIn(house, officers.ada), sam = await signIn(house, officers.sam), tom = await signIn(house, officers.tom);
    await windowOf(ada);
    const form = '/desk/registers/new';
    const register = (await ada.submit(await ada.get(form), { area: 'hull-road', kind: 'codes', name: 'Hull Road addresses', codes_per_address: '2', extra_cap: '1' }, { form })).path;
    await seen(register);
    const send = async (file) => upload(ada, await ada.get(register), file);
    const bad = await send('housenumber,streetname,postcode,uprn\n1,Long Lane,YO10 3AA,000000000001\n2,Long Lane,YO10 3AA,1.00E+11\n,,,\n3,Long Lane,YO10 3AA,000000000001\n');
    await seen(bad.path);
    await seen((await send('nr;strasse;plz\n1;Long Lane;YO10 3AA\n')).path);
    const good = await send('housenumber,streetname,postcode,uprn\n1,Long Lane,YO10 3AA,1\n2,Long Lane,YO10 3AA,2\n3,Long Lane,YO10 3AA,3\n');
    await seen(good.path);
    await ada.submit(good, {}, { form: good.path });
    await seen(register);
    await seen('/desk/registers');
    await sentEmpty(register);
    await seen('/desk/codes');
    const serial = house.value(`select c.serial from credential c join voter v on v.id = c.voter_id join neighbourhood n on n.id = v.neighbourhood_id where n.slug = 'westfield' limit 1`);
    await seen(`/desk/codes/${serial}`);
    // Residents' side: an idea and an offer.
    const resident = house.browser();
    const number = house.value(`select to_char(min(p.number), 'FM0000') from proposal p join round r on r.id = p.round_id where r.slug = '${slug}' and p.state = 'published'`);
    const offer = `/rounds/${slug}/${number}/offer`;
    await resident.submit(await resident.get(offer), { words: 'I can lend a van with a tow bar on Saturdays, and two strong sons who like to dig', name: 'Ann Lee', number: '07700 900 456', agree: 'yes' }, { form: /offer$/ });
    house.value(`insert into idea (reference, key_hash, neighbourhood_id, title, what, state, sent_at)
        select 'H0KEY' || i, sha256(('x' || i)::bytea), id, 'A crossing by the school number ' || i, 'Cars come fast round the bend, and children cross there at half past eight.', 'sent', clock_timestamp()
        from neighbourhood, generate_series(1, 3) i where slug = 'westfield'`);
    await windowOf(tom);
    await seen('/desk');
    await seen('/desk/offers');
    await seen('/desk/offers', () => page.locator('main form button').first().click());
    await seen('/desk/ideas');
    const idea = `/desk/ideas/${house.value('select min(id) from idea where reference like \'H0KEY%\'')}`;
    await seen(idea);
    const act = async (desk, where, fields) => desk.post(where, { token: tokenOf(await desk.get('/desk')), ...fields });
    const edition = (await act(tom, '/desk/agreements', { area: 'westfield', title: 'Westfield 2028', copy: 'yes' })).path;
    await seen('/desk/agreements');
    await seen(edition);
    await sentEmpty(edition);
    await seen(`${edition}/new`);
    const pledge = house.value(`select min(id) from pledge where edition_id = ${edition.split('/').pop()}`);
    await seen(`${edition}/${pledge}`);
    await act(tom, edition, { do: 'link', provider: house.value(`select provider_id from pledge where id = ${pledge}`) });
    await seen(`${edition}/changes`);
    const current = house.value(`select e.id from agreement_edition e join neighbourhood n on n.id = e.neighbourhood_id where n.slug = 'westfield' and e.state = 'adopted'`);
    await seen(`/desk/agreements/${current}`);
    await seen(`/desk/agreements/${current}/${house.value(`select min(id) from pledge where edition_id = ${current}`)}`);
    await windowOf(sam);
    await house.startHandset();
    await house.startSms();
    await house.ask('+447700900123', 'HELP');
    await seen('/desk/texts');
    await seen('/desk/texts', async () => { await page.fill('input[name=q]', '0123'); await page.locator('form[action$=find] button').click(); });
    await seen(`/desk/texts/out/${house.value('select client_ref from outbox order by id desc limit 1')}`);
    await sentEmpty(`/desk/texts/out/${house.value('select client_ref from outbox order by id desc limit 1')}`);
    await seen('/desk/providers/handset');
});

test('every route of the desk has a picture', look, async () => {
    const things = await makeThings(house);
    const boss = officer('Bo Boss', 'bo@york.example');
    roles(boss, 'york', 'ward_officer', 'approver', 'clerk');
    roles(boss, null, 'sms_operator', 'auditor', 'administrator');
    const desk = sessionOf(house, boss);
    await windowOf(desk);
    const pages = routes.filter((r) => r.who === 'officer' && r.method === 'GET' && !r.pattern.endsWith('/file'));
    for (const { pattern } of pages) {
        // Providers that no daemon has heard of are none.
        const where = thingPath({ ...things, name: 'handset' }, pattern, boss);
        await seen(pattern === '/desk/codes/find' ? `${where}?q=${things.serial}` : where);
        await sentEmpty(where);
    }
    assert.deepEqual(wrong, []);
});
