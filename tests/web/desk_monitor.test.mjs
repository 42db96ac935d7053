// desk_monitor.test.mjs: how a vote goes, by day and neighbourhood: counts that agree with the database,
// never a choice, and only for the officers of the area.
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { faults, openChromium, openWindow } from '../lib/chromium.mjs';
import { openHouse } from '../lib/harness.mjs';
import { officersOf, signIn } from './officers.mjs';

let house, ada, mina, slug;
before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    const officers = officersOf(house);
    ada = await signIn(house, officers.ada);
    mina = await signIn(house, officers.mina);
    [slug] = house.value(`select r.slug from round r join neighbourhood n on n.id = r.neighbourhood_id
                          where n.slug = 'city' or r.state <> 'draft' and exists (select from revision x where x.round_id = r.id)
                          order by (select count(*) from revision x where x.round_id = r.id) desc limit 1`).split('\n');
});
after(() => house?.close());

const figure = (text) => Number(text.replaceAll(',', ''));

it('counts every ballot on its day, and nothing else', async () => {
    const page = await ada.get(`/desk/rounds/${slug}/monitor`);
    assert.equal(page.status, 200, page.text);
    const days = [...page.body.matchAll(/<tr class="govuk-table__row"><th scope="row"[^>]*>([^<]*\d{4})<\/th>(.*?)<\/tr>/gs)]
        .map(([, day, cells]) => [day, ...[...cells.matchAll(/<td[^>]*>([\d,]+)/g)].map(([, n]) => figure(n))]);
    assert.ok(days.length > 0);
    const sum = (i) => days.reduce((all, day) => all + day[i], 0);
    const of = (where) => Number(house.value(`select count(*) from revision where ${where}
        and round_id = (select id from round where slug = '${slug}')`));
    assert.deepEqual([1, 2, 3, 4].map(sum), [1, 2, 3, 4].map((channel) => of(`channel = ${channel}`)));
    assert.equal(sum(5), of('revision > 1'));
    assert.equal(sum(6), of('true'));
    assert.equal(days.length, Number(house.value(`select max((cast_at at time zone 'Europe/London')::date) - min((cast_at at time zone 'Europe/London')::date) + 1
        from revision where round_id = (select id from round where slug = '${slug}')`)));
    for (const name of house.value(`select string_agg(p.short_name, '|') from proposal p join round r on r.id = p.round_id
                                    where r.slug = '${slug}'`).split('|'))
        assert.equal(page.text.includes(name), false, `${name}: no project is named`);
});

it('says for each neighbourhood how many may vote and did', async () => {
    const page = await ada.get(`/desk/rounds/${slug}/monitor`);
    const [table] = /<caption[^>]*>Turnout by.*?<\/table>/s.exec(page.body);
    const areas = [...table.matchAll(/<th scope="row"[^>]*>([^<]+)<\/th>(.*?)<\/tr>/gs)]
        .map(([, name, cells]) => [name, ...[...cells.matchAll(/<td[^>]*>([\d,]+)/g)].map(([, n]) => figure(n))]);
    const [eligible, voted] = house.value(`select eligible, web + texts + paper + assisted
        from api.desk_turnout((select id from round where slug = '${slug}'))`).split('|').map(Number);
    assert.ok(eligible > 0);
    assert.equal(areas.reduce((all, area) => all + area[1], 0), eligible);
    assert.equal(areas.reduce((all, area) => all + area[2], 0), voted);
});

it('is there for the area\'s officers, once the round is scheduled', async () => {
    const drafted = house.value(`insert into round (neighbourhood_id, slug, title, kind)
        select neighbourhood_id, 'monitor-draft', 'Draft', 'knapsack' from round where slug = '${slug}' returning slug`).split('\n')[0];
    assert.equal((await ada.get(`/desk/rounds/${drafted}/monitor`)).status, 404);
    const other = house.value(`select r.slug from round r join neighbourhood n on n.id = r.neighbourhood_id
                               where r.state <> 'draft' and n.slug = 'hull-road' limit 1`);
    if (other !== '') assert.equal((await mina.get(`/desk/rounds/${other}/monitor`)).status, 404);
    assert.equal((await house.browser().get(`/desk/rounds/${slug}/monitor`)).path, '/desk/sign-in');
});

it('has no faults at either width', async () => {
    const browser = await openChromium();
    const cookies = [...ada.cookies].map(([name, value]) => ({ name, value, url: ada.base }));
    for (const width of [360, 1280]) {
        const page = await openWindow(browser, { width, cookies });
        await page.goto(`${ada.base}/desk/rounds/${slug}/monitor`);
        assert.deepEqual(await faults(page), []);
        // On a phone each row stands by itself, and every cell says what it is.
        assert.equal(await page.locator('.wm-scroll').evaluateAll((all) => all.filter((t) => t.scrollWidth > t.clientWidth).length), 0);
        assert.equal(await page.locator('td[data-head=Text]').first().evaluate((td) => getComputedStyle(td).display), width === 360 ? 'block' : 'table-cell');
    }
    await browser.close();
});
