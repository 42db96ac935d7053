// registers.test.mjs: who may vote, on the officers' desk: registers, files of addresses, codes for
// them, and what clerks do about a letter that was lost. By HTTP, then the pages in a browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { faults, openChromium, openWindow } from '../lib/chromium.mjs';
import { openHouse, totp, until } from '../lib/harness.mjs';
import { Session } from '../races/sessions.mjs';
import { tokenOf, upload } from './officers.mjs';
import { sessionOf } from './things.mjs';

let house, officers, ada, mina, register;
const signedIn = async (officer) => {
    house.value('update officer set totp_last_step = 0; delete from failure');
    const desk = house.browser();
    const page = await desk.submit(await desk.get('/desk/sign-in'),
        { email: officer.email, password: officer.password, totp: totp(officer.totp_seed_base32) },
        { form: '/desk/sign-in' });
    assert.equal(page.path, '/desk', page.text);
    return desk;
};
const count = (table) => Number(house.value(`select count(*) from ${table}`));

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    officers = Object.fromEntries(house.demo.officers.map((o) => [o.email.split('@')[0], o]));
    await house.startServer();
    ada = await signedIn(officers.ada);
    mina = await signedIn(officers.mina);
});
after(() => house?.close());

test('a register is made, and its name is its own', async () => {
    assert.match((await ada.get('/desk/registers')).text, /Who may vote/);
    const form = await ada.get('/desk/registers/new');
    const typed = { area: 'hull-road', kind: 'codes', name: 'Hull Road addresses', codes_per_address: '2', extra_cap: '1' };
    let page = await ada.submit(form, { ...typed, name: '', codes_per_address: '21' }, { form: '/desk/registers/new' });
    assert.equal(page.status, 422);
    assert.match(page.text, /Enter a name/);
    assert.match(page.text, /Enter how many codes, 1 to 20/);
    page = await ada.submit(form, typed, { form: '/desk/registers/new' });
    register = page.path;
    assert.match(register, /^\/desk\/registers\/\d+$/);
    page = await ada.submit(form, typed, { form: '/desk/registers/new' });
    assert.equal(page.status, 422);
    assert.match(page.text, /There is a register of that name/);
    assert.equal((await mina.get(register)).status, 404, 'another officer does not see it');
});

test('a file is looked at, then added whole or not at all', async () => {
    const before = count('voter');
    let page = await upload(ada, await ada.get(register), '');
    assert.match(page.text, /Choose a file/);
    page = await upload(ada, await ada.get(register), 'PK\x03\x04');
    assert.match(page.text, /This is not a CSV file/);
    page = await upload(ada, await ada.get(register), 'housenumber,streetname,postcode,uprn\n');
    assert.match(page.text, /no rows under its header/);
    page = await upload(ada, await ada.get(register),
        'housenumber,streetname,postcode,uprn\n1,Long Lane,YO10 3AA,000000000001\n2,Long Lane,YO10 3AA,1.00E+11\n,,,\n3,Long Lane,YO10 3AA,000000000001\n');
    assert.equal(page.status, 200);
    assert.match(page.text, /2 of 3 rows have something wrong/);
    assert.match(page.text, /3 the UPRN was spoilt by a spreadsheet: export it as text/);
    assert.match(page.text, /5 this UPRN stands in row 2 already/);
    assert.ok(!page.body.includes('Add them to the register'));
    page = await upload(ada, await ada.get(register), Buffer.from(
        '\ufeffhousename,housenumber,streetname,locality,town,adminarea,postcode,uprn\r\n' +
        'n/a,1,Long Lane,n/a,York,,YO10 3AA,000000000001\r\n"Caf\xe9 ""Oak""",2,Long Lane,,York,,YO10 3AA,2\r\n'
            .replace('Caf\xe9', 'Café')));
    assert.match(page.text, /2 rows, nothing wrong\. Adding them makes 4 voters/);
    assert.match(page.text, /1 Long Lane, York YO10 3AA/);
    assert.match(page.text, /Café "Oak", 2 Long Lane, York/);
    assert.equal(count('voter'), before, 'a look changes nothing');
    assert.equal((await mina.get(page.path)).status, 404);
    const look = page;
    page = await ada.submit(look, {}, { form: look.path });
    assert.equal(page.path, register);
    assert.match(page.text, /4 voters, 2 addresses/);
    assert.match(page.text, /Files that were added Added By Voters Addresses .* Ada [A-Z]\w+ 4 2/, 'and what this file brought');
    assert.equal(count('voter'), before + 4);
    assert.equal((await ada.submit(look, {}, { form: look.path })).status, 404, 'once');
    assert.equal(house.value(`select string_agg(uprn, ' ' order by id) from register_address`), '000000000001 2');
});

// What a file of people holds, by every door: codes of the file's own (Damm's check digit) and numbers.
const people = 'electornumber,address,postcode,code,mobile\n' +
    '1,7 Low Lane,YO10 3AB,0000000000130,\n2,7 Low Lane,YO10 3AB,,07700 900123\n3,9 Low Lane,YO10 3AB,,\n';
const heldBy = (id) => house.rows(`select (select count(*)::int from voter where register_id = ${id}) as voters,
    (select count(*)::int from register_address where register_id = ${id}) as addresses,
    (select count(*)::int from credential c join voter v on v.id = c.voter_id where v.register_id = ${id}) as credentials,
    (select count(*)::int from register_import_part p join register_import i on i.id = p.import_id where i.register_id = ${id}) as parts,
    (select count(*)::int from register_import_sample s join register_import i on i.id = s.import_id where i.register_id = ${id}) as samples`)[0];
const nothing = { voters: 0, addresses: 0, credentials: 0, parts: 0, samples: 0 };
const makeList = async (name) => {
    const form = '/desk/registers/new';
    const page = await ada.submit(await ada.get(form), { area: 'hull-road', kind: 'imported', name, codes_per_address: '1', extra_cap: '0' }, { form });
    return { path: page.path, id: Number(page.path.split('/').at(-1)) };
};
const tryCode = async (code) => {
    const voter = house.browser();
    const page = await voter.post('/vote/code', { code });
    voter.close();
    return page.path;
};

test('until the yes there is nobody who could vote, and after a no nothing', async () => {
    const list = await makeList('People of Hull Road');
    const look = await upload(ada, await ada.get(list.path), people);
    assert.match(look.text, /3 rows, nothing wrong\. Adding them makes 3 voters/);
    assert.notEqual(await tryCode('0000000000130'), '/vote/rounds', 'its codes are nobody’s on the web');
    assert.equal(house.value(`select count(*) from credential where issued_as = 'import'`), '0', 'nor by text: no number or code is a voter’s');
    assert.deepEqual({ ...heldBy(list.id), parts: 0, samples: 0 }, nothing);
    assert.match((await ada.get(list.path)).text, /Nobody on this register waits for a code/, 'and no code can be issued');
    const no = { form: `${look.path}/no` };
    assert.equal((await mina.post(`${look.path}/no`, { token: tokenOf(await mina.get('/desk')) })).status, 404, 'only its officer says no');
    const page = await ada.submit(look, {}, no);
    assert.equal(page.path, list.path);
    assert.deepEqual(heldBy(list.id), nothing);
    assert.equal((await ada.submit(look, {}, { form: look.path })).status, 404, 'and a yes comes too late');
    assert.equal((await ada.submit(look, {}, no)).status, 404);
});

test('a yes adds people with their codes and numbers', async () => {
    const list = await makeList('More people of Hull Road');
    const look = await upload(ada, await ada.get(list.path), people);
    const page = await ada.submit(look, {}, { form: look.path });
    assert.match(page.text, /3 voters, 2 addresses, 1 code that is good, 1 mobile number\. 2 voters never had a code\./);
    assert.deepEqual(heldBy(list.id), { voters: 3, addresses: 2, credentials: 2, parts: 0, samples: 0 });
    assert.equal(await tryCode('0000000000130'), '/vote/rounds');
    assert.equal(house.value(`select string_agg(concat_ws(' ', c.kind, a.address, right(c.serial, 6)), ', ' order by c.kind) from credential c
        join voter v on v.id = c.voter_id left join register_address a on a.id = v.address_id where v.register_id = ${list.id}`),
        'code 7 Low Lane 000001, phone 7 Low Lane');
    assert.equal(house.value(`select count(distinct uuid) from voter where register_id = ${list.id} and substr(uuid::text, 15, 1) = '4'`), '3');
    assert.equal(house.value(`select came_from::text from audit where action = 'register.import' and object = 'register ${list.id}'`), '127.0.0.0/24', 'the record says from where');
    const again = await upload(ada, await ada.get(list.path), people);
    assert.match(again.text, /2 this code was issued already/);
    assert.match(again.text, /3 this number is on a register already/);
});

test('a new file takes the place of earlier ones, but not of one that somebody is at', async (t) => {
    const list = await makeList('One after the other');
    const look = async (street) => (await upload(ada, await ada.get(list.path), `address\n1 ${street}\n`)).path.split('/').at(-1);
    const kept = () => house.value(`select string_agg(import_id::text, ' ' order by import_id) from register_import_part p
        join register_import i on i.id = p.import_id where i.register_id = ${list.id}`);
    await look('First Lane');
    const second = await look('Second Lane');
    assert.equal(kept(), second);
    const clerk = new Session(house, 'clerk');
    t.after(() => clerk.close());
    await clerk.run(`begin; select from wardmote.register_import where id = ${second} for update`);
    const third = await look('Third Lane');
    assert.equal(kept(), `${second} ${third}`);
    await clerk.run('rollback');
    const fourth = await look('Fourth Lane');
    assert.equal(kept(), fourth);
});

test('two files at once for one register, and two yeses at once for one file', async () => {
    const list = await makeList('Contested');
    house.value(`insert into officer_area select o.id, n.id from officer o, neighbourhood n
                 where o.email like 'mina%' and n.slug = 'hull-road'`);
    const looks = [await upload(ada, await ada.get(list.path), 'address,uprn\n1 High Lane,77\n'),
        await upload(mina, await mina.get(list.path), 'address,uprn\n1 High Lane,77\n')];
    const pages = await Promise.all([ada, mina].map((desk, i) => desk.submit(looks[i], {}, { form: looks[i].path })));
    assert.deepEqual(pages.map((p) => p.status).sort(), [200, 409]);
    assert.match(pages.find((p) => p.status === 409).text, /Nothing was added: choose the file again/);
    assert.equal(heldBy(list.id).voters, 1);
    const file = 'address,uprn\n' + Array.from({ length: 30000 }, (_, i) => `${i} Higher Lane,${1000 + i}\n`).join('');
    const look = await upload(ada, await ada.get(list.path), file);
    const yes = { token: tokenOf(look) };
    const twice = await Promise.all([1, 2].map(() => ada.post(look.path, yes, { follow: false })));
    assert.deepEqual(twice.map((p) => p.status).sort(), [303, 404]);
    assert.equal(heldBy(list.id).voters, 30001);
    assert.equal(house.value(`select count(*) from register_address where register_id = ${list.id} and uprn::int >= 1000`), '30000');
    const same = await upload(ada, await ada.get(list.path), file);
    assert.match(same.text, /30,000 of 30,000 rows have something wrong/);
    house.value(`delete from officer_area a using officer o, neighbourhood n
                 where o.id = a.officer_id and o.email like 'mina%' and n.id = a.neighbourhood_id and n.slug = 'hull-road'`);
});

test('killed in the middle of the yes, nothing of it is there; its file waits, or must come again', async (t) => {
    const list = await makeList('Interrupted');
    const file = people.replace('0000000000130', '0000000000264').replace('900123', '900124');
    const look = await upload(ada, await ada.get(list.path), file);
    const clerk = new Session(house, 'clerk');
    t.after(() => clerk.close());
    await clerk.run('begin; lock table wardmote.credential in share mode'); // the last thing that a yes writes
    const answer = ada.submit(look, {}, { form: look.path }).catch((e) => e);
    await until('the yes waits', () => house.value(`select count(*) from pg_stat_activity
        where usename = 'wardmote_import' and wait_event_type = 'Lock'`) === '1');
    await house.server.kill();
    await answer;
    await clerk.run('rollback');
    await until('its connection is gone', () => house.value(`select count(*) from pg_stat_activity where usename = 'wardmote_import'`) === '0');
    assert.deepEqual(heldBy(list.id), { ...nothing, parts: 1, samples: 3 });
    assert.notEqual(house.value(`select count(*) from register_import where register_id = ${list.id} and done_at is null`), '0');
    await house.startServer();
    assert.match((await ada.get(look.path)).text, /Adding them makes 3 voters/);
    await house.killDatabase();
    house.startDatabase();
    await until('the server is back', async () => (await ada.get(list.path)).status === 200);
    assert.equal((await ada.get(look.path)).status, 404, 'what the look kept went with the crash');
    assert.deepEqual(heldBy(list.id), nothing);
    const again = await upload(ada, await ada.get(list.path), file);
    await ada.submit(again, {}, { form: again.path });
    assert.deepEqual(heldBy(list.id), { ...nothing, voters: 3, addresses: 2, credentials: 2 });
});

test('columns that nobody knows are asked for', async () => {
    const file = Buffer.from('Stra\xdfe;Wo\nGasse 1;\nGasse 2;\n', 'latin1');
    let page = await upload(ada, await ada.get(register), file);
    assert.equal(page.status, 422);
    assert.match(page.text, /What are the columns of this file/);
    assert.match(page.text, /Straße/);
    page = await upload(ada, page, file, { c0: 'address', c1: '-' });
    assert.match(page.text, /2 rows, nothing wrong/);
});

test('what is no file from an officer is not kept', async () => {
    const stranger = house.browser();
    const big = 'address\n' + 'x'.repeat(70000);
    const page = await ada.get(register);
    const refused = await upload(stranger, page, big, {}, { follow: false }).catch((e) => ({ status: e.code }));
    assert.ok([403, 303, 'ECONNRESET', 'EPIPE'].includes(refused.status), String(refused.status));
    const imports = count('register_import');
    const noToken = await upload(ada, page, 'address\nx', { token: 'x' }, { follow: false });
    assert.equal(noToken.status, 303, 'sent away');
    assert.equal(count('register_import'), imports);
    const undeclared = await upload(ada, page, 'address\nx', { nonsense: 'x' });
    assert.equal(undeclared.status, 400);
    stranger.close();
});

let codes;
test('codes for its voters come once, as a file', async () => {
    let page = await ada.submit(await ada.get(register), {}, { form: `${register}/codes` });
    assert.match(page.headers['content-type'], /^text\/csv/);
    codes = page.body.trim().split('\r\n').slice(1).map((l) => l.slice(1, -1).split('","'));
    assert.equal(codes.length, 4);
    assert.deepEqual(codes.map((c) => c[3]).sort()[0], '1 Long Lane, York, YO10 3AA');
    assert.match((await ada.get(register)).text, /Nobody on this register waits for a code/);
    const voter = house.browser();
    page = await voter.post('/vote/code', { code: codes[0][1] });
    assert.equal(page.path, '/vote/rounds', 'and they are good');
    voter.close();
    assert.equal(house.value(`select count(*) from credential where serial = '${codes[0][1]}'`), '0');
});

test('a lost letter is replaced, by number or address, and never by code', async () => {
    const [serial, old] = codes[1];
    let page = await ada.get('/desk/codes/find?q=long+lane');
    assert.match(page.text, new RegExp(serial));
    assert.equal((await ada.get(`/desk/codes/find?q=${old.replaceAll(' ', '+')}`)).status, 404);
    assert.equal((await mina.get(`/desk/codes/${serial}`)).status, 404);
    const form = `/desk/codes/${serial}/reissue`;
    page = await ada.submit(await ada.get(`/desk/codes/${serial}`), { reissue_reason: '' }, { form });
    assert.equal(page.status, 422);
    assert.match(page.text, /Enter what was declared, and by whom/);
    const fresh = await ada.submit(await ada.get(`/desk/codes/${serial}`), { reissue_reason: 'Lost in the post' }, { form });
    const code = /\d{3} \d{3} \d{3} \d{4}/.exec(fresh.text)[0];
    const voter = house.browser();
    assert.equal((await voter.post('/vote/code', { code: old })).status, 422, 'the old one is void');
    assert.equal((await voter.post('/vote/code', { code })).path, '/vote/rounds');
    voter.close();
    assert.match((await ada.get(`/desk/codes/${serial}`)).text, /Void since .* Lost in the post/);
});

test('a clerk finds codes from every page of the desk, and goes back to what is open to them', async () => {
    const officer = house.value(`insert into officer (email, name, password_hash, totp_sealed) values ('cleo@york.example', 'Cleo', 'none', '') returning id`);
    const clerk = sessionOf(house, officer);
    assert.match((await clerk.get('/desk')).text, /You have no role yet/);
    house.value(`insert into officer_area (officer_id, neighbourhood_id, role) select ${officer}, id, 'clerk' from neighbourhood where slug = 'hull-road'`);
    const home = await clerk.get('/desk');
    assert.ok(home.links.some((l) => l.href === '/desk/codes/find'));
    const page = await clerk.get('/desk/codes/find');
    for (const link of page.links.filter((l) => l.href.startsWith('/desk')))
        assert.equal((await clerk.get(link.href)).status, 200, link.href);
    assert.ok(!(await ada.get('/desk')).links.some((l) => l.href === '/desk/codes/find'), 'who has the registers finds it there');
    assert.match((await clerk.get('/desk/rounds/atlantis')).text, /Sign out .*Page not found/, 'a page that is not there has the menu');
});

test('an extra code, within the cap', async () => {
    const [serial] = codes[2];
    const form = `/desk/codes/${serial}/extra`;
    const page = await ada.submit(await ada.get(`/desk/codes/${serial}`), { extra_reason: 'Declared at the library' }, { form });
    assert.match(page.text, /\d{3} \d{3} \d{3} \d{4}/);
    const over = await ada.submit(await ada.get(`/desk/codes/${serial}`), { extra_reason: 'Another' }, { form });
    assert.equal(over.status, 409);
    assert.match(over.text, /has all the extra codes that it may have: 1/);
});

test('a code with which a ballot was cast takes two officers', async () => {
    const [serial] = codes[0];
    house.value(`insert into ballot (round_id, voter_id, current_revision, current_cast_at, last_revision)
        select 999, voter_id, 1, now(), 1 from credential where serial = '${serial}'`);
    const open = async (desk) => desk.get(`/desk/codes/${serial}`);
    let page = await ada.submit(await open(ada), { void_reason: 'Stolen' }, { form: `/desk/codes/${serial}/void` });
    assert.match(page.text, /Another officer must grant it/);
    assert.ok(!page.body.includes('/grant"'));
    house.value(`insert into officer_area select o.id, n.id from officer o, neighbourhood n
                 where o.email like 'mina%' and n.slug = 'hull-road'`);
    page = await mina.submit(await open(mina), {}, { form: `/desk/codes/${serial}/grant` });
    assert.match(page.text, /Void since .* Stolen/);
});

test('many wrong codes raise an alarm on the desk', async () => {
    assert.ok(!(await ada.get('/desk/registers')).text.includes('Somebody may be guessing'));
    house.value(`insert into code_try (door, outcome) select 1, 'wrong' from generate_series(1, 200)`);
    assert.match((await ada.get('/desk/registers')).text, /wrong codes were tried in the last hour\. Somebody may be guessing/);
    assert.match((await ada.get('/desk')).text, /Somebody may be guessing/);
    const voter = house.browser();
    await voter.post('/vote/code', { code: '0000000000000' });
    voter.close();
    assert.match(house.server.log(), /alarm: \d+ wrong codes were tried/);
    house.value('delete from code_try');
});

test('its pages, for eyes and for axe', async () => {
    const browser = await openChromium();
    const found = await upload(ada, await ada.get(register), 'address,ward\n9 Long Lane,Atlantis\n');
    for (const width of [360, 1280]) {
        const cookies = [...ada.cookies].map(([name, value]) => ({ name, value }));
        const page = await openWindow(browser, { width, cookies: cookies.map((c) => ({ ...c, url: ada.base })) });
        for (const path of ['/desk/registers', '/desk/registers/new',
            register, found.path, '/desk/codes/find?q=long+lane',
            `/desk/codes/${codes[2][0]}`]) {
            await page.goto(ada.base + path);
            assert.deepEqual(await faults(page), [], path);
        }
    }
    await browser.close();
});

test('a register that a vote counts on is not retired', async () => {
    const page = await ada.submit(await ada.get(register), {}, { form: `${register}/retire` });
    assert.equal(page.status, 409);
    assert.match(page.text, /counts on this register/);
});
