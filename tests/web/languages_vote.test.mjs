// languages_vote.test.mjs: a first-time voter votes wholly in Polish, by code and by phone, with a
// mistake on each ballot; and the same road in the language that is read from right to left, where
// nothing may stand outside of its marks. Every page that is met is looked at.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openChromium, openWindow } from '../lib/chromium.mjs';
import { openHouse, until } from '../lib/harness.mjs';
import { number, openBooth, path, receiptOn, scripts, tick, words } from './booth.mjs';
import { look } from './in_language.mjs';

let house, browser, demo, go, freshCode, projects, bend;
before(async () => {
    house = await openHouse();
    demo = await house.loadDemo();
    await house.startHandset();
    await house.startSms();
    await house.startServer({ languages: 'en pl ar-XB', sms_number: '60777' });
    browser = await openChromium();
    ({ go, freshCode, projects, bend } = openBooth(house, browser, demo));
    bend(`update round set minimum_age = 11, residence = 'neighbourhood' where slug = 'acomb-2026';
          update round set eligibility = 'phone', minimum_age = 14, residence = 'postcode' where slug = 'heworth-2026';
          insert into postcode select 'YO31 1AA', id from neighbourhood where slug = 'heworth' on conflict do nothing`);
});
after(async () => {
    await browser?.close();
    await house?.close();
});

const main = 'main form:not([action="/vote/sign-out"]) button.govuk-button:not(.govuk-button--secondary) >> nth=0';
const proceed = (page) => page.click(main);
const summary = async (page) => (await page.locator('.govuk-error-summary li').allInnerTexts()).join('\n');
const heading = (page) => page.innerText('h1');

// A window whose reader chose the language. In Polish a page must also say what `polish` expects.
async function reader(tag, options = {}) {
    const page = await openWindow(browser, { width: 360, cookies: [{ name: 'wm_lang', value: tag, url: house.url }] });
    page.tag = tag;
    page.scriptless = options.scriptless;
    if (page.scriptless) await scripts(page, false);
    return page;
}
async function seen(page, name, polish) {
    if (page.scriptless) await scripts(page, true);
    await look(page, name);
    if (page.scriptless) await scripts(page, false);
    if (page.tag === 'pl' && polish) assert.match(`${await page.title()} ${await words(page)}`, polish, name);
}
// Boxes and circles are drawn where the line begins: left in Polish, right in ar-XB.
async function drawnAtBegin(page) {
    const at = await page.locator('main label.govuk-checkboxes__label, main label.govuk-radios__label').evaluateAll((labels) =>
        labels.map((l) => [parseFloat(getComputedStyle(l, '::before').left), l.parentElement.clientWidth]));
    assert.ok(at.length > 0);
    for (const [left, width] of at) assert.ok(page.tag === 'pl' ? left < 5 : left > width - 50, `${left} of ${width}`);
}
async function signedInHere(page, area) {
    await page.fill('#code', freshCode(area));
    await proceed(page);
    assert.equal(path(page), '/vote/rounds');
}
async function signedIn(page, area) {
    await go(page, '/vote/code');
    await typedInOrder(page, '#code');
    await signedInHere(page, area);
}
// "123 456" changes places where the line begins at the right.
const typedInOrder = async (page, field) =>
    assert.equal(await page.locator(field).evaluate((e) => getComputedStyle(e).direction), 'ltr', field);
async function cast(page, slug) {
    await proceed(page);
    assert.equal(path(page), `/ballot/${slug}/done`);
}

for (const tag of ['pl', 'ar-XB']) {
    test(`by code in ${tag}: a budget that was exceeded, then kept; check, receipt, change`, async () => {
        const page = await reader(tag), slug = 'westfield-2026';
        const all = projects(slug).sort((a, b) => a.cost - b.cost).map((p) => p.number);
        await signedIn(page, 'Westfield');
        await page.click('a[href="/ballot/westfield-2026"]');
        await seen(page, 'budget', /Wybierz projekty: Westfield 2026 .*najwyżej 24 400 £.* Głos możesz zmieniać do końca głosowania: /u);
        await drawnAtBegin(page);
        await tick(page, ...all);
        await page.waitForFunction(() => document.querySelector('#say').textContent !== '');
        await seen(page, 'budget-over', /[\d ]+£ z 24 400 £ wybrano\. O [\d ]+£ za dużo: usuń coś\./u);
        await proceed(page);
        await seen(page, 'budget-refused', /^Błąd: Wybierz projekty.*Wystąpił problem Twoje wybory kosztują [\d ]+£\. Usuń projekty za co najmniej [\d ]+£, aby kosztowały najwyżej 24 400 £/u);
        await tick(page, all[0], all[1]);
        await proceed(page);
        assert.equal(path(page), `/ballot/${slug}/check`);
        await seen(page, 'check', /Sprawdź swój głos .*Zmień .*Zostaje Ci [\d ]+£\. Możesz dodać więcej projektów\./u);
        await cast(page, slug);
        await seen(page, 'done', /Twój głos jest zapisany .*Twoje potwierdzenie .*Co będzie dalej Koniec głosowania: /);
        const receipt = await receiptOn(page);
        await go(page, `/ballot/${slug}`);
        await seen(page, 'again', /Nowy głos go zastąpi/);
        await proceed(page);
        await seen(page, 'check-again', /To zastąpi Twój poprzedni głos/);
        await go(page, '/receipt');
        await proceed(page);
        await seen(page, 'receipt-missing', /Wpisz swoje potwierdzenie/);
        await typedInOrder(page, '#receipt');
        await page.fill('#receipt', receipt);
        await proceed(page);
        await seen(page, 'receipt', /Ten głos się liczy .*Głosowanie: Westfield 2026\. Głos oddano: /);
        await go(page, `/ballot/acomb-2026`);
        await seen(page, 'elsewhere', /Tym kodem nie można tu głosować .*Acomb 2026: to głosowanie dla mieszkańców/);
        // The question, and a round with a limit of three.
        await go(page, '/ballot/westfield-agreement-2026');
        await proceed(page);
        await seen(page, 'question-missing', /Wybierz tak lub nie/);
        await drawnAtBegin(page);
        await page.check('#answer');
        await proceed(page);
        await seen(page, 'question-check', /Tak/);
        await cast(page, 'westfield-agreement-2026');
        await seen(page, 'question-done', /Twój głos jest zapisany/);
        const four = projects('york-2026').slice(0, 4).map((p) => p.number);
        await go(page, '/ballot/york-2026');
        await tick(page, ...four);
        await proceed(page);
        await seen(page, 'too-many', /Możesz wybrać najwyżej 3 projekty\. Usuń 1/);
        await go(page, '/ballot/micklegate-2026');
        await seen(page, 'elsewhere-closed');
        // Signed out elsewhere, in the middle of a ballot; and a project to add that is of elsewhere.
        await go(page, '/ballot/york-2026');
        await tick(page, four[0]);
        house.value('update voter set generation = generation + 1');
        await proceed(page);
        await seen(page, 'signed-out', /Nastąpiło wylogowanie .*Twoje wybory są przechowywane na tym urządzeniu/);
        await go(page, '/vote/rounds');
        assert.equal(path(page), '/vote/code');
        await go(page, `/rounds/fishergate-2026/${projects('fishergate-2026')[0].number}`);
        await page.click('main form[action$="/add"] button');
        await signedInHere(page, 'Westfield');
        await seen(page, 'not-that-project', /Tym kodem nie można głosować na ten projekt/);
    });

    test(`points, an order and several pots in ${tag}, with what is declared first`, async () => {
        const page = await reader(tag);
        await signedIn(page, 'Fishergate');
        const points = projects('fishergate-2026').map((p) => p.number);
        await go(page, '/ballot/fishergate-2026');
        await number(page, { [points[0]]: 5, [points[1]]: 5, [points[2]]: 2 });
        await proceed(page);
        await seen(page, 'points-over', /Rozdano 12 punktów\. Odejmij 2, aby było najwyżej 10 .*Rozdane punkty: 12 z 10\. O 2 za dużo/);
        await number(page, { [points[0]]: 7, [points[1]]: 'x' });
        await proceed(page);
        await seen(page, 'points-words', /punkty muszą być liczbą całkowitą, na przykład 3 .*przyznano 7 punktów/);
        await number(page, { [points[0]]: 7 });
        await proceed(page);
        await seen(page, 'points-one', /przyznano 7 punktów\. Jednemu projektowi można dać najwyżej 5/);
        await number(page, {});
        await proceed(page);
        await seen(page, 'points-none', /Wybierz coś albo zaznacz, że nie popierasz żadnego z nich/);
        await number(page, { [points[0]]: 4, [points[2]]: 1 });
        await proceed(page);
        await seen(page, 'points-check', /4 punkty · .*1 punkt · .*Masz jeszcze 5 punktów\. Możesz rozdać więcej/);
        await cast(page, 'fishergate-2026');

        await page.context().clearCookies({ name: 'wm_voter' });
        await signedIn(page, 'Acomb');
        const order = projects('acomb-streets-2026').map((p) => p.number);
        await go(page, '/ballot/acomb-streets-2026');
        await number(page, { [order[0]]: 2, [order[1]]: 1, [order[2]]: 2 });
        await proceed(page);
        await seen(page, 'order-twice', /mają ten sam numer 2\. Daj każdemu inny numer .*Twoja kolejność Jeszcze nieustalona: dwa projekty mają ten sam numer/);
        await number(page, { [order[0]]: 2, [order[1]]: 1 });
        await proceed(page);
        await seen(page, 'order-check', /1\. wybór · .*2\. wybór · /);
        await cast(page, 'acomb-streets-2026');
        await go(page, '/ballot/acomb-2026');
        assert.equal(path(page), '/ballot/acomb-2026/declare');
        await proceed(page);
        await seen(page, 'declare-age', /Potwierdź, że mieszkasz na terenie: Acomb .*Potwierdź, że masz co najmniej 11 lat\. .*Zanim zagłosujesz/);
        await page.check('#age');
        await proceed(page);
        await seen(page, 'declare-place', /Potwierdź, że mieszkasz na terenie: Acomb/);

        await page.context().clearCookies({ name: 'wm_voter' });
        await signedIn(page, 'Guildhall');
        const pots = projects('guildhall-2026');
        await go(page, '/ballot/guildhall-2026');
        await tick(page, ...pots.map((p) => p.number));
        await page.waitForFunction(() => document.querySelector('#say').textContent !== '');
        await seen(page, 'pots-over', /Ward pot: [\d ]+£ z [\d ]+£ wybrano\. /u);
        await tick(page, pots[0].number);
        await proceed(page);
        await seen(page, 'pots-check', /: zostaje [\d ]+£\./u);
    });

    test(`by phone in ${tag}, scripts off, with a wrong number and wrong digits`, async () => {
        const page = await reader(tag, { scriptless: true });
        const me = tag === 'pl' ? '07700 900 961' : '07700 900 962', slug = 'heworth-2026';
        await go(page, '/vote/phone');
        await seen(page, 'phone', /Głosuj numerem telefonu komórkowego .*Numer telefonu komórkowego/);
        await page.fill('#number', 'Ann');
        await proceed(page);
        await seen(page, 'phone-wrong', /Wpisz numer telefonu komórkowego, \S.* 07700 900 982 Wpisz swój kod pocztowy/);
        await page.fill('#number', me);
        await page.selectOption('#area', 'heworth');
        await page.check('#news');
        await proceed(page);
        await seen(page, 'digits', /Jakie pięć cyfr przyszło SMS‑em\?/);
        const text = await until('the digits by text', async () => (await house.replies(`+44${me.slice(1).replaceAll(' ', '')}`))[0]?.body);
        assert.match(text, tag === 'pl' ? /^\d{5} to cyfry do glosowania/ : /^\d{5} are the digits/);
        await page.fill('#digits', '12');
        await proceed(page);
        await seen(page, 'digits-wrong', /Wpisz pięć cyfr z naszego SMS‑a/);
        await page.fill('#digits', text.slice(0, 5));
        await proceed(page);
        assert.equal(path(page), '/vote/rounds');
        await seen(page, 'phone-rounds', /Twoje głosowania/);
        await page.click(`a[href="/ballot/${slug}"]`);
        await proceed(page);
        await seen(page, 'phone-declare', /Potwierdź, że masz co najmniej 14 lat/);
        await page.check('#age');
        await page.fill('#residence', 'nowhere');
        await proceed(page);
        await seen(page, 'phone-declare-postcode', /Wpisz pełny brytyjski kod pocztowy/);
        await page.fill('#residence', 'yo311aa');
        await proceed(page);
        await proceed(page);
        await seen(page, 'phone-empty', /Wybierz co najmniej jeden projekt/);
        await page.check(`#p${projects(slug)[0].number}`);
        await proceed(page);
        await seen(page, 'phone-check', /Sprawdź swój głos/);
        await cast(page, slug);
        await seen(page, 'phone-done', /Twój głos jest zapisany/);
        assert.ok(await receiptOn(page));
    });

    test(`in ${tag}: texts, the card, pages that are not there`, async () => {
        const page = await reader(tag);
        await go(page, '/text');
        await seen(page, 'text', /GLOSUJ 123 456 789 0123 \d{4} .*LISTA Acomb .*OFERUJE 1275 .*LANG PL .*Wyślij WIADOMOSCI, aby dostać SMS/);
        for (const slug of ['westfield-2026', 'fishergate-2026', 'heworth-2026', 'westfield-agreement-2026', 'bishopthorpe-2027']) {
            await go(page, `/rounds/${slug}/card`);
            await seen(page, `card-${slug}`, /Głosuj SMS‑em: .*(GLOSUJ|TAK)/);
        }
        await go(page, '/rounds/micklegate-2026/card');
        await seen(page, 'no-card', /nie ma karty do druku/);
        await go(page, '/nothing');
        await seen(page, 'not-found', /Nie ma takiej strony/);
        await go(page, '/vote/phone/nonsense');
        await seen(page, 'not-found-either', /Nie ma takiej strony/);
    });
}

test('a language of tests is not offered where the settings do not name it', async () => {
    const b = house.browser();
    b.cookies.set('wm_lang', 'pl');
    assert.match((await b.get('/vote')).body, /Potrzebujesz pomocy\? <span lang="en-GB"[^>]*>Call 01904 000000</, 'marked as English where there is no other');
    await house.server.stop();
    await house.startServer({ languages: 'en pl', contact_pl: 'Zadzwoń pod numer 01904 111111' });
    assert.match((await b.get('/vote')).body, /Potrzebujesz pomocy\? Zadzwoń pod numer 01904 111111</);
    assert.match((await b.get('/rounds/westfield-2026/card')).text, /liczy się ostatni głos\. Zadzwoń pod numer 01904 111111, jeśli potrzebujesz pomocy\./);
    const wrong = await b.submit(await b.get('/vote/code'), { code: '123 456' }, { form: '/vote/code' });
    assert.match(wrong.text, /\. Zadzwoń pod numer 01904 111111/);
    b.cookies.set('wm_lang', 'ar-XB');
    const page = await b.get('/vote');
    assert.match(page.body, /<html lang="en-GB" class/);
    assert.doesNotMatch(page.body, /ar-XB/);
    b.cookies.set('wm_lang', 'pl');
    const refusals = [
        [400, /Nie udało się tego odczytać/, () => b.post('/receipt', { odd: '1' })],
        [403, /To nie przyszło z naszych stron/, () => b.request('POST', '/receipt', { headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' }, body: 'receipt=R' })],
        [404, /Nie ma takiej strony/, () => b.get('/vote/nothing')],
        [405, /Tego nie można tu zrobić/, () => b.request('POST', '/text', { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: '' })],
        [413, /To jest za długie/, () => b.request('POST', '/receipt', { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `receipt=${'R'.repeat(17000)}` })],
    ];
    for (const [status, said, ask] of refusals) {
        const refusal = await ask();
        assert.equal(refusal.status, status);
        assert.match(refusal.text, said, String(status));
    }
    for (let i = 0, last; i < 50; i++) {
        last = await b.post('/receipt', { receipt: 'R' });
        if (last.status === 429) return assert.match(last.text, /Za dużo prób/);
    }
    assert.fail('nobody was told to wait');
});
