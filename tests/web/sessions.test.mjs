// sessions.test.mjs: an officer's session from its first byte to its last: cookies as a browser must keep
// them, no id but one that we made, and an end when nobody is there, when the day is over, and at once
// when somebody says so.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, it } from 'node:test';
import { Browser, openHouse, totp } from '../lib/harness.mjs';
import { officersOf, signIn } from './officers.mjs';

let house, ada;
const form = '/desk/sign-in';
before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    ada = officersOf(house).ada;
});
after(() => house?.close());

const fields = () => {
    house.value('update officer set totp_last_step = 0; delete from failure');
    return { email: ada.email, password: ada.password, totp: totp(ada.totp_seed_base32) };
};

it('under https every cookie is __Host-, Secure, HttpOnly and SameSite, for no domain', async () => {
    const second = await house.startSecondServer({ demo: null, demo_file: null, public_url: 'https://vote.example.org' });
    const origin = 'https://vote.example.org';
    const browser = new Browser(second.url);
    const page = await browser.post(`${second.url}${form}`, fields(), { follow: false, origin });
    assert.equal(page.status, 303, page.text);
    assert.match(page.headers['set-cookie'][0], /^__Host-wm_desk=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
    assert.match(page.headers['strict-transport-security'], /max-age=31536000/);
    const code = house.demo.codes[0].code;
    const voter = await browser.post(`${second.url}/vote/code`, { code }, { follow: false, origin });
    for (const cookie of voter.headers['set-cookie'])
        assert.match(cookie, /^__Host-wm_\w+=[\w-]*; Path=\/; Secure; HttpOnly; SameSite=(Lax|Strict)(; Max-Age=\d+)?$/);
    await second.server.stop();
    browser.close();
});

it('an id that somebody planted is never a session', async () => {
    const planted = randomBytes(32).toString('base64url');
    const victim = house.browser();
    victim.cookies.set('wm_desk', planted);
    assert.equal((await victim.get('/desk')).path, form);
    assert.equal((await victim.post(form, fields())).path, '/desk');
    assert.notEqual(victim.cookies.get('wm_desk'), planted, 'signing in makes a new one');
    const thief = house.browser();
    thief.cookies.set('wm_desk', planted);
    assert.equal((await thief.get('/desk')).path, form);
    const first = victim.cookies.get('wm_desk');
    assert.equal((await victim.post(form, fields())).path, '/desk');
    assert.notEqual(victim.cookies.get('wm_desk'), first, 'each time');
    assert.equal(house.value(`select count(*) from officer_session where encode(id_hash, 'escape') like '%${first.slice(0, 8)}%'`), '0', 'hashes alone are kept');
});

it('ends after 15 idle minutes and after 8 hours, however busy', async () => {
    for (const [column, late] of [['seen_at', '15 min 1 s'], ['created_at', '8 h 1 s']]) {
        const desk = await signIn(house, ada);
        house.value(`update officer_session set ${column} = clock_timestamp() - interval '${late}' + interval '1 min'`);
        assert.equal((await desk.get('/desk')).path, '/desk', `just before ${late}`);
        house.value(`update officer_session set ${column} = clock_timestamp() - interval '${late}'`);
        assert.equal((await desk.get('/desk')).path, form, late);
    }
});

it('ends on the server, not in the browser alone', async () => {
    const desk = await signIn(house, ada);
    const copy = house.browser();
    copy.cookies.set('wm_desk', desk.cookies.get('wm_desk'));
    assert.equal((await copy.get('/desk')).path, '/desk');
    await desk.submit(await desk.get('/desk'), {}, { form: '/desk/sign-out' });
    assert.equal((await copy.get('/desk')).path, form);
});

it('pages of the desk are kept by nobody', async () => {
    const desk = await signIn(house, ada);
    for (const path of ['/desk', '/desk/me', '/desk/people', '/desk/audit', '/desk/audit/file'])
        assert.match((await desk.get(path)).headers['cache-control'], /no-store/, path);
});
