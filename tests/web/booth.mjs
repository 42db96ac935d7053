// booth.mjs: what the stories about residents share: a voter of the demo in a browser window, with
// scripts or without, a ballot to fill in, and a look at every page that is met.
import assert from 'node:assert/strict';
import { faults, openWindow } from '../lib/chromium.mjs';

export const RECEIPT = /R[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/;
export const path = (page) => new URL(page.url()).pathname;
export const words = async (page) => (await page.innerText('main')).replace(/\s+/g, ' ');
export const receiptOn = async (page) => RECEIPT.exec(await words(page))?.[0];
export const pressed = (page) =>
    page.locator('input[name=p]:checked').evaluateAll((all) => all.map((b) => b.value).sort());
export const proceed = (page) => page.click('main button:text-is("Continue")');

export async function tick(page, ...numbers) {
    for (const n of await pressed(page)) if (!numbers.includes(n)) await page.uncheck(`#p${n}`);
    for (const n of numbers) await page.check(`#p${n}`);
}

// Types into the boxes of a points or ranking paper: pairs of number and text; the rest is emptied.
export async function number(page, pairs) {
    for (const box of await page.locator('input[name=w]').all()) {
        const id = await box.getAttribute('id');
        await box.fill(String(pairs[id.slice(1)] ?? ''));
    }
}

// What stands in those boxes: number to text, empty ones left out.
export async function numbered(page) {
    const all = await page.locator('input[name=w]').evaluateAll((boxes) =>
        boxes.filter((b) => b.value !== '').map((b) => [b.id.slice(1), b.value]));
    return Object.fromEntries(all);
}

export const pounds = (pence) => {
    const whole = `£${Math.floor(pence / 100).toLocaleString('en-GB')}`;
    return pence % 100 ? `${whole}.${String(pence % 100).padStart(2, '0')}` : whole;
};

// A page that was drawn with scripts off is looked at with them on, since axe is one.
export async function scripts(page, on) {
    page.cdp ??= await page.context().newCDPSession(page);
    await page.cdp.send('Emulation.setScriptExecutionDisabled', { value: !on });
}

export function openBooth(house, browser, demo) {
    const used = {};
    const go = (page, where) => page.goto(house.url + where);

    // A code that nobody has used yet.
    function freshCode(area) {
        used[area] = (used[area] ?? -1) + 1;
        return demo.codes.filter((c) => c.area === area)[used[area]].code;
    }

    // axe finds nothing and nothing sticks out.
    async function look(page, name) {
        if (page.scriptless) await scripts(page, true);
        assert.deepEqual(await faults(page), [], `${name}: ${page.url()}`);
        if (page.scriptless) await scripts(page, false);
    }

    async function enter(page, code) {
        await go(page, '/vote/code');
        await page.fill('#code', code);
        await proceed(page);
    }

    async function signedIn(area, options = { width: 360 }) {
        const page = await openWindow(browser, options);
        page.scriptless = options.scriptless;
        if (page.scriptless) await scripts(page, false);
        page.code = freshCode(area);
        await enter(page, page.code);
        assert.equal(path(page), '/vote/rounds');
        return page;
    }

    // Numbers and costs (pence) of a round, as the database has them.
    const projects = (slug) =>
        house.rows(`select to_char(p.number, 'FM0000') as number, p.title, p.cost, t.ordinal as pot
                    from proposal p join round r on r.id = p.round_id
                    left join pot t on t.id = p.pot_id where r.slug = '${slug}' order by p.number`);
    const revisions = () => Number(house.value('select count(*) from revision'));
    const serialOf = (code) => demo.codes.find((c) => c.code === code).serial;
    // The picks of a voter's newest revision, as the database has them: "1733=4 1740=6".
    const stored = (page, slug) =>
        house.value(`select coalesce(string_agg(to_char(k.number, 'FM0000') || '=' || k.weight, ' '), '')
            from (select v.numbers, v.weights from revision v join round r on r.id = v.round_id
                  join credential c on c.voter_id = v.voter_id
                  where r.slug = '${slug}' and c.serial = '${serialOf(page.code)}'
                  order by v.revision desc limit 1) h
            cross join unnest(h.numbers, h.weights) k(number, weight)`);
    // What only officers or the clock can do to a frozen round: a superuser with triggers off.
    const bend = (sql) =>
        house.value(`set session_replication_role = replica; ${sql}; notify content`);

    return { go, freshCode, look, enter, signedIn, projects, revisions, serialOf, stored, bend };
}
