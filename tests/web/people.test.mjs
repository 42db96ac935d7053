// people.test.mjs: a service from its empty database to a whole desk: the first administrator by the
// program, others by links, roles that open pages and close them, and what each does with their own
// account. In a browser with scripts and without.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { faults, openChromium, openWindow } from '../lib/chromium.mjs';
import { build, openHouse, totp } from '../lib/harness.mjs';
import { officersOf, signIn, tokenOf } from './officers.mjs';

let house, browser, ada;
before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    browser = await openChromium();
    ada = await signIn(house, officersOf(house).ada);
});
after(async () => { await browser?.close(); await house?.close(); });

const password = 'lantern gravel otter seven';
const idOf = (email) => house.value(`select id from officer where email = '${email}'`);
const lettersOf = (page) => /id="letters">([^<]*)</.exec(page.body)[1].replaceAll(' ', '').trim();

// Somebody is added, with the link that was shown for them.
async function add(name, email) {
    const made = await ada.submit(await ada.get('/desk/people/new'), { name, email }, { form: '/desk/people/new' });
    assert.equal(made.path, `/desk/people/${idOf(email)}`, made.text);
    const shown = await ada.submit(made, {}, { form: `${made.path}/link` });
    return { id: idOf(email), at: made.path, link: /\/desk\/set-up\/[0-9A-Z]{26}/.exec(shown.text)[0] };
}

// They set up by it, and are signed in; `seed`: what their authenticator keeps.
async function setUp(link) {
    const own = house.browser();
    const page = await own.get(link);
    const seed = lettersOf(page);
    const done = await own.submit(page, { password, again: password, totp: totp(seed) }, { form: link });
    assert.equal(done.path, '/desk', done.text);
    own.seed = seed;
    return own;
}

const role = async (at, name, area, give = 'yes') =>
    ada.post(`${at}/roles`, { token: tokenOf(await ada.get(at)), role: name, area, give });

describe('the first administrator', () => {
    const first = (...args) => spawnSync(path.join(build, 'bin/wardmote-server'),
        ['--config', house.file('server.conf'), '--new-administrator', ...args], { encoding: 'utf8' });

    it('is made by the program, while there is none', async () => {
        const there = first('Eve Wold', 'eve@york.example');
        assert.equal(there.status, 1);
        assert.match(there.stderr, /there is an administrator/);
        house.value(`begin; set local session_replication_role = replica;
            update officer set disabled_at = now() where email like 'ada@%'; commit`);
        assert.match(first('Eve Wold', 'eve').stderr, /no email address/);
        const made = first('Eve Wold', 'eve@york.example');
        assert.equal(made.status, 0, made.stderr);
        const link = made.stdout.trim();
        assert.match(link, new RegExp(`^${house.url}/desk/set-up/[0-9A-Z]{26}$`));
        const eve = await setUp(link.slice(house.url.length));
        assert.equal((await eve.get('/desk/people')).status, 200);
        house.value(`update officer set disabled_at = null where email like 'ada@%';
            delete from officer_link`);
        assert.equal(first('Eve Wold', 'eve2@york.example').status, 1);
    });
});

describe('a set-up link', () => {
    it('is good once, and asks for a password that is hard to guess and a code that is right', async () => {
        const { link } = await add('Ros Kirk', 'ros@york.example');
        assert.equal(house.value(`select count(*) from officer_link where encode(key_hash, 'escape') like '%${link.slice(-26)}%'`), '0');
        const own = house.browser();
        const page = await own.get(link);
        const seed = lettersOf(page);
        for (const [fields, says] of [
            [{ password: 'short', again: 'short' }, /Use at least 12 characters/],
            [{ password: 'password1234', again: 'password1234' }, /easy to guess/],
            [{ password: 'roskirkroskirkyork', again: 'roskirkroskirkyork' }, /easy to guess/],
            [{ password, again: `${password}!` }, /not the same/],
            [{ password, again: password, totp: '000000' }, /not the code that the app shows now/],
        ]) {
            const again = await own.submit(page, { totp: totp(seed), ...fields }, { form: link });
            assert.equal(again.status, 422);
            assert.match(again.text, says);
            assert.equal(lettersOf(again), seed, 'what was scanned stays good');
            assert.doesNotMatch(again.body, new RegExp(password));
        }
        assert.equal((await own.post(link, { password, again: password, seed: 'AAAA', totp: totp(seed) })).status, 422, 'not with any seed');
        // A seed that was made for another link is not taken.
        const other = await add('Ned Foss', 'ned@york.example');
        const theirs = (await own.get(other.link)).form(other.link).pairs().find(([name]) => name === 'seed')[1];
        assert.equal((await own.post(link, { password, again: password, seed: theirs, totp: totp(seed) })).status, 422);

        const done = await own.submit(page, { password, again: password, totp: totp(seed) }, { form: link });
        assert.equal(done.path, '/desk');
        assert.match(done.text, /Ros Kirk/);
        assert.equal((await own.get(link)).status, 404, 'no longer');
        assert.match((await own.get('/desk/me')).text, /No role yet/);
        assert.equal((await own.get('/desk/codes')).status, 403);
        for (const bad of ['x', '0'.repeat(26), link.slice(-26).toLowerCase()])
            assert.equal((await own.get(`/desk/set-up/${bad}`)).status, 404);
    });

    it('of an officer who lost their telephone makes the old one worthless, when it is used', async () => {
        const { id, at, link } = await add('Lil Tang', 'lil@york.example');
        const before = await setUp(link);
        const again = /\/desk\/set-up\/[0-9A-Z]{26}/.exec((await ada.submit(await ada.get(at), {}, { form: `${at}/link` })).text)[0];
        assert.equal((await before.get('/desk/me')).path, '/desk/me');
        const now = await setUp(again);
        assert.notEqual(now.seed, before.seed);
        assert.equal((await before.get('/desk/me')).path, '/desk/sign-in', 'signed out');
        assert.equal(house.value(`select count(*) from audit where object = 'officer ${id}' and action in ('officer.link', 'officer.set_up')`), '4');
    });
});

describe('roles', () => {
    it('open what they are named for, where they are given, and nothing else', async () => {
        const { at, link } = await add('Kit Moor', 'kit@york.example');
        const kit = await setUp(link);
        assert.doesNotMatch((await kit.get('/desk')).body, /href="\/desk\/(rounds\/new|codes|texts|people)"/);
        assert.match((await role(at, 'clerk', '')).text, /Choose a role and an area/);
        assert.equal((await role(at, 'clerk', 'westfield')).path, at);
        assert.match((await ada.get(at)).text, /Clerk, Westfield/);
        assert.match((await kit.get('/desk/me')).text, /Clerk, Westfield/);
        for (const [path, status] of [['/desk/rounds/westfield-2026', 200], ['/desk/rounds/westfield-2026/edit', 403],
            ['/desk/rounds/holgate-2027', 404], ['/desk/codes/find', 200], ['/desk/codes', 403], ['/desk/ideas', 403], ['/desk/texts', 403],
            ['/desk/people', 403], [at, 403]])
            assert.equal((await kit.get(path)).status, status, path);
        const page = await kit.get('/desk/rounds/westfield-2026');
        assert.deepEqual(page.forms.map((f) => f.action), ['/desk/sign-out'], 'no button that would be refused');

        assert.equal((await role(at, 'auditor', '')).path, at);
        assert.equal((await kit.get('/desk/rounds/holgate-2027')).status, 200);
        assert.equal((await kit.get('/desk/people')).status, 200);
        assert.doesNotMatch((await kit.get(at)).body, /Give this role/);

        assert.equal((await role(at, 'clerk', 'westfield', 'no')).path, at);
        assert.equal((await kit.get('/desk')).path, '/desk/sign-in', 'who lost a right is signed out');
    });

    it('are given by another, and the last two administrators stay', async () => {
        const mine = `/desk/people/${idOf('ada@york.example')}`;
        assert.match((await ada.get(mine)).text, /another administrator gives you roles/);
        assert.equal((await role(mine, 'auditor', '')).status, 422);
        const eve = `/desk/people/${idOf('eve@york.example')}`;
        assert.match((await role(eve, 'administrator', '', 'no')).text, /The last two administrators stay/);
        const out = await ada.submit(await ada.get(eve), {}, { form: `${eve}/active` });
        assert.match(out.text, /The last two administrators stay/);
        assert.equal((await ada.get('/desk/people/999999')).status, 404);
        assert.equal((await ada.get('/desk/people/x')).status, 404);
    });

    it('go with who is deactivated, and come back with them', async () => {
        const at = `/desk/people/${idOf('tom@york.example')}`;
        const tom = await signIn(house, officersOf(house).tom);
        await ada.submit(await ada.get(at), {}, { form: `${at}/active` });
        assert.match((await ada.get(at)).text, /Deactivated/);
        assert.equal((await tom.get('/desk')).path, '/desk/sign-in');
        await assert.rejects(signIn(house, officersOf(house).tom));
        await ada.submit(await ada.get(at), {}, { form: `${at}/active` });
        assert.equal((await tom.get('/desk')).path, '/desk/sign-in', 'the session does not come back');
        await signIn(house, officersOf(house).tom);
    });
});

describe('one’s own account', () => {
    let unaSeed;
    it('changes its password, and everywhere else is signed out', async () => {
        const { link } = await add('Una Beck', 'una@york.example');
        const una = await setUp(link);
        unaSeed = una.seed;
        const officer = { email: 'una@york.example', password, totp_seed_base32: unaSeed };
        const other = await signIn(house, officer);
        assert.match((await una.get('/desk/me')).text, /Here .* Elsewhere/);
        const cookie = una.cookies.get('wm_desk');
        const next = 'marble ferry tunic ninety';
        const form = '/desk/me/password';
        assert.match((await una.submit(await una.get(form), { password: 'una beck una beck', again: 'una beck una beck' }, { form })).text, /easy to guess/);
        const done = await una.submit(await una.get(form), { password: next, again: next }, { form });
        assert.equal(done.path, '/desk/me');
        assert.notEqual(una.cookies.get('wm_desk'), cookie, 'the session has a new id');
        assert.equal((await other.get('/desk')).path, '/desk/sign-in');
        const thief = house.browser();
        thief.cookies.set('wm_desk', cookie);
        assert.equal((await thief.get('/desk')).path, '/desk/sign-in', 'the old id opens nothing');
        await assert.rejects(signIn(house, officer));
        await signIn(house, { ...officer, password: next });
    });

    it('takes another authenticator once that shows a right code', async () => {
        const una = await signIn(house, { email: 'una@york.example', password: 'marble ferry tunic ninety', totp_seed_base32: unaSeed });
        const form = '/desk/me/authenticator';
        const page = await una.get(form);
        const seed = lettersOf(page);
        assert.equal((await una.submit(page, { totp: '123 45' }, { form })).status, 422);
        assert.equal((await una.submit(page, { totp: totp(seed) }, { form })).path, '/desk/me');
        const again = await signIn(house, { email: 'una@york.example', password: 'marble ferry tunic ninety', totp_seed_base32: seed });
        assert.equal((await una.get('/desk')).path, '/desk', 'both are signed in');
        await again.submit(await again.get('/desk/me'), {}, { form: '/desk/me/elsewhere' });
        assert.equal((await una.get('/desk')).path, '/desk/sign-in');
        assert.equal((await again.get('/desk')).path, '/desk');
    });
});

describe('what is hard to undo', () => {
    // As if a password had been given so many minutes ago.
    const proved = (minutes) => house.value(`update officer_session set proved_at = clock_timestamp() - interval '${minutes} min 1 s'`);
    after(() => house.value('update officer_session set proved_at = clock_timestamp()'));
    const prove = (desk, page, officer, fields = {}) => {
        house.value('update officer set totp_last_step = 0; delete from failure');
        return desk.submit(page, { password: officer.password, totp: totp(officer.totp_seed_base32), ...fields }, { form: '/desk/prove' });
    };

    it('asks for password and code again, and goes on where one was', async () => {
        const officer = officersOf(house).ada;
        const desk = await signIn(house, officer);
        assert.equal((await desk.get('/desk/people/new')).path, '/desk/people/new', 'not just after signing in');
        proved(10);
        assert.equal((await desk.get('/desk/people')).path, '/desk/people', 'nor for reading');
        const page = await desk.get('/desk/people/new');
        assert.equal(page.path, '/desk/prove?to=/desk/people/new');
        for (const wrong of [{ password: 'no' }, { totp: '000000' }]) {
            const again = await prove(desk, page, officer, wrong);
            assert.equal(again.status, 422);
            assert.match(again.text, /not right. Check both/);
        }
        const cookie = desk.cookies.get('wm_desk');
        assert.equal((await prove(desk, page, officer)).path, '/desk/people/new');
        assert.notEqual(desk.cookies.get('wm_desk'), cookie, 'the session has a new id');
        const thief = house.browser();
        thief.cookies.set('wm_desk', cookie);
        assert.equal((await thief.get('/desk')).path, '/desk/sign-in', 'the old id opens nothing');
    });

    it('leaves time to fill in a form, and not for ever', async () => {
        const officer = officersOf(house).ada;
        const desk = await signIn(house, officer);
        const at = `/desk/people/${idOf('sam@york.example')}`;
        const fields = { token: tokenOf(await desk.get(at)), role: 'auditor', area: '', give: 'yes' };
        proved(29);
        assert.equal((await desk.post(`${at}/roles`, fields)).path, at);
        proved(30);
        const late = await desk.post(`${at}/roles`, { ...fields, role: 'administrator' });
        assert.equal(late.heading, 'Is it you?');
        assert.match(late.text, /What you filled in is kept; nothing was done yet/);
        assert.equal(house.value(`select count(*) from officer_role r join officer o on o.id = r.officer_id
            where o.email like 'sam@%' and role = 'administrator'`), '0');
        const wrong = await prove(desk, late, officer, { password: 'no' });
        assert.equal(wrong.status, 422);
        const again = await prove(desk, wrong, officer);
        assert.equal(again.heading, 'Thank you');
        assert.deepEqual(again.form(`${at}/roles`).pairs().filter(([name]) => name !== 'token'), [['role', 'administrator'], ['area', ''], ['give', 'yes']]);
        assert.equal((await desk.submit(again, { role: 'auditor' }, { form: `${at}/roles` })).path, at, 'one more click does it');
    });

    it('keeps what was filled in, whatever was typed; but never a password', async () => {
        const officer = officersOf(house).ada;
        const desk = await signIn(house, officer);
        const token = tokenOf(await desk.get('/desk/codes'));
        const addresses = '1 Foxwood Lane & <b>"\n2 Foxwood Lane = 50%+\n3 Ząbki';
        proved(30);
        const before = house.value('select count(*) from credential');
        const late = await desk.post('/desk/codes', { token, area: 'westfield', how_many: '', format: 'csv', addresses });
        assert.equal(late.heading, 'Is it you?');
        const kept = await prove(desk, late, officer);
        assert.equal(new Map(kept.form('/desk/codes').pairs()).get('addresses'), addresses);
        assert.equal(house.value('select count(*) from credential'), before, 'nothing was done yet');
        const done = await desk.submit(kept, {}, { form: '/desk/codes' });
        assert.equal(done.status, 200);
        assert.equal(Number(house.value('select count(*) from credential')) - Number(before), 3);
        proved(30);
        const secret = await desk.post('/desk/me/password', { token: tokenOf(await desk.get('/desk')), password: 'a new long password', again: 'a new long password' });
        assert.equal(secret.path, '/desk/prove?to=/desk/me/password');
        assert.doesNotMatch(secret.body, /long password/);
        house.value("update officer_session set proved_at = clock_timestamp()");
        house.value(`delete from failure`);
    });

    it('goes nowhere else afterwards, whatever the address says', async () => {
        const officer = officersOf(house).ada;
        const desk = await signIn(house, officer);
        for (const to of ['//evil.example/desk', 'https://evil.example/', '/desk/../vote', '/vote', '', '/desk/people?x=1', '/desk/sign-in']) {
            const page = await desk.get(`/desk/prove?to=${encodeURIComponent(to)}`);
            assert.equal(page.form('/desk/prove').pairs().find(([name]) => name === 'to')[1], '/desk', to);
        }
        const page = await desk.get('/desk/prove');
        assert.equal((await prove(desk, page, officer, { to: '//evil.example' })).path, '/desk');
    });

    it('is limited, as signing in is', async () => {
        const officer = officersOf(house).sam;
        const desk = await signIn(house, officer);
        const page = await desk.get('/desk/prove');
        const statuses = [];
        for (let i = 0; i < 11; i++)
            statuses.push((await desk.submit(page, { password: 'no', totp: '1' }, { form: '/desk/prove' })).status);
        assert.deepEqual(statuses.slice(-1), [429]);
        house.value('delete from failure');
    });
});

describe('the pages, for eyes and for axe', () => {
    for (const scripts of [true, false])
        it(`somebody is added and sets up, scripts ${scripts ? 'on' : 'off'}`, async () => {
            const cookies = [...ada.cookies].map(([name, value]) => ({ name, value, url: ada.base }));
            const page = await openWindow(browser, { width: 360, scripts, cookies });
            const at = `/desk/people`, email = `win${scripts}@york.example`;
            // axe is a script: a page that was drawn without is looked at by its address.
            const look = async (what) => {
                if (!scripts) return;
                assert.deepEqual(await faults(page), [], what);
            };
            await page.goto(`${ada.base}${at}`);
            await look('list');
            await page.click('text=Add somebody');
            await look('new');
            await page.click('button:text("Add")');
            await look('new-errors');
            await page.fill('#name', 'Win Dow');
            await page.fill('#email', email);
            await page.click('button:text("Add")');
            await look('person');
            await page.check('[name=role][value=approver]');
            await page.selectOption('#area', 'holgate');
            await page.click('button:text("Give this role")');
            await page.waitForSelector('text=Approver, Holgate');
            await look('person-with-role');
            await page.click('button:text("Make a set-up link")');
            const link = /http\S+\/desk\/set-up\/[0-9A-Z]{26}/.exec(await page.textContent('main'))[0];
            await look('link');
            await page.context().close();

            const theirs = await openWindow(browser, { width: 360, scripts });
            await theirs.goto(link);
            if (scripts) assert.deepEqual(await faults(theirs), [], 'set up');
            const seed = (await theirs.textContent('#letters')).replaceAll(' ', '');
            await theirs.click('button:text("Finish")');
            if (scripts) assert.deepEqual(await faults(theirs), [], 'set up with errors');
            await theirs.fill('#password', password);
            await theirs.fill('#again', password);
            await theirs.fill('#totp', totp(seed));
            await theirs.click('button:text("Finish")');
            await theirs.waitForSelector('text=Win Dow');
            for (const path of ['/desk', '/desk/me', '/desk/me/password', '/desk/me/authenticator', '/desk/prove', '/desk/rounds/holgate-2027', '/desk/people']) {
                await theirs.goto(`${ada.base}${path}`);
                if (scripts) assert.deepEqual(await faults(theirs), [], path);
            }
            await theirs.goto(link);
            if (scripts) assert.deepEqual((await faults(theirs)).filter((f) => !f.startsWith('404')), [], 'a used link');
            await theirs.context().close();
        });
});
