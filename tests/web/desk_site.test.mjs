// desk_site.test.mjs: what administrators make every page say: a notice, a colour that can be read, words
// of the council; on every page at once, gone when its day is over, and nobody else's to change.
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { faults, openChromium, openWindow } from '../lib/chromium.mjs';
import { openHouse, until } from '../lib/harness.mjs';
import { officersOf, signIn } from './officers.mjs';

let house, ada, mina;
const form = '/desk/site';
before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    const officers = officersOf(house);
    ada = await signIn(house, officers.ada);
    mina = await signIn(house, officers.mina);
});
after(() => house?.close());

const save = async (fields) => ada.submit(await ada.get(form), fields, { form });
const reader = () => house.browser();
const seen = (check, what) => until(what, async () => check((await reader().get('/')).body));

it('a notice stands on every resident\'s page, escaped, and not on the desk', async () => {
    const page = await save({ banner: 'Acomb library <b>closed</b> & dark' });
    assert.equal(page.path, form);
    assert.match(page.text, /Last changed by Ada/);
    await seen((body) => body.includes('Acomb library &lt;b&gt;closed&lt;/b&gt; &amp; dark'), 'the notice');
    for (const path of ['/neighbourhoods', '/vote', '/rounds', '/nothing-here'])
        assert.match((await reader().get(path)).text, /Acomb library/, path);
    assert.equal(/Acomb library/.test((await ada.get('/desk')).text), false);
});

it('and goes when its last day is over', async () => {
    await save({ banner: 'Today only', until: '27/11/2020' });
    await seen((body) => !body.includes('Today only') && !body.includes('Acomb library'), 'no notice');
    await save({ banner: 'Still on', until: '1/2/2090' });
    await seen((body) => body.includes('Still on'), 'the notice');
    assert.match((await ada.get(form)).body, /value="01\/02\/2090"/);
});

it('a colour must be dark enough to read, and then is on every page', async () => {
    const light = await save({ colour: '#ffcc00' });
    assert.equal(light.status, 422);
    assert.match(light.text, /Choose a darker colour[^.]*contrast 1\.5 to 1/);
    assert.match(light.body, /value="#ffcc00"/);
    assert.match((await save({ colour: 'teal' })).text, /Enter six digits/);
    assert.equal((await save({ colour: '#1D4F91' })).path, form);
    await seen((body) => body.includes('href="/theme/1d4f91.css"'), 'the colour');
    const css = await reader().get('/theme/1d4f91.css');
    assert.match(css.headers['content-type'], /^text\/css/);
    assert.match(css.body, /--wm-brand:#1d4f91/);
    for (const odd of ['1D4F91.css', 'x.css', '1d4f91', '1d4f91.css.css'])
        assert.equal((await reader().get(`/theme/${odd}`)).status, 404, odd);
});

it('the council\'s words are Markdown without markup of their own', async () => {
    await save({ about: 'We are **York**.\n\n<script>alert(1)</script>', privacy: 'The controller is York.' });
    await seen((body) => body.includes('<strong>York</strong>') && !body.includes('<script>alert'), 'the words');
    assert.match((await reader().get('/privacy')).text, /Who is responsible The controller is York/);
});

it('what changed is on record, before and after; too much is refused; nobody else may', async () => {
    assert.equal(house.value(`select detail->'changes'->'colour'->>1 from audit where action = 'site.change'
                              and detail->'changes' ? 'colour' order by id desc limit 1`), '1d4f91');
    assert.match((await save({ banner: 'x'.repeat(301) })).text, /at most 300 characters/);
    assert.match((await save({ until: '31/2/2027' })).text, /Enter a date/);
    assert.equal((await mina.get(form)).status, 403);
    const token = /name="token" value="([^"]+)"/.exec((await mina.get('/desk')).body)[1];
    assert.equal((await mina.post(form, { token, banner: 'Mine' })).status, 403);
    assert.equal(house.value(`select banner from site`), 'Still on');
});

it('has no faults, with the colour and the notice on', async () => {
    const browser = await openChromium();
    const cookies = [...ada.cookies].map(([name, value]) => ({ name, value, url: ada.base }));
    for (const width of [360, 1280]) {
        const page = await openWindow(browser, { width, cookies });
        for (const path of [form, '/', '/privacy']) {
            await page.goto(ada.base + path);
            assert.deepEqual(await faults(page), [], path);
        }
    }
    await browser.close();
});
