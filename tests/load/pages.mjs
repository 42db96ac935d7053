// pages.mjs: what pages weigh and how soon they are there, measured over HTTP behind an nginx that
// compresses, as in production. Prints a line each, as bench.sh does, which runs it; exits 1 when one
// misses its bound. Bounds: issue's budgets, from the measurements in reference/web.md, 6.
//   page_html   bytes of the heaviest resident page, gzip                       against 10,240
//   page_css    bytes of the stylesheet, gzip                                   against 12,288
//   page_js     bytes of script on a ballot, gzip; any on another page is a miss  against 2,048
//   page_view   bytes of the heaviest first view, all that the browser fetched  against 30,720
//   admin_view  the same for an officer's pages                                 against 81,920
//   page_lcp    ms to the largest paint on slow 3G (400 ms, 400 kbit/s, CPU / 4), the slowest page,
//               median of three                                                against 1,800
//   page_cls    the greatest layout shift, in thousandths; any is a miss
//   page_ttfb   ms, p99 of the time to the first byte at 2,000 pages/s, warm, of the server itself,
//               without nginx, by ttfb.c from when each was due, after a run that warms up
//                                                                              against 50
import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { openChromium } from '../lib/chromium.mjs';
import { atEnd, build, freePort, openHouse, totp, until } from '../lib/harness.mjs';

const RESIDENT = ['/', '/neighbourhoods', '/neighbourhoods/westfield', '/neighbourhoods/westfield/agreement', '/rounds',
    '/rounds/westfield-2026', '/rounds/guildhall-2026', '/rounds/westfield-2026/1216', '/rounds/micklegate-2026/result', '/results',
    '/vote', '/vote/code', '/text', '/counting', '/privacy', '/find?postcode=yo24'];
const BALLOTS = ['/ballot/westfield-2026', '/ballot/westfield-agreement-2026'];
const DESK = ['/desk', '/desk/rounds/westfield-2026', '/desk/rounds/new', '/desk/registers', '/desk/codes', '/desk/audit'];
const RATE = 2000, SECONDS = 5, SOCKETS = 64, TTFB = 50;

let missed = false;
function verdict(name, ours, reference, about = '') {
    const good = ours <= reference;
    missed ||= !good;
    const ratio = reference > 0 ? (ours / reference).toFixed(2) : good ? '0.00' : 'inf';
    console.log(`${name} ours=${Math.round(ours * 10) / 10} reference=${reference} ratio=${ratio}` +
        `${good ? '' : ' MISSED (at most 1)'}${about && ` (${about})`}`);
}

const greatest = (all, key) => all.reduce((a, b) => (key(b) > key(a) ? b : a));
const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];

async function startNginx(house, port) {
    const conf = house.write('nginx.conf', `${process.getuid() === 0 ? 'user root;' : ''}
daemon off; pid ${house.dir}/nginx.pid; error_log ${house.dir}/nginx.log; worker_processes 1;
events { worker_connections 512; }
http {
    access_log off; gzip on; gzip_comp_level 6; gzip_proxied any; gzip_min_length 256;
    gzip_types text/css text/javascript application/javascript image/svg+xml;
    ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((t) => `${t}_temp_path ${house.dir}/nginx-${t};`).join(' ')}
    server { listen 127.0.0.1:${port}; location / { proxy_pass ${house.url}; proxy_http_version 1.1;
        proxy_set_header Host ${new URL(house.url).host}; proxy_set_header Connection ""; } }
}
`);
    const nginx = spawn('nginx', ['-c', conf], { stdio: 'ignore' });
    atEnd(() => nginx.kill('SIGTERM'));
    await until('nginx answers', () => new Promise((resolve) => {
        const s = net.connect(port, '127.0.0.1', () => { s.destroy(); resolve(true); });
        s.on('error', () => resolve(false));
    }));
    return nginx;
}

// One cold visit: what was fetched, by type; the largest paint and the layout's shifts.
async function visit(browser, url, { cookies, slow }) {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'en-GB' });
    await context.addCookies(cookies);
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    const fetched = {}, types = new Map(); // of bodies, without their headers
    let bytes = 0;
    await cdp.send('Network.enable');
    await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
    if (slow) {
        await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 400,
            downloadThroughput: 400000 / 8, uploadThroughput: 400000 / 8 });
        await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    }
    cdp.on('Network.responseReceived', (e) => types.set(e.requestId, { type: e.type, head: e.response.encodedDataLength }));
    cdp.on('Network.loadingFinished', (e) => {
        const { type, head } = types.get(e.requestId) ?? { type: 'Other', head: 0 };
        fetched[type] = (fetched[type] ?? 0) + e.encodedDataLength - head;
        bytes += e.encodedDataLength;
    });
    await page.addInitScript(() => {
        globalThis.seen = { lcp: 0, cls: 0 };
        new PerformanceObserver((l) => { for (const e of l.getEntries()) globalThis.seen.lcp = e.startTime; })
            .observe({ type: 'largest-contentful-paint', buffered: true });
        new PerformanceObserver((l) => { for (const e of l.getEntries()) globalThis.seen.cls += e.value; })
            .observe({ type: 'layout-shift', buffered: true });
    });
    const answer = await page.goto(url, { waitUntil: 'networkidle' });
    if (answer.status() !== 200) throw new Error(`${answer.status()} from ${url}`);
    const seen = await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(globalThis.seen), 100))));
    await context.close();
    return { where: new URL(url).pathname, ...seen, fetched, bytes };
}

// What ttfb.c says of a run, by name.
async function firstBytes(port, paths) {
    const { stdout } = await promisify(execFile)(path.join(build, 'tests/ttfb'), [port, RATE, SECONDS, SOCKETS, ...paths]);
    return Object.fromEntries(stdout.trim().split(' ').map((pair) => pair.split('=')).map(([name, value]) => [name, Number(value)]));
}

const house = await openHouse();
let browser;
let nginx;
try {
    await house.loadDemo();
    await house.startServer();
    const port = await freePort();
    nginx = await startNginx(house, port);
    const front = `http://127.0.0.1:${port}`;
    const cookies = (b) => [...b.cookies].map(([name, value]) => ({ name, value, url: front }));
    const voter = house.browser(), officer = house.browser();
    await voter.post('/vote/code', { code: house.demo.codes.find((c) => c.area === 'Westfield').code });
    const [ada] = house.demo.officers;
    await officer.submit(await officer.get('/desk/sign-in'),
        { email: ada.email, password: ada.password, totp: totp(ada.totp_seed_base32) }, { form: '/desk/sign-in' });
    browser = await openChromium();

    const look = async (paths, options) => {
        const all = [];
        for (const p of paths) all.push(await visit(browser, front + p, options));
        return all;
    };
    const pages = await look(RESIDENT, { cookies: [] });
    const ballots = await look(BALLOTS, { cookies: cookies(voter) });
    const desk = await look(DESK, { cookies: cookies(officer) });
    const resident = [...pages, ...ballots];
    const heaviest = (all, type) => greatest(all, (v) => v.fetched[type] ?? 0);
    for (const [name, all, type, bound] of [['page_html', resident, 'Document', 10240], ['page_css', resident, 'Stylesheet', 12288],
        ['page_js', ballots, 'Script', 2048]])
        verdict(name, heaviest(all, type).fetched[type] ?? 0, bound, heaviest(all, type).where);
    verdict('page_js_elsewhere', heaviest(pages, 'Script').fetched.Script ?? 0, 0);
    for (const [name, all, bound] of [['page_view', resident, 30720], ['admin_view', desk, 81920]]) {
        const worst = greatest(all, (v) => v.bytes);
        verdict(name, worst.bytes, bound, worst.where);
    }
    const slow = [];
    for (const [p, c] of [...['/', '/rounds/westfield-2026', '/rounds/westfield-2026/1216', '/rounds/micklegate-2026/result',
        '/neighbourhoods/westfield/agreement'].map((q) => [q, []]), ['/ballot/westfield-2026', cookies(voter)]]) {
        const three = [];
        for (let i = 0; i < 3; i++) three.push(await visit(browser, front + p, { cookies: c, slow: true }));
        slow.push({ where: p, lcp: median(three.map((v) => v.lcp)), cls: Math.max(...three.map((v) => v.cls)) });
    }
    const last = greatest(slow, (v) => v.lcp);
    verdict('page_lcp', last.lcp, 1800, last.where);
    const moved = greatest([...slow, ...resident, ...desk], (v) => v.cls);
    verdict('page_cls', moved.cls * 1000, 0, moved.cls > 0 ? moved.where : '');
    await browser.close();
    browser = null;
    const warm = ['/', '/neighbourhoods/westfield', '/rounds/westfield-2026', '/rounds/westfield-2026/1216'];
    await firstBytes(house.serverPort, warm);
    const ttfb = await firstBytes(house.serverPort, warm);
    const stalled = ttfb.p99_ms > TTFB && ttfb.p99_ms - ttfb.late_p99_ms <= TTFB;
    verdict('page_ttfb', ttfb.p99_ms, TTFB, `p50 ${ttfb.p50_ms} ms, its client late by p99 ${ttfb.late_p99_ms} ms` +
        `${stalled ? ': it stalled itself, so other processes have the processors' : ''}`);
} finally {
    await browser?.close();
    nginx?.kill('SIGTERM');
    await house.close();
}
process.exit(missed ? 1 : 0);
