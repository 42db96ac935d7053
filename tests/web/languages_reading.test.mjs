// languages_reading.test.mjs: what residents read, without voting, in Polish and in the pseudo-locale
// that is read from right to left: nothing of a page is translated, or all of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openChromium, openWindow } from '../lib/chromium.mjs';
import { openHouse } from '../lib/harness.mjs';
import { look } from './in_language.mjs';

let house, browser, pl, en, soon;
before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer({ languages: 'en pl ar-XB', sms_number: '60777' });
    browser = await openChromium();
    [pl, en] = [house.browser(), house.browser()];
    pl.cookies.set('wm_lang', 'pl');
    soon = house.value(`select slug from round where frozen and opens_at > clock_timestamp() limit 1`);
});
after(async () => {
    pl?.close();
    en?.close();
    await browser?.close();
    await house?.close();
});

// A page, its title in Polish (a pattern: names are not ours), and words that must be on it.
const PAGES = () => [
    ['neighbourhoods', '/neighbourhoods', /^Dzielnice$/, [/\d+ zobowiąza(nie|nia|ń) \(\d+ instytucj[aei]\)/, 'Znajdź swoją dzielnicę']],
    ['find-near', '/find?postcode=YO24', /^Wybierz swoją dzielnicę$/, ['Spróbuj innego kodu pocztowego']],
    ['find-wrong', '/find?postcode=??', /^Znajdź swoją dzielnicę$/, ['Wystąpił problem', 'Albo wybierz ją tutaj'], 422],
    ['neighbourhood', '/neighbourhoods/westfield', /^Westfield$/, ['Porozumienie dzielnicowe', 'Prześlij pomysł']],
    ['neighbourhood-decided', '/neighbourhoods/guildhall', /^Guildhall$/, ['Rozstrzygnięte', 'Co się stało z wybranymi projektami']],
    ['no-neighbourhood', '/neighbourhoods/nowhere', /^Nie znamy takiej dzielnicy$/, [], 404],
    ['rounds', '/rounds', /^Projekty i pytania$/, ['Trwa głosowanie', 'Wkrótce']],
    ['round', '/rounds/westfield-2026', /./, ['Koniec głosowania:', 'Filtruj i porządkuj projekty', 'Pieniądze do wydania', 'Zasady tego głosowania']],
    ['round-soon', `/rounds/${soon}`, /./, ['Początek głosowania:']],
    ['round-decided', '/rounds/micklegate-2026', /./, ['Głosowanie skończyło się:', 'Zobacz wynik']],
    ['round-nothing', '/rounds/westfield-2026?q=zzz', /./, ['Żaden projekt nie pasuje.', 'Pokaż wszystkie projekty']],
    ['round-wrong', '/rounds/westfield-2026?most=lots', /./, ['Wpisz kwotę w funtach, np. 2500'], 422],
    ['no-round', '/rounds/nowhere', /^Nie znamy takiego głosowania$/, [], 404],
    ['project', `/rounds/westfield-2026/${number('westfield-2026')}`, /./, ['Jak na niego zagłosować', 'Dodaj do mojego głosu', 'Zgłasza']],
    ['project-funded', `/rounds/guildhall-2025/${funded()}`, /./, ['Co się z nim stało', /W toku|Gotowe|Zaniechano/, /\d wcześniejsz(e|ych) sprawozda/, 'Zobacz wynik']],
    ['results', '/results', /^Wyniki$/, ['Rozstrzygnięte', 'Sprawdź potwierdzeniem, czy Twój głos policzono']],
    ...over().map((slug) => [`result-${slug}`, `/rounds/${slug}/result`, /: (nie )?(wybrano|przyjęto)/, ['Sprawdź samodzielnie', 'Rozliczenie']]),
    ['no-result', '/rounds/westfield-2026/result', /^Nie ma jeszcze wyniku$/, ['Koniec głosowania:']],
    ['agreements', '/agreements', /^Porozumienia dzielnicowe$/, ['co w zamian robią mieszkańcy', 'Nowe wydanie']],
    ['agreement', '/neighbourhoods/acomb/agreement', /./, ['Co obiecują instytucje', 'Co w zamian robią mieszkańcy', 'Ostatnie sprawdzenie', 'Zachowaj je i sprawdź']],
    ['edition', '/neighbourhoods/westfield/agreement/2', /./, ['wydanie 2, zaproponowane', 'Wszystkie wydania']],
    ['edition-changes', '/neighbourhoods/westfield/agreement/2/changes', /^Co się zmieniło między wydaniem 1 a wydaniem 2$/, ['Słowa usunięte są przekreślone']],
    ['no-agreement', '/neighbourhoods/nowhere/agreement', /^Nie ma tu porozumienia$/, [], 404],
    ['rules', '/rounds/westfield-2026/rules', /^Zasady tego głosowania$/, ['Liczenie', 'Projekty bierze się po kolei według głosów', 'W brzmieniu ustalonym']],
    ['counting', '/counting', /^Jak liczymy głosy$/, ['Projekty według równych udziałów', 'Odpowiedź brzmi „tak”']],
    ['accessibility', '/accessibility', /^Dostępność$/, ['Co możesz zrobić']],
    ['privacy', '/privacy', /^Prywatność$/, ['Co przechowujemy', 'Twoje prawa']],
    ['cookies', '/cookies', /^Pliki cookie$/, ['najwyżej 30 minut']],
    ['open-data', '/open-data', /^Otwarte dane$/, ['Kwoty są w pensach']],
    ['embed', '/embed/rounds/westfield-2026', /./, ['Jak głosować', 'Otwarte']],
];

const over = () => house.rows(`select slug from round where state = 'published' order by slug`).map((row) => row.slug);
const number = (slug) => house.value(`select lpad(min(p.number)::text, 4, '0') from proposal p join round r on r.id = p.round_id where r.slug = '${slug}'`);
const funded = () => house.value(`select to_char(min(p.number), 'FM0000') from round r, api.round_funded(r.id) p where r.slug = 'guildhall-2025'`);

// What of a page is drawn from the wrong side, and how many parts were looked at: bars and columns grow from where
// lines begin, tables and facts end where lines end; programs' words go from left to right.
const sides = (page) => page.evaluate(() => {
    const rtl = document.dir === 'rtl', wrong = [];
    let seen = 0;
    const check = (which, right) => {
        for (const e of document.querySelectorAll(which)) {
            seen++;
            if (!right(e)) wrong.push(`${which}: ${e.outerHTML.slice(0, 200)}`);
        }
    };
    const box = (e) => e.getBoundingClientRect();
    const near = (a, b) => Math.abs(a - b) <= 2;
    const begins = (e, all) => near(...[e, all].map((one) => box(one)[rtl ? 'right' : 'left']));
    const ends = (e, all) => near(...[e, all].map((one) => box(one)[rtl ? 'left' : 'right']));
    check('.wm-bar svg', (e) => begins(e.lastChild, e));
    check('.wm-pot svg', (e) => begins(e.children[1], e));
    check('.wm-chart', (e) => (box(e.querySelector('text')).x > box([...e.querySelectorAll('text')].at(-1)).x) === rtl);
    check('.wm-facts', (e) => ends(e.lastElementChild, e));
    check('tr > .govuk-table__cell:last-child', (e) => getComputedStyle(e)[rtl ? 'paddingLeft' : 'paddingRight'] === '0px');
    // A value stands under its name on a phone, and begins where that does, in whatever language its words are.
    const words = document.createRange();
    check('.govuk-summary-list__value', (e) => {
        words.selectNodeContents(e);
        return begins(words, e);
    });
    check('main pre, dt > .wm-ours', (e) => getComputedStyle(e).direction === 'ltr');
    return { wrong, seen };
});

for (const tag of ['pl', 'ar-XB'])
    test(`what residents read is wholly in ${tag}`, async () => {
        const page = await openWindow(browser, { width: 360, cookies: [{ name: 'wm_lang', value: tag, url: house.url }] });
        for (const [name, where, title, words, status = 200] of PAGES()) {
            assert.equal((await page.goto(house.url + where)).status(), status, where);
            assert.equal(await page.getAttribute('html', 'lang'), tag, where);
            for (const summary of await page.locator('main summary').all()) await summary.click();
            await look(page, name);
            const { wrong, seen } = await sides(page);
            assert.deepEqual(wrong, [], where);
            assert.ok(seen > 0 || !/^(round|result-.*2026)$/.test(name), `${where} has facts, or a chart`);
            if (tag !== 'pl') continue;
            assert.match(await page.innerText('h1'), title, where);
            const said = (await page.innerText('main')).replaceAll('\u00a0', ' ');
            for (const one of words) assert.ok(one instanceof RegExp ? one.test(said) : said.includes(one), `${where}: ${one}`);
        }
        await page.context().close();
    });

const proceed = (page) => page.click('main form button.govuk-button >> nth=0');

for (const tag of ['pl', 'ar-XB'])
    test(`an idea is written, sent and taken back in ${tag}`, async () => {
        const page = await openWindow(browser, { width: 360, cookies: [{ name: 'wm_lang', value: tag, url: house.url }] });
        for (const [kind, answers] of [['', ['westfield', 'Ławka', 'Ławka przy sklepie', 'Hamilton Drive', 'Wszystkim', '250', 'Ola']],
            ['/pledge', ['westfield', 'Piasek', 'Urząd', 'Sypać zimą', 'Wszystkim', '', 'Ola']]]) {
            await page.goto(`${house.url}/ideas${kind}`);
            await look(page, `ideas${kind.slice(1)}`);
            await proceed(page);
            for (const [n, answer] of answers.entries()) {
                await look(page, `idea${kind.slice(1)}-${n}`);
                for (const box of await page.locator('textarea').all())
                    assert.equal(await box.evaluate((e) => getComputedStyle(e).unicodeBidi), 'plaintext', 'people write in any language');
                if (answer !== '' && n !== 5) await proceed(page); // a guess may be left out
                if (n === 0) await look(page, 'idea-wrong');
                if (n === 0) await page.selectOption('#area', answer);
                else if (answer !== '') await page.fill('main form input:not([type=hidden]):not([type=radio]), main form textarea', answer);
                if (n === 6) await page.check('input[name=texts][value=no]');
                if (n === 6) await page.fill('#you', answer);
                await proceed(page);
            }
            await look(page, `idea${kind.slice(1)}-draft`);
            if (tag === 'pl') assert.match(await page.innerText('main'), /Co napisano[^]*Gdzie|Co napisano[^]*Kto powinien to obiecać/);
            await proceed(page);
            await look(page, `idea${kind.slice(1)}-sent`);
            const key = page.url().split('/').pop();
            house.value(`update idea set state = 'asked' where state = 'sent' and title in ('Ławka', 'Piasek')`);
            await page.goto(`${house.url}/ideas/${key}`);
            await look(page, `idea${kind.slice(1)}-asked`);
            assert.deepEqual((await sides(page)).wrong, []);
            await proceed(page);
            await look(page, `idea${kind.slice(1)}-unanswered`);
            await page.click('main summary');
            await page.click('button.govuk-button--warning');
            await look(page, `idea${kind.slice(1)}-taken-back`);
        }
        await page.context().close();
    });

for (const tag of ['pl', 'ar-XB'])
    test(`help is offered in ${tag}`, async () => {
        const page = await openWindow(browser, { width: 360, cookies: [{ name: 'wm_lang', value: tag, url: house.url }] });
        await page.goto(`${house.url}/rounds/westfield-2026/${number('westfield-2026')}/offer`);
        await proceed(page);
        await look(page, 'offer-wrong');
        if (tag === 'pl') assert.match(await page.innerText('main'), /Wystąpił problem[^]*Wpisz imię i nazwisko/);
        await page.fill('#words', 'Mam samochód');
        await page.fill('#name', 'Ola');
        await page.fill('#number', '07700 900982');
        await page.check('input[name=agree]');
        await proceed(page);
        await look(page, 'offer-thanks');
        await page.goto(`${house.url}/rounds/westfield-2026/0000/offer`);
        await look(page, 'offer-nothing');
        await page.context().close();
    });

test('a kept page of one language is never another reader\'s', async () => {
    for (let i = 0; i < 3; i++)
        for (const where of ['/neighbourhoods', '/rounds/westfield-2026', '/rounds/westfield-2026?order=number']) {
            assert.match((await pl.get(where)).body, /<html lang="pl"/, where);
            assert.match((await en.get(where)).body, /<html lang="en-GB"/, where);
        }
});
