// outlines.test.mjs: the outline of an area with the numbers of projects where they lie: an administrator
// loads a file, sees what it would do, and residents see the map, on a telephone and on a desk.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { faults, openChromium, openWindow } from '../lib/chromium.mjs';
import { openHouse, until } from '../lib/harness.mjs';
import { look } from './in_language.mjs';
import { officersOf, signIn } from './officers.mjs';

let house, browser, reader, admin, mina;
before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer({ languages: 'en pl ar-XB' });
    const officers = officersOf(house);
    const administrator = house.value(`select split_part(o.email, '@', 1) from officer o join officer_role r on r.officer_id = o.id
        where r.role = 'administrator' limit 1`);
    admin = await signIn(house, officers[administrator]);
    mina = await signIn(house, officers.mina);
    reader = house.browser();
    browser = await openChromium();
});
after(async () => {
    reader?.close();
    await browser?.close();
    await house?.close();
});

const projects = (slug) => house.rows(`select to_char(p.number, 'FM0000') as n, p.lat is not null as set from proposal p
    join round r on r.id = p.round_id where r.slug = '${slug}' and p.state = 'published' order by p.number`);

// Whether a point lies inside an odd number of an outline's rings.
const within = (outline, [lat, lon]) => outline.split(';').reduce((odd, text) => {
    const ring = text.split(',').map((pair) => pair.split(' ').map(Number));
    return ring.reduce((is, [y, x], k) => {
        const [py, px] = ring.at(k - 1);
        return (y > lat) !== (py > lat) && lon < x + (lat - y) * (px - x) / (py - y) ? !is : is;
    }, odd);
}, false);

describe('the demonstration', () => {
    let wards;
    before(() => {
        wards = house.rows(`select n.slug, o.outline from neighbourhood n left join neighbourhood_outline o on o.neighbourhood_id = n.id
            where n.kind = 'ward' order by n.slug`);
    });

    it('has the outlines of all of York\'s wards, and no ward lies on another', () => {
        assert.deepEqual([wards.length, wards.filter((w) => !w.outline)], [21, []]);
        const pairs = wards.flatMap((w) => w.outline.split(/[,;]/).map((pair) => pair.split(' ').map(Number)));
        const [lats, lons] = [0, 1].map((k) => pairs.map((pair) => pair[k]));
        const [south, west] = [Math.min(...lats), Math.min(...lons)];
        const [high, wide] = [Math.max(...lats) - south, Math.max(...lons) - west];
        const held = Array.from({ length: 120 * 120 }, (_, i) => wards.filter((w) =>
            within(w.outline, [south + high * (i % 120 + 0.5) / 120, west + wide * (Math.floor(i / 120) + 0.5) / 120])).length);
        const [some, twice] = [held.filter((n) => n > 0).length, held.filter((n) => n > 1).length];
        assert.ok(twice <= some / 200, `${twice} of ${some} points are in two wards`);
        // ONS: 272 square kilometres; a degree is 111.2 km, and at York's latitude 0.588 of that to the east.
        const km2 = some / 120 / 120 * high * wide / 1e10 * 111.2 ** 2 * 0.588;
        assert.ok(Math.abs(km2 - 272) < 6, `${km2} square kilometres`);
    });

    it('has each project in its own ward, and some of every ward', () => {
        const set = house.rows(`select n.slug, n.kind, p.number, p.place, p.lat, p.lon from proposal p join round r on r.id = p.round_id
            join neighbourhood n on n.id = r.neighbourhood_id where p.lat is not null order by p.number`);
        const out = set.filter((p) => !wards.some((w) => (p.kind === 'city' || w.slug === p.slug) && within(w.outline, [p.lat, p.lon])));
        assert.deepEqual(out, []);
        assert.deepEqual([...new Set(set.map((p) => p.slug))].sort(), [...wards.map((w) => w.slug), 'york'].sort());
    });
});

describe('what residents see', () => {
    for (const width of [360, 1280])
        it(`a ward's map at ${width} px: its numbers can be read, and none lies on another`, async () => {
            const page = await openWindow(browser, { width });
            for (const slug of ['westfield-2026', 'guildhall-2026', 'heworth-2026', 'micklegate-2026']) {
                await page.goto(`${house.url}/rounds/${slug}`);
                const set = projects(slug).filter((p) => p.set).map((p) => p.n);
                assert.ok(set.length >= 5, slug);
                const map = page.locator('svg.wm-map');
                const labels = await map.locator('text').evaluateAll((all) => all.map((t) => {
                    const { x, y, width, height } = t.getBoundingClientRect();
                    return { n: t.textContent, x, y, width, height };
                }));
                const said = await page.innerText('main');
                const missing = /No room on the map: ([\d, ]+)/.exec(said)?.[1].split(', ') ?? [];
                assert.deepEqual([...labels.map((l) => l.n), ...missing].sort(), set, slug);
                assert.ok(missing.length <= 2, missing.join());
                const frame = await map.boundingBox();
                for (const [i, a] of labels.entries()) {
                    assert.ok(a.height >= 13, `${a.n} is ${a.height} px high`);
                    assert.ok(a.x >= frame.x && a.x + a.width <= frame.x + frame.width && a.y >= frame.y && a.y + a.height <= frame.y + frame.height);
                    for (const b of labels.slice(i + 1))
                        assert.ok(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y, `${a.n} on ${b.n}`);
                }
                assert.equal(await page.getByRole('img', { name: /^Map of / }).count(), 1);
                assert.match(said, /Office for National Statistics licensed under the Open Government Licence/);
                const list = await page.locator('.wm-projects').boundingBox();
                assert.ok(list.y < frame.y, 'the list comes first');
                assert.deepEqual(await faults(page), [], slug);
            }
            await page.goto(`${house.url}/rounds/westfield-2026?most=3000`);
            const listed = new Set((await page.locator('.wm-projects .wm-number').allTextContents()).map((n) => n.slice(-4)));
            const kept = projects('westfield-2026').filter((p) => p.set && listed.has(p.n)).map((p) => p.n);
            assert.ok(kept.length > 0);
            assert.deepEqual((await page.locator('svg.wm-map text').allTextContents()).sort(), kept, 'those that the filter leaves');
            assert.match(await page.innerText('main'), /Your filter leaves \d+ projects? off the map\./);
            await page.goto(`${house.url}/rounds/westfield-2026?q=nowhere`);
            assert.match(await page.innerText('main'), /No project that matches your filter has a place on the map\./);
            for (const where of ['/neighbourhoods/rural-west', '/neighbourhoods/york', '/rounds/westfield-2026/1216']) {
                await page.goto(house.url + where);
                assert.equal(await page.locator('svg.wm-map').count(), 1, where);
                assert.deepEqual(await faults(page), [], where);
            }
            await page.context().close();
        });

    it('in their own language', async () => {
        for (const tag of ['pl', 'ar-XB']) {
            const page = await openWindow(browser, { width: 360, cookies: [{ name: 'wm_lang', value: tag, url: house.url }] });
            await page.goto(`${house.url}/rounds/heworth-2026`);
            assert.equal(await page.locator('svg.wm-map').count(), 1);
            await look(page, 'outline');
            await page.context().close();
        }
    });

    const shapes = async () => /<path [^>]*d="([^"]+)"/.exec((await reader.get('/neighbourhoods/york')).body)[1];

    it('the city is drawn as its 21 wards', async () => {
        const d = await shapes();
        assert.equal(d.match(/M/g).length, 21);
        assert.equal(d.match(/z/g).length, 21);
    });

    it('a map is small: a page of it stays within 10 kB', async () => {
        const { gzipSync } = await import('node:zlib');
        for (const where of ['/rounds/heworth-2026', '/neighbourhoods/westfield', '/neighbourhoods/rural-west', '/neighbourhoods/york', '/rounds/york-2026']) {
            const page = await reader.get(where);
            assert.match(page.body, /<svg class="wm-map"/, where);
            assert.ok(gzipSync(page.body).length < 10240, where);
        }
    });

    it('a city of wards of many points is drawn whole', async () => {
        const star = (i, f) => Math.round((i % 2 ? 900 : 300) * f(i / 240 * 2 * Math.PI));
        const ring = Array.from({ length: 240 }, (_, i) => [star(i, Math.sin), star(i, Math.cos)]);
        const before = await shapes();
        house.value('create table true_outline as select neighbourhood_id, outline from neighbourhood_outline');
        const all = house.rows('select neighbourhood_id as id from true_outline order by id');
        house.value(`update neighbourhood_outline o set outline = v.outline from (values ${all.map(({ id }, k) =>
            `(${id}, '${ring.map(([y, x]) => `${5390000 + 500 * k + y} ${-110000 + 300 * k + x}`).join(',')}')`).join(', ')}) v(id, outline)
            where o.neighbourhood_id = v.id; notify content`);
        await until('another city is drawn', async () => await shapes() !== before);
        const d = await shapes();
        assert.ok(d.length <= 16384 && d.endsWith('z'), `${d.length} bytes`);
        assert.equal(d.match(/M/g).length, all.length);
        house.value(`update neighbourhood_outline o set outline = t.outline from true_outline t where t.neighbourhood_id = o.neighbourhood_id;
            drop table true_outline; notify content`);
        await until('the true one is back', async () => await shapes() === before);
    });

    it('nothing where there is no outline, or nothing to show on it', async () => {
        const bodies = async () => [(await reader.get('/neighbourhoods/strensall')).body, (await reader.get('/neighbourhoods/huntington-new-earswick')).body];
        for (const body of await bodies()) assert.match(body, /wm-map|On the map/);
        house.value(`begin; set local session_replication_role = replica;
            delete from neighbourhood_outline where neighbourhood_id = (select id from neighbourhood where slug = 'huntington-new-earswick');
            update proposal set lat = null, lon = null where round_id in (select r.id from round r join neighbourhood n on n.id = r.neighbourhood_id
                where n.slug = 'strensall'); commit; notify content`);
        await until('both have no map', async () => !(await bodies()).some((body) => /wm-map|On the map/.test(body)));
        assert.equal((await reader.get('/neighbourhoods/strensall')).status, 200);
    });
});

describe('a file of outlines', () => {
    const send = async (desk, bytes, fields = {}) => {
        const page = await desk.get('/desk/outlines');
        const token = /name="token" value="([^"]+)"/.exec(page.body)[1];
        const parts = Object.entries({ token, ...fields }).map(([name, value]) =>
            `--b0\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('');
        return desk.post('/desk/outlines', '', {
            headers: { 'content-type': 'multipart/form-data; boundary=b0' },
            body: Buffer.from(`${parts}--b0\r\nContent-Disposition: form-data; name="file"; filename="w.geojson"\r\n`
                + `Content-Type: application/geo+json\r\n\r\n${bytes}\r\n--b0--\r\n`),
        });
    };
    // Made up: a square somewhere in England.
    const square = (x, y) => [[[x, y], [x + 0.02, y], [x + 0.02, y + 0.01], [x, y + 0.01], [x, y]]];
    const feature = (properties, coordinates, type = 'Polygon') => ({ type: 'Feature', properties, geometry: { type, coordinates } });
    const collection = (...features) => JSON.stringify({ type: 'FeatureCollection', features });
    const kept = () => house.value(`select string_agg(n.slug, ' ' order by n.slug) from neighbourhood_outline o
        join neighbourhood n on n.id = o.neighbourhood_id where o.changed_by is not null`);

    it('is refused in plain words when it is none, and is nobody else\'s to load', async () => {
        assert.match((await send(admin, '')).text, /Choose a file/);
        assert.match((await send(admin, 'postcode,area\n')).text, /This is not GeoJSON/);
        assert.match((await send(admin, `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`)).text, /This is not GeoJSON/);
        assert.match((await send(admin, collection())).text, /The file has no features/);
        assert.match((await send(admin, ' '.repeat(4 << 20) + '{}')).text, /larger than 4 MB/);
        assert.match((await send(admin, collection(feature({}, square(-1, 54))), { credit: 'x'.repeat(201) })).text, /Use at most 200 characters/);
        assert.ok([403, 404].includes((await mina.get('/desk/outlines')).status));
        assert.equal(kept(), '');
    });

    let file;
    it('is shown before it does anything: which area each is of, and what is wrong', async () => {
        const page = await send(admin, collection(
            feature({ WD24CD: 'E05010322', WD24NM: 'Holgate <b>' }, square(-1.11, 53.95)),
            feature({ name: 'huntington and NEW Earswick' }, [square(-1.07, 54), square(-1.03, 54)], 'MultiPolygon'),
            feature({ name: 'Atlantis' }, square(-1, 54)),
            feature({ name: 'Strensall' }, square(-1, 54.1)), feature({ code: 'E05010329' }, square(-1, 54.1)),
            feature({ name: 'Acomb' }, [[[460000, 451000], [461000, 451000], [461000, 452000], [460000, 451000]]]),
            feature({ name: 'Westfield' }, square(-1.14, 53.94)),
        ), { credit: 'Drawn by <i>Ada</i>' });
        file = page.path;
        assert.match(file, /^\/desk\/outlines\/\d+$/, page.text);
        assert.match(page.text, /3 of 7 outlines are of areas here, with nothing wrong/);
        assert.match(page.text, /Holgate <b> E05010322 Holgate: 4 of 4 points/);
        assert.match(page.text, /Huntington & New Earswick: 8 of 8 points/);
        assert.match(page.text, /Atlantis No area has this code or name/);
        assert.equal(page.text.match(/Two outlines are of this area/g).length, 2);
        assert.match(page.text, /Acomb Its positions are not longitude and latitude/);
        assert.match(page.text, /Westfield: 4 of 4 points, in the place of what it has/);
        assert.equal(kept(), '', 'nothing has changed');
        const window = await openWindow(browser, { width: 360 });
        for (const [name, value] of admin.cookies) await window.context().addCookies([{ name, value, url: house.url }]);
        for (const where of ['/desk/outlines', file]) {
            await window.goto(house.url + where);
            assert.deepEqual(await faults(window), [], where);
        }
        await window.context().close();
    });

    it('is used once, and is on record; residents see it', async () => {
        const page = await admin.submit(await admin.get(file), {}, { form: file });
        assert.equal(page.path, '/desk/outlines', page.text);
        assert.equal(kept(), 'holgate huntington-new-earswick westfield');
        assert.equal((await admin.get(file)).status, 404);
        assert.match(house.value(`select detail ->> 'areas' from audit where action = 'outlines.load'`), /\["holgate", "huntington-new-earswick", "westfield"\]/);
        const round = await reader.get('/rounds/westfield-2026');
        assert.match(round.body, /Drawn by &lt;i&gt;Ada/);
        assert.match(round.body, /<svg class="wm-map"/);
    });
});
