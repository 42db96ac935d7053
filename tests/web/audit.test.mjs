// audit.test.mjs: what officers did stands on /desk/audit: all of it, and whether it is whole, for
// administrators; their own for others; nobody else.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, it } from 'node:test';
import { promisify } from 'node:util';
import { faults, openChromium, openWindow, shot } from '../lib/chromium.mjs';
import { openHouse } from '../lib/harness.mjs';
import { officersOf, signIn } from './officers.mjs';

const psql = promisify(execFile);
let house, ada, tom, mina, browser;
before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    browser = await openChromium();
    const officers = officersOf(house);
    [ada, tom, mina] = [await signIn(house, officers.ada), await signIn(house, officers.tom), await signIn(house, officers.mina)];
    house.value(`insert into audit (officer_id, action, object, detail)
        select o.id, 'round.note', 'round <b>' || i, jsonb_build_object('hash', repeat('f', 64))
        from officer o, generate_series(1, 60) i where o.email like 'tom@%'`);
});
after(async () => { await browser?.close(); await house?.close(); });

it('is all there for an administrator, fifty at a time, and found by words', async () => {
    const page = await ada.get('/desk/audit');
    const head = house.value(`select encode(hash, 'hex') from audit_chain order by place desc limit 1`);
    assert.match(page.text, new RegExp(`Checked: ${house.value('select count(*) from audit')} rows, unbroken`));
    assert.ok(page.text.replaceAll(/\s/g, '').includes(head), 'the head, to be written down');
    assert.equal(page.body.match(/class="wm-card"/g).length, 50);
    assert.match(page.body, /round &lt;b&gt;60/);
    const last = house.value('select id from audit order by id desc offset 49 limit 1');
    assert.match((await ada.get(`/desk/audit?q=&before=${last}`)).body, /round &lt;b&gt;10</);
    assert.equal((await ada.get('/desk/audit?q=%3Cb%3E17')).body.match(/class="wm-card"/g).length, 1);
    assert.equal((await ada.get('/desk/audit?before=x')).status, 404);
});

it('shows others their own only', async () => {
    assert.match((await tom.get('/desk/audit')).body, /round &lt;b&gt;60/);
    const page = await mina.get('/desk/audit?q=round.note');
    assert.doesNotMatch(page.body, /class="wm-card"/);
    assert.doesNotMatch((await mina.get('/desk/audit')).text, /Checked:/);
    assert.equal((await house.browser().get('/desk/audit')).path.split('?')[0], '/desk/sign-in');
});

it('stays whole when officers act at once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => psql('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d',
        `${house.conninfo} user=postgres`, ...Array.from({ length: 20 }, (_, n) =>
            ['-c', `insert into wardmote.audit (action, object) values ('round.note', 'at once ${n}')`]).flat()])));
    assert.equal(house.value(`select count(*) from audit where object like 'at once%'`), '160');
    assert.match((await ada.get('/desk/audit')).text, /rows, unbroken/);
});

it('says where it is broken', async () => {
    const id = house.value(`begin; set local session_replication_role = replica;
        update audit set object = 'round 99' where object = 'round <b>30' returning id; commit`);
    assert.match((await ada.get('/desk/audit')).text, new RegExp(`Row ${id.trim()} is not what was written`));
});

it('its page, for eyes and for axe', async () => {
    const cookies = [...ada.cookies].map(([name, value]) => ({ name, value, url: ada.base }));
    for (const width of [360, 1280]) {
        const page = await openWindow(browser, { width, cookies });
        await page.goto(`${ada.base}/desk/audit`);
        assert.deepEqual(await faults(page), []);
        if (process.env.WM_LOOK) await shot(page, `desk-audit-${width}`);
        await page.context().close();
    }
});
