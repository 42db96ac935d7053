// officers.mjs: what tests of the desk share: signing in, dates as the forms take them.
import assert from 'node:assert/strict';
import { totp, until } from '../lib/harness.mjs';

// The demo's officers by first name in lower case.
export const officersOf = (house) =>
    Object.fromEntries(house.demo.officers.map((o) => [o.email.split('@')[0], o]));

// A browser that is signed in. Forgets used codes and failed tries, so that no test waits.
export async function signIn(house, officer) {
    house.value('update officer set totp_last_step = 0; delete from failure');
    const desk = house.browser();
    const form = '/desk/sign-in';
    const page = await desk.submit(await desk.get(form),
        { email: officer.email, password: officer.password, totp: totp(officer.totp_seed_base32) }, { form });
    assert.equal(page.path, '/desk', page.text);
    return desk;
}

// Presses the button that counts, and looks again as a browser would, until the count has ended.
export async function count(desk, slug) {
    const at = `/desk/rounds/${slug}`;
    let page = await desk.submit(await desk.get(at), {}, { form: `${at}/count` });
    await until(`the count of ${slug}`, async () => {
        if (page.headers.refresh === undefined) return true;
        page = await desk.get(page.path);
        return false;
    }, 60);
    return page;
}

// Date and time as London's clocks show them, `seconds` from now. In the night in which they show an
// hour twice, which no form takes: before that hour for what is over, after it for what is to come.
export function london(seconds) {
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', dateStyle: 'short', timeStyle: 'medium' });
    const HOUR = 3600e3;
    let at = Date.now() + seconds * 1000;
    const shown = () => clock.format(at);
    while ([at - HOUR, at + HOUR].some((other) => clock.format(other) === shown())) at += seconds < 0 ? -HOUR : HOUR;
    const [date, time] = shown().split(', ');
    return { date, time };
}

// The date in London, `days` from today.
export function londonDay(days) {
    const [day, month, year] = london(0).date.split('/').map(Number);
    return new Date(Date.UTC(year, month - 1, day + days)).toLocaleDateString('en-GB', { timeZone: 'UTC' });
}

// A scheduled round opens or closes (`what`: opens_at, closes_at) now. Its frozen row is moved, as no officer could:
// a test that typed a moment some seconds away would have to be quicker than that.
export function turnsNow(house, slug, what) {
    house.value(`set session_replication_role = replica;
        update round set ${what} = clock_timestamp() where slug = '${slug}'; notify content`);
}

export const tokenOf = (page) => page.form('/desk/sign-out').pairs().find(([name]) => name === 'token')[1];

// Sends a file as a browser does.
export function upload(desk, page, file, fields = {}, options = {}) {
    const { action } = page.form(/import$/.test(page.path) ? page.path : `${page.path}/import`);
    const token = /name="token" value="([^"]+)"/.exec(page.body)[1];
    const parts = [...Object.entries({ token, ...fields }).map(([name, value]) =>
        Buffer.from(`--b0\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)),
        Buffer.from('--b0\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n'),
        Buffer.from(file), Buffer.from('\r\n--b0--\r\n')];
    return desk.post(action, '', {
        headers: { 'content-type': 'multipart/form-data; boundary=b0' }, ...options,
        body: Buffer.concat(parts),
    });
}
