// registers.mjs: how long a file of 200,000 addresses takes onto a register, against a plain COPY
// of the same file into a typed table (at most 3.0 times), and 200,000 codes as the mail house's file
// against 20 s (at most 1.0 times). Prints a line each, as bench.sh does, which runs it; exits 1 when
// one misses its bound.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { openHouse, totp } from '../lib/harness.mjs';

const rows = Number(process.argv[2] ?? 200000);
let missed = false;
function verdict(name, ours, reference, bound) {
    const good = ours / reference <= bound;
    missed ||= !good;
    console.log(`${name} ours=${ours.toFixed(2)} reference=${reference.toFixed(2)} ` +
        `ratio=${(ours / reference).toFixed(2)}${good ? '' : ` MISSED (at most ${bound})`}`);
}

const house = await openHouse();
try {
    await house.loadDemo();
    const officer = house.demo.officers[0];
    await house.startServer();
    const desk = house.browser();
    await desk.submit(await desk.get('/desk/sign-in'),
        { email: officer.email, password: officer.password, totp: totp(officer.totp_seed_base32) },
        { form: '/desk/sign-in' });
    const made = await desk.submit(await desk.get('/desk/registers/new'),
        { area: 'york', kind: 'codes', name: 'Bench', codes_per_address: '1', extra_cap: '0' },
        { form: '/desk/registers/new' });
    const register = made.path;
    const file = 'housenumber,streetname,locality,town,postcode,uprn\n' +
        Array.from({ length: rows }, (_, i) =>
            `${i % 300},Long Lane ${Math.floor(i / 300)},Heslington,York,YO10 3AA,${String(100000000000 + i)}\n`).join('');
    const where = house.write('addresses.csv', file);
    fs.chmodSync(where, 0o644);

    const timed = async (what) => { const t = performance.now(); const r = await what(); return [(performance.now() - t) / 1000, r]; };
    house.value(`create table typed (housenumber integer, streetname text, locality text, town text,
        postcode text, uprn bigint primary key)`);
    const copies = [];
    for (let i = 0; i < 3; i++) {
        house.value('truncate typed');
        const [s, r] = await timed(() => spawnSync('psql', ['-X', '-q', '-d', `${house.conninfo} user=postgres`,
            '-c', `set search_path = wardmote`, '-c', `\\copy typed from '${where}' csv header`], { encoding: 'utf8' }));
        if (r.status !== 0) throw new Error(r.stderr);
        copies.push(s);
    }
    copies.sort((a, b) => a - b);

    const token = /name="token" value="([^"]+)"/.exec((await desk.get(register)).body)[1];
    // A file's bytes, as COPY reads them and a browser sends them.
    const body = Buffer.from(`--b0\r\nContent-Disposition: form-data; name="token"\r\n\r\n${token}\r\n` +
        `--b0\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n${file}\r\n--b0--\r\n`);
    const [look, seen] = await timed(() => desk.post(`${register}/import`, '',
        { headers: { 'content-type': 'multipart/form-data; boundary=b0' }, body, timeout: 120000 }));
    if (!/nothing wrong/.test(seen.text)) throw new Error(seen.text);
    const [add, page] = await timed(() => desk.submit(seen, {}, { form: seen.path, timeout: 120000 }));
    if (!page.text.includes(`${rows.toLocaleString('en-GB')} voters`)) throw new Error(page.text);
    const [issue, csv] = await timed(() => desk.submit(page, {}, { form: `${register}/codes`, timeout: 120000 }));
    const lines = csv.body.split('\r\n').length - 2;
    if (lines !== rows) throw new Error(`${lines} codes`);
    const rss = /VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${house.server.pid ?? house.server.child?.pid}/status`, 'utf8'))?.[1];
    const copy = copies[1];
    verdict('register_import', look + add, copy, 3);
    verdict('codes', issue, 20, 1);
    console.error(`registers: ${look.toFixed(2)} s looked at, ${add.toFixed(2)} s added; peak RSS ${Math.round(rss / 1024)} MiB`);
} finally {
    await house.close();
}
process.exit(missed ? 1 : 0);
