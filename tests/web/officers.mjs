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

// Date and time as London's clocks show them, `seconds` from now.
export function london(seconds) {
    const parts = new Intl.DateTimeFormat('en-GB', {
        timeZone: 'Europe/London', dateStyle: 'short', timeStyle: 'medium',
    }).format(new Date(Date.now() + seconds * 1000));
    const [date, time] = parts.split(', ');
    return { date, time };
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
