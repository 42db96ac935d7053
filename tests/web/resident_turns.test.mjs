// resident_turns.test.mjs: what voters are asked first, and what they are told when a round takes a
// turn while it is open: an extension, a project withdrawn, a ballot declared void; and what a
// receipt says at each.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openChromium } from '../lib/chromium.mjs';
import { openHouse } from '../lib/harness.mjs';
import { number, numbered, openBooth, path, pressed, proceed, receiptOn, tick, words } from './booth.mjs';

let house, browser, demo;
let go, look, signedIn, projects, revisions, serialOf, stored, bend;

before(async () => {
    house = await openHouse();
    demo = await house.loadDemo();
    await house.startServer();
    browser = await openChromium();
    ({ go, look, signedIn, projects, revisions, serialOf, stored, bend } =
        openBooth(house, browser, demo));
});

after(async () => {
    await browser?.close();
    await house?.close();
});

const summary = async (page) =>
    (await page.locator('.govuk-error-summary li').allInnerTexts()).map((t) => t.trim());
const pageText = async (where) => {
    const b = house.browser();
    const { text } = await b.get(where);
    b.close();
    return text;
};

// What two officers do together: one asks, the other grants.
function change(kind, slug, { closes = 'null', number = 'null', serial = null, reason }) {
    const officer = (name) => `(select id from officer where email like '${name}@%')`;
    const asked = house.rows(`select outcome, id from api.desk_amendment_ask(${officer('ada')}, '${kind}',
        '${slug}', ${closes}, ${number}::smallint, null, ${serial ? `'${serial}'` : 'null'}, '${reason}')`);
    assert.equal(asked[0].outcome, 'asked');
    assert.equal(house.value(`select outcome from api.desk_amendment_decide(${officer('sam')}, ${asked[0].id}, true)`),
        'granted');
}

async function cast(page, slug, fill) {
    await go(page, `/ballot/${slug}`);
    await fill();
    await proceed(page);
    await page.click('text=Cast my vote');
    assert.equal(path(page), `/ballot/${slug}/done`);
    return receiptOn(page);
}

async function receiptSays(page, receipt) {
    await go(page, '/receipt');
    await page.fill('#receipt', receipt);
    await page.click('button:text-is("Check")');
    return page.innerText('h1');
}

for (const scriptless of [false, true]) {
    test(`a round that asks for age and postcode, scripts ${scriptless ? 'off' : 'on'}`, async () => {
        bend(`update round set minimum_age = 11, residence = 'postcode' where slug = 'acomb-2026'`);
        house.value(`insert into postcode select p.code, n.id from (values ('YO24 3BZ', 'acomb'),
                     ('YO31 1AA', 'heworth')) p(code, area) join neighbourhood n on n.slug = p.area
                     on conflict do nothing`);
        const page = await signedIn('Acomb', { width: scriptless ? 320 : 360, scriptless });
        await page.click('text=Acomb 2026');
        assert.equal(path(page), '/ballot/acomb-2026/declare');
        assert.match(await words(page), /for people who live in Acomb and are 11 or older/);
        await look(page, 'declare');
        await proceed(page);
        assert.deepEqual(await summary(page), ['Enter a full UK postcode, like YO24 3BZ',
            'Confirm that you are 11 or older. If you are younger, you cannot vote here'], 'all at once');
        assert.equal(await page.locator('main form .govuk-error-message').count(), 2);
        await look(page, 'declare-age');
        await page.fill('#residence', 'yo311aa');
        await proceed(page);
        assert.match((await summary(page)).join(), /^Confirm that you are 11/, 'where a place lies is told to voters only');
        await page.fill('#residence', '');
        await page.check('#age');
        await proceed(page);
        assert.deepEqual(await summary(page), ['Enter a full UK postcode, like YO24 3BZ']);
        assert.equal(await page.isChecked('#age'), true, 'what was said is kept');
        await look(page, 'declare-postcode');
        await page.fill('#residence', 'YO24 9ZZ');
        await proceed(page);
        assert.match((await summary(page))[0], /^We do not know that postcode\. Check it/);
        assert.equal(await page.inputValue('#residence'), 'YO24 9ZZ');
        await page.fill('#residence', 'yo311aa');
        await proceed(page);
        assert.equal(await page.innerText('h1'), 'You cannot vote here');
        assert.match(await words(page), /for people who live in Acomb\. What you entered lies in Heworth\./);
        await look(page, 'declare-elsewhere');
        assert.equal(house.value(`select count(*) from declaration d join credential c using (voter_id)
            where c.serial = '${serialOf(page.code)}'`), '0');
        await page.click('text=If that was a slip, enter it again');
        await page.fill('#residence', ' yo243bz ');
        await page.check('#age');
        await proceed(page);
        assert.equal(path(page), '/ballot/acomb-2026');
        const [a] = projects('acomb-2026').map((p) => p.number);
        await cast(page, 'acomb-2026', () => tick(page, a));
        await go(page, '/ballot/acomb-2026/declare');
        assert.equal(path(page), '/ballot/acomb-2026', 'nobody is asked twice');
    });
}

test('a ballot that was never declared for is not taken, and the choices are kept', async () => {
    const page = await signedIn('Acomb');
    const [a] = projects('acomb-streets-2026').map((p) => p.number);
    await go(page, '/ballot/acomb-streets-2026');
    await number(page, { [a]: 1 });
    await proceed(page);
    bend(`update round set residence = 'neighbourhood' where slug = 'acomb-streets-2026'`);
    const before = revisions();
    await page.click('text=Cast my vote');
    assert.equal(path(page), '/ballot/acomb-streets-2026/declare');
    assert.equal(revisions(), before);
    await proceed(page);
    assert.deepEqual(await summary(page), ['Confirm that you live in Acomb']);
    await page.check('#residence');
    await look(page, 'declare-place');
    await proceed(page);
    assert.deepEqual(await numbered(page), { [a]: '1' });
    await proceed(page);
    await page.click('text=Cast my vote');
    assert.equal(path(page), '/ballot/acomb-streets-2026/done');
});

test('a city-wide round asks in which ward', async () => {
    bend(`update round set residence = 'neighbourhood' where slug = 'york-2026'`);
    const page = await signedIn('Westfield');
    await go(page, '/ballot/york-2026');
    assert.match(await words(page), /for people who live in the City of York/);
    await proceed(page);
    assert.deepEqual(await summary(page), ['Choose where you live']);
    await page.selectOption('#residence', 'westfield');
    await look(page, 'declare-ward');
    await proceed(page);
    assert.equal(path(page), '/ballot/york-2026');
});

test('an extension is told to everyone: on the round, its rules, the ballot and the receipt', async () => {
    const page = await signedIn('Guildhall');
    const slug = 'guildhall-2026';
    const all = projects(slug);
    change('extension', slug, {
        closes: `(select to_char((closes_at at time zone 'Europe/London') + interval '2 days', 'YYYY-MM-DD HH24:MI')
                  from round where slug = '${slug}')`,
        reason: 'The site was down on Monday morning',
    });
    const said = /Voting now closes at 9pm on [^.]+\. It was to close at 9pm on [^.]+\. Reason: The site was down on Monday morning/;
    for (const where of [`/rounds/${slug}`, `/rounds/${slug}/${all[0].number}`])
        assert.match(await pageText(where), said, where);
    assert.match(await pageText(`/rounds/${slug}/rules`), /Voting closes later: .* Reason: The site was down on Monday morning/);
    await go(page, `/rounds/${slug}`);
    await look(page, 'extension-round');
    await go(page, `/ballot/${slug}`);
    assert.match(await words(page), said);
    await look(page, 'extension-ballot');
    await cast(page, slug, () => tick(page, all[0].number));
    assert.match(await words(page), said);
    await look(page, 'extension-done');
});

test('a project is withdrawn: struck with its reason; who chose it is told, and how to change', async () => {
    const slug = 'fishergate-2026';
    const page = await signedIn('Fishergate'), other = await signedIn('Fishergate');
    const all = projects(slug);
    const [a, b, c] = all.map((p) => p.number);
    const receipt = await cast(page, slug, () => number(page, { [a]: 5, [b]: 2 }));
    await go(other, `/ballot/${slug}`);
    await number(other, { [a]: 5, [c]: 1 });
    await proceed(other); // stands before the check page when it happens
    change('withdrawal', slug, { number: Number(a), reason: 'The land was sold' });
    assert.match(await pageText(`/rounds/${slug}`), /Withdrawn\. The land was sold/);
    await go(page, `/rounds/${slug}`);
    assert.equal(await page.locator('s').innerText(), all[0].title);
    assert.ok((await words(page)).includes(`Projects ${all.length - 1} `));
    await look(page, 'withdrawn-round');

    const before = revisions();
    await other.click('text=Cast my vote');
    assert.equal(path(other), `/ballot/${slug}`);
    assert.deepEqual(await summary(other), [
        `“${all[0].title}” has been withdrawn and was taken off your choices. Look at what is left and continue`]);
    assert.deepEqual(await numbered(other), { [c]: '1' });
    assert.equal(revisions(), before);
    await look(other, 'withdrawn-while-casting');

    await go(page, '/vote/rounds');
    assert.match(await words(page), /A project that you chose has been withdrawn\. The rest of your ballot counts; you can change it until then\./);
    await look(page, 'withdrawn-rounds');
    await go(page, `/ballot/${slug}/done`);
    assert.match(await words(page), /A project that you chose has been withdrawn from this vote .*: The land was sold The rest of your ballot counts as it is\. You can change your vote until the close/);
    await look(page, 'withdrawn-done');
    await page.click('text=change your vote');
    assert.match(await words(page), /A project that you chose has been withdrawn\. The rest of your ballot counts as it is/);
    assert.match(await words(page), /Withdrawn from this vote .*The land was sold/);
    assert.deepEqual(await summary(page), [], 'it is no mistake of the voter');
    assert.deepEqual(await numbered(page), { [b]: '2' });
    await look(page, 'withdrawn-ballot');
    await number(page, { [b]: 2, [c]: 5 });
    await proceed(page);
    await page.click('text=Cast my vote');
    assert.equal(stored(page, slug), `${b}=2 ${c}=5`);
    assert.equal(await receiptSays(page, receipt), 'A later ballot replaced this one');
});

test('a ballot declared void: told with the reason; the next one counts', async () => {
    const slug = 'westfield-2026';
    const page = await signedIn('Westfield');
    const [a, b] = projects(slug).map((p) => p.number);
    const receipt = await cast(page, slug, () => tick(page, a));
    change('void_ballot', slug, { serial: serialOf(page.code), reason: 'Cast with a stolen letter' });
    assert.equal(await receiptSays(page, receipt), 'This ballot was declared void');
    await look(page, 'void-receipt');
    await go(page, '/vote/rounds');
    assert.match(await words(page), /Westfield 2026 Void .*Two officers declared your ballot void\. You can cast another until then\./i);
    await look(page, 'void-rounds');
    await go(page, `/ballot/${slug}/done`);
    assert.equal(await page.innerText('h1'), 'Your ballot was declared void');
    assert.match(await words(page), /Their reason: Cast with a stolen letter\. You can cast another, which counts, until/);
    await look(page, 'void-done');
    await page.click('text=Vote again');
    assert.match(await words(page), /Your ballot was declared void by two officers\. Their reason: Cast with a stolen letter\. You can cast another\./);
    await look(page, 'void-ballot');
    for (const n of await pressed(page)) await page.uncheck(`#p${n}`);
    const second = await cast(page, slug, () => tick(page, b));
    assert.equal(await receiptSays(page, second), 'This ballot counts');
    assert.equal(await receiptSays(page, receipt), 'This ballot was declared void');
    await go(page, '/vote/rounds');
    assert.match(await words(page), /Westfield 2026 Voted/i);
});

test('a code of another kind of register: said on a page of its own', async () => {
    bend(`update round set eligibility = 'phone' where slug = 'heworth-2026'`);
    const page = await signedIn('Heworth');
    assert.doesNotMatch(await words(page), /Heworth 2026/);
    await go(page, '/ballot/heworth-2026');
    assert.equal(await page.innerText('h1'), 'Your code does not vote here');
    assert.match(await words(page), /Heworth 2026 is voted on with a mobile number\./);
    await look(page, 'other-register');
});

test('a ballot that was taken back: the receipt and the pages say so', async () => {
    const slug = 'westfield-2026';
    const page = await signedIn('Westfield');
    const [a] = projects(slug).map((p) => p.number);
    const receipt = await cast(page, slug, () => tick(page, a));
    bend(`insert into revision (round_id, voter_id, revision, channel, withdrawn, cast_at, numbers,
              weights, form_key, picks_hash, commitment, receipt)
          select v.round_id, v.voter_id, 2, 2, true, clock_timestamp(), '{}', '{}', v.form_key,
                 v.picks_hash, v.commitment, 1
          from revision v join credential c on c.voter_id = v.voter_id
          where c.serial = '${serialOf(page.code)}';
          update ballot b set current_revision = 2, last_revision = 2, current_cast_at = clock_timestamp()
          from credential c where c.voter_id = b.voter_id and c.serial = '${serialOf(page.code)}'`);
    assert.equal(await receiptSays(page, receipt), 'This ballot was withdrawn');
    await go(page, `/ballot/${slug}/done`);
    assert.equal(await page.innerText('h1'), 'You withdrew your vote');
    await go(page, '/vote/rounds');
    assert.match(await words(page), /Westfield 2026 To do/i);
    await go(page, `/ballot/${slug}`);
    assert.deepEqual(await pressed(page), []);
});

test('a receipt that nobody was given', async () => {
    const page = await signedIn('Westfield');
    assert.equal(await receiptSays(page, 'R0000-0000-0000-0'), 'We do not know that receipt');
    await look(page, 'receipt-unknown');
});
