// postcodes.test.mjs: a resident finds the neighbourhood by postcode, on a phone; an administrator
// loads the table that makes it possible.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { faults, openChromium, openWindow, shot } from '../lib/chromium.mjs';
import { openHouse, until } from '../lib/harness.mjs';
import { path, words } from './booth.mjs';
import { officersOf, signIn, tokenOf } from './officers.mjs';

let house, browser, ada, tom;

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    browser = await openChromium();
    const officers = officersOf(house);
    ada = await signIn(house, officers.ada);
    tom = await signIn(house, officers.tom);
    house.value(`insert into officer_role (officer_id, role) select id, 'administrator' from officer where email like 'ada@%'
                 on conflict do nothing`);
});
after(async () => {
    await browser?.close();
    await house?.close();
});

async function load(desk, file) {
    const token = tokenOf(await desk.get('/desk'));
    const form = new FormData();
    form.set('token', token);
    if (file !== null) form.set('file', new Blob([file], { type: 'text/csv' }), 'postcodes.csv');
    const sent = new Response(form);
    return desk.post('/desk/postcodes', '', {
        headers: { 'content-type': sent.headers.get('content-type') }, body: Buffer.from(await sent.arrayBuffer()),
    });
}

for (const scripts of [true, false]) {
    test(`the first part of a postcode leads to the neighbourhood, scripts ${scripts ? 'on' : 'off'}`, async () => {
        const page = await openWindow(browser, { width: 360, scripts });
        const look = async (name) => {
            await shot(page, name);
            if (scripts) assert.deepEqual(await faults(page), [], page.url());
        };
        await page.goto(house.url);
        await page.fill('#postcode', 'yo24');
        await page.click('text=Find your neighbourhood >> nth=-1');
        assert.equal(path(page), '/find');
        assert.match(await words(page), /Postcodes that begin with YO24 lie in these 5 neighbourhoods\. Acomb Dringhouses/);
        await look('find-several-360');
        await page.click('main a:text-is("Westfield")');
        assert.equal(path(page), '/neighbourhoods/westfield');
        await page.goBack();
        await page.fill('#postcode', 'somewhere');
        await page.click('main form button');
        assert.match(await page.title(), /^Error: /);
        assert.match(await words(page), /Enter a UK postcode, like YO24 3BZ, or its first part, like YO24/);
        assert.equal(await page.inputValue('#postcode'), 'somewhere', 'what was typed is kept');
        assert.equal(await page.locator('main .wm-places a').count(), 21, 'and the list is there');
        await look('find-wrong-360');
        await page.fill('#postcode', 'LS1 1AA');
        await page.click('main form button');
        assert.match(await words(page), /We do not recognise that postcode/);
        await page.context().close();
    });
}

test('an administrator loads a file, whole or not at all; then a whole postcode leads straight there', async () => {
    let page = await tom.get('/desk/postcodes');
    assert.match(page.text, /Administrators can load another file/);
    assert.equal((await load(tom, 'postcode,area\nYO24 3BZ,Acomb\n')).status, 403);
    page = await ada.get('/desk/postcodes');
    assert.match(page.text, /The table holds 0 postcodes, and 38 rows/);
    for (const [file, said] of [
        [null, /Choose a file/], ['', /Choose a file/], ['PK\x03\x04', /This is not a CSV file/],
        ['postcode,area\n', /no rows under its header/], ['town,area\nYork,Acomb\n', /a column named postcode and one named area/],
        ['postcode,area\nYO24 3BZ,Acomb\nYO24 3BX,Leeds\n', /One row has something wrong\. Nothing was changed.*3 YO24 3BX no area here has this name/],
        ['postcode,area\n' + 'x,Acomb\n'.repeat(30), /30 rows have something wrong/],
        [`postcode,area\n${'Y'.repeat(90)},Acomb\n"YO24 3BZ,Acomb\n`, /2 rows have something wrong/],
    ]) {
        page = await load(ada, file);
        assert.equal(page.status, 422, String(file).slice(0, 40));
        assert.match(page.text, said);
    }
    assert.equal(house.value('select count(*) from postcode'), '0');
    assert.equal(house.value('select count(*) from postcode_part'), '38');
    // As the ONS Postcode Directory names its columns.
    page = await load(ada, '\ufeffpcds,wd25cd,lat\r\n"YO24 3BZ",E05010311,1\r\nYO24 3BX,E05010330,2\r\nYO31,E05010320,3\r\n');
    assert.equal(page.path, '/desk/postcodes');
    assert.match(page.text, /The table holds 2 postcodes, and 1 row .* Ada \w+ loaded it at/);
    const anyone = house.browser();
    assert.equal((await anyone.get('/find?postcode=yo243bz')).path, '/neighbourhoods/acomb');
    assert.equal((await anyone.get('/find?postcode=yo24+3bx')).path, '/neighbourhoods/westfield');
    assert.equal((await anyone.get('/find?postcode=yo31')).path, '/neighbourhoods/heworth');
    page = await anyone.get('/find?postcode=yo31+0aa');
    assert.match(page.text, /We do not know that whole postcode\. Postcodes that begin with YO31 lie in this neighbourhood\. Heworth/);
    assert.equal((await anyone.get(`/find?postcode=${'9'.repeat(81)}`)).status, 400);
    anyone.close();
});

test('without a table nobody is asked for a postcode', async () => {
    house.value(`delete from postcode; delete from postcode_part; notify content`);
    const anyone = house.browser();
    for (const where of ['/', '/neighbourhoods'])
        await until(`${where} asks for none`, async () => !(await anyone.get(where)).body.includes('id="postcode"'));
    anyone.close();
});

test('the desk page, wide and narrow', async () => {
    for (const width of [1280, 360]) {
        const page = await openWindow(browser, { width, cookies: [...ada.cookies].map(([name, value]) => ({ name, value, url: house.url })) });
        await page.goto(`${house.url}/desk/postcodes`);
        await shot(page, `desk-postcodes-${width}`);
        assert.deepEqual(await faults(page), []);
        await page.setInputFiles('#file', { name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('postcode,area\nYO24 3BX,Leeds\n') });
        await page.click('text=Load this file');
        await shot(page, `desk-postcodes-wrong-${width}`);
        assert.deepEqual(await faults(page), []);
        await page.context().close();
    }
});
