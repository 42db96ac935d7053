// markup.test.mjs: whatever people type is text, wherever it is shown. Every form that can be reached
// is filled with markup and sent; then every text column of the database becomes markup, past all the
// doors; and after each, whoever may see a page (a resident, a voter, an officer with every role) gets
// it without a tag, an attribute or a link of that. A real Chromium, without the policy that would
// stop a script anyway, opens one page of each kind.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { openChromium, openWindow } from '../lib/chromium.mjs';
import { openHouse, until } from '../lib/harness.mjs';
import { patternOf } from '../lib/routes.mjs';

// Breaks out of text, of both kinds of attribute, of a title, a textarea, a script and of Markdown.
// "zq" never comes before a quote or a bracket unless something was not escaped.
const LONG = `zq"zq'zq</title></textarea><img src=x data-zq onerror="window.hit=1"><script>window.hit=2</script>`
    + '[link](javascript:window.hit=3) <javascript:window.hit=4> ![](x)';
const SHORT = `zq"zq'zq<b data-zq>`;
const BARE = /zq"|zq<|<img src=x|<b data-zq|href="\s*javascript:/;
const SHOWN = /zq(&#34;|&quot;)zq/;

let house, browser;
const people = {};
const EACH = 3; // pages of a pattern that one walk opens
const wrong = [];
const shown = new Set();

function look(who, page) {
    if (page.status >= 500) wrong.push(`${who} ${page.path}: status ${page.status}`);
    if (!/^text\/html/.test(page.headers['content-type'] ?? '')) return;
    const body = page.body.replaceAll('<!-- raw HTML omitted -->', '~'); // what the Markdown library leaves of tags
    const at = BARE.exec(body);
    if (at) wrong.push(`${who} ${page.path}: ${body.slice(Math.max(0, at.index - 80), at.index + 40)}`);
    if (SHOWN.test(page.body)) shown.add(patternOf(new URL(page.url).pathname));
}

// Every page that links lead to from there, a few of each pattern: path -> page.
async function walk(who, starts) {
    const seen = new Map(), opened = {}, todo = [...starts];
    while (todo.length) {
        const at = todo.shift();
        const pattern = patternOf(at.split('?')[0]);
        if (seen.has(at) || !pattern || (opened[pattern] ?? 0) >= EACH) continue;
        opened[pattern] = (opened[pattern] ?? 0) + 1;
        seen.set(at, null);
        const page = await people[who].get(at);
        seen.set(at, page);
        look(who, page);
        if (!/html/.test(page.headers['content-type'] ?? '')) continue;
        for (const { href } of page.links) {
            const url = new URL(href, page.url);
            if (url.origin === new URL(house.url).origin) todo.push(url.pathname + url.search);
        }
    }
    return seen;
}
const everyone = () => [['resident', ['/', '/demo', '/ideas/pledge', '/embed/rounds/westfield-2026']],
    ['voter', ['/vote/rounds', '/ballot/westfield-2026/check', '/ballot/westfield-2026/done']],
    ['officer', ['/desk', ...house.value(`select string_agg(concat_ws(' ', '/desk/rounds/' || slug, '/desk/rounds/' || slug || '/edit'), ' ') from round`).split(' ')]]];

// What else a form holds, so that it may be accepted with markup in one of its fields.
function plausible(name) {
    if (/number|phone/.test(name)) return '07700 900 456';
    if (/postcode/.test(name)) return 'YO24 3BZ';
    if (/email/.test(name)) return `${randomBytes(4).toString('hex')}@x.org`;
    if (/time$/.test(name)) return '9am';
    if (/date|day|until|due|review|from/.test(name)) return '1/2/2030';
    if (/pot\d_name|title|name|words|reason|why|note/.test(name)) return 'Words';
    return /exclusion|percent/.test(name) ? '' : '5';
}
const KEEP = /^(token|key|revision|to|tag|do|c\d+|pot)$/;
const LEAVE = /sign-out|\/language|\/desk\/me|\/password|\/prove/;
const TEXTS = [LONG, SHORT, '"><b data-zq>'];

function filled(form) {
    const fields = {};
    for (const c of form.controls) {
        if (c.type === 'textarea' && !c.value) fields[c.name] = 'Words';
        if (c.type === 'text' && !c.value && !KEEP.test(c.name)) fields[c.name] = plausible(c.name);
        const box = c.type === 'radio' || c.type === 'checkbox';
        if (box && !form.controls.some((other) => other.name === c.name && other.on)) fields[c.name] ??= c.value;
    }
    return fields;
}

// A file of markup, for whatever the form takes.
const fileOf = (text) => ['title,short_name,summary,description,cost,address,postcode,uprn,ward',
    Array(9).fill(`"${text.replaceAll('"', '""')}"`).join(',')].join('\r\n');
function sendFile(who, where, form, text) {
    const token = form.pairs().find(([name]) => name === 'token')[1];
    const body = `--b0\r\nContent-Disposition: form-data; name="token"\r\n\r\n${token}\r\n--b0\r\nContent-Disposition: form-data; `
        + `name="file"; filename="${'a"><b data-zq>.csv'.replaceAll('"', '%22')}"\r\nContent-Type: text/csv\r\n\r\n${fileOf(text)}\r\n--b0--\r\n`;
    return people[who].post(where, '', { headers: { 'content-type': 'multipart/form-data; boundary=b0' }, body });
}

// Sends each form once for each of its fields, with the longest of the texts that fits it.
const fields = { sent: 0, refused: [] };
async function fillForms(who, pages) {
    const sent = new Set();
    for (const page of pages.values())
        for (const form of page?.forms ?? []) {
            const where = new URL(form.action || page.url, page.url).pathname;
            if (form.method !== 'POST' || LEAVE.test(where)) continue;
            const kind = `${where.replaceAll(/\d+|[\w-]+-20\d\d|[A-Z0-9]{26}/g, '#')} ${form.controls.map((c) => c.name)}`;
            if (sent.has(kind)) continue;
            sent.add(kind);
            house.value('delete from failure');
            if (/multipart/.test(form.attributes.enctype ?? '')) {
                look(who, await sendFile(who, where, form, LONG));
                continue;
            }
            const free = form.controls.filter((c) => ['text', 'textarea', 'hidden'].includes(c.type) && c.name !== 'token');
            for (const { name } of free) {
                let answer;
                for (const text of TEXTS) {
                    const pairs = form.pairs({ ...filled(form), [name]: text });
                    answer = await people[who].post(where, new URLSearchParams(pairs).toString());
                    look(who, answer);
                    if (answer.status !== 400) break;
                }
                fields.sent++;
                if (answer.status === 400) fields.refused.push(`${where} ${name}`);
            }
        }
    return sent.size;
}

// Names that the programs go by, and what is hashed or sealed: nobody types those.
const STRUCTURE = /slug$|hash$|sealed$|^(canonical|state|kind|class|key|provider|gateway|occasion|client_ref|serial|reference|dedup_key|endpoint|message_id|roles?|tag|language|action|object|subject)$/;

// Every text column that takes it becomes markup, each row another; says which did.
function sweep() {
    const columns = house.rows(`select table_name as "table", column_name as "column" from information_schema.columns join information_schema.tables
        using (table_schema, table_name) where table_schema = 'wardmote' and table_type = 'BASE TABLE' and data_type = 'text'
        and is_generated = 'NEVER' order by 1, 2`).filter((it) => !STRUCTURE.test(it.column)).map((it) => ({ t: it.table, c: it.column }));
    const done = [];
    for (const { t, c } of columns) {
        const took = house.value(`set session_replication_role = replica;
            create or replace function pg_temp.put() returns text language plpgsql as $f$
            begin
                begin update wardmote.${t} set ${c} = $p$${LONG}$p$ || ctid::text where ${c} <> ''; return 'long';
                exception when others then null; end;
                begin update wardmote.${t} set ${c} = $p$${SHORT}$p$ || ctid::text where ${c} <> ''; return 'short';
                exception when others then return 'no'; end;
            end $f$; select pg_temp.put()`).split('\n').pop();
        if (took === 'long' || took === 'short') done.push(`${t}.${c}`);
    }
    house.value('notify content');
    return done;
}

// One page of each kind that shows it, as a browser makes it of what it was sent.
async function openEach(pages) {
    const kinds = new Map(pages.filter(({ page }) => SHOWN.test(page?.body ?? '')).map((it) => [`${it.who} ${patternOf(it.at.split('?')[0])}`, it]));
    for (const who of Object.keys(people)) {
        const cookies = [...people[who].cookies].map(([name, value]) => ({ name, value, url: house.url }));
        const window = await openWindow(browser, { width: 360, cookies });
        for (const { at } of [...kinds.values()].filter((it) => it.who === who)) {
            await window.goto(house.url + at);
            const found = await window.evaluate(() => [window.hit, document.querySelectorAll('[data-zq], img[src=x], a[href^="javascript:" i]').length]);
            assert.deepEqual(found, [undefined, 0], `${who} ${at}`);
        }
        assert.deepEqual(window.problems.filter((p) => /third party|script/.test(p)), []);
        await window.context().close();
    }
}

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    browser = await openChromium();
    people.resident = house.browser();
    people.voter = house.browser();
    const code = house.demo.codes.find((c) => c.area === 'Westfield').code;
    await people.voter.submit(await people.voter.get('/vote/code'), { code }, { form: '/vote/code' });
    const officer = house.value(`select id from officer where email like 'sam@%'`);
    house.value(`insert into officer_area (officer_id, neighbourhood_id, role) select ${officer}, n.id, r
            from neighbourhood n, unnest(array['ward_officer', 'approver', 'clerk']) r on conflict do nothing;
        insert into officer_role (officer_id, role) select ${officer}, unnest(array['sms_operator', 'auditor', 'administrator']) on conflict do nothing`);
    const secret = randomBytes(32);
    house.value(`insert into officer_session (id_hash, officer_id) values ('\\x${createHash('sha256').update(secret).digest('hex')}', ${officer})`);
    people.officer = house.browser();
    people.officer.cookies.set('wm_desk', secret.toString('base64url'));
});
after(async () => {
    await browser?.close();
    await house?.close();
});

describe('markup that somebody typed', () => {
    it('is text after every form was sent with it', async () => {
        let forms = 0;
        for (const [who, starts] of everyone()) forms += await fillForms(who, await walk(who, starts));
        for (const [who, starts] of everyone()) await walk(who, starts);
        assert.deepEqual(wrong.splice(0), []);
        console.log(`# ${forms} forms, ${fields.sent} fields, ${fields.refused.length} of them too short for it; shown on ${shown.size} kinds of page`);
        assert.ok(forms >= 60 && fields.sent - fields.refused.length >= 120 && shown.size >= 24, 'few forms were found');
    });

    it('is text where it came into the database by another way', async () => {
        shown.clear();
        const columns = sweep();
        for (const one of Object.values(people)) one.close(); // their connections lay idle too long
        const pages = [];
        for (const [who, starts] of everyone()) pages.push(...[...await walk(who, starts)].map(([at, page]) => ({ who, at, page })));
        assert.deepEqual(wrong.splice(0), []);
        for (const known of ['proposal.title', 'proposal.body', 'round.title', 'round.about', 'pledge.promise', 'idea.what', 'site.banner', 'officer.name'])
            assert.ok(columns.includes(known), known);
        await openEach(pages);
        console.log(`# ${columns.length} columns, shown on ${shown.size} kinds of page`);
        assert.ok(shown.size >= 45, 'it was shown on few pages');
    });
});
