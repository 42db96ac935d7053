// desk_shots.test.mjs: the officers' pages in a real browser, on a desk and on a phone: pictures into
// var/shots/ for somebody to look at, and axe, sideways scrolling, scripts and third parties.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { faults, openChromium, openWindow, shot } from '../lib/chromium.mjs';
import { openHouse, totp } from '../lib/harness.mjs';
import { officersOf, signIn, tokenOf } from './officers.mjs';

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
