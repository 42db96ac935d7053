// harness.mjs: the real thing for a test: a private PostgreSQL, the migrated schema, the daemons
// with files of settings and secrets, and ways to talk to them. Everything lies in one directory
// below var/ and goes away when the test ends, fails or is interrupted; WM_KEEP=1 keeps the files.
//
//     const house = await openHouse();
//     const demo = await house.loadDemo();
//     await house.startServer();
//     const page = await house.browser().get('/');
//     await house.close();
import { spawn, spawnSync } from 'node:child_process';
import { createHmac, randomBytes, randomInt } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Browser } from './client.mjs';

export { Browser, Page, decodeEntities } from './client.mjs';

export const top = fileURLToPath(new URL('../..', import.meta.url));
export const build = path.resolve(top, process.env.WM_BUILD ?? 'build');
const clusterScript = path.join(top, 'deploy/cluster.sh');

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// How many times longer than on an idle machine a test may wait. It costs nothing where all is well.
const PATIENCE = 5;

// Asks until `check` gives something true, and returns that; fails loudly when a busy machine, too,
// would have got there: `seconds` are an idle one's.
export async function until(what, check, seconds = 20) {
    const most = seconds * PATIENCE, deadline = performance.now() + most * 1000;
    for (;;) {
        // A fake in this process gets its turn, also where every check is true at once: psql runs
        // synchronously, and forty such checks once kept a provider silent for 30 s.
        await sleep(1);
        const value = await check();
        if (value) return value;
        if (performance.now() > deadline) throw new Error(`waited ${most} s in vain: ${what}`);
        await sleep(40);
    }
}

// A public page as soon as it says so: pages are kept, and made anew a moment after what they tell changed.
export const shows = (browser, path, pattern) => until(`${path} ${pattern}`, async () => {
    const page = await browser.get(path);
    return pattern.test(page.text) && page;
});

const given = new Set();

// A TCP port on 127.0.0.1 that nobody listens on; `wanted` when it is free. Below those that a
// connection is given for its own end, which could take it before the daemon does.
export async function freePort(wanted = 0) {
    for (let tries = 0; ; tries++) {
        const port = await new Promise((resolve, reject) => {
            const server = net.createServer();
            server.on('error', (e) => (e.code === 'EADDRINUSE' && tries < 100 ? resolve(0) : reject(e)));
            server.listen(wanted && !tries ? wanted : randomInt(10240, 32768), '127.0.0.1', () => {
                const { port: got } = server.address();
                server.close(() => resolve(got));
            });
        });
        if (port && !given.has(port)) {
            given.add(port);
            return port;
        }
    }
}

// --- a process that we started -------------------------------------------------------------------

const alive = new Set(); // daemons
const houses = new Set();

export class Daemon {
    constructor(name, command, args, options = {}) {
        const { logFile, env = {}, cwd = top, endSignal = 'SIGKILL' } = options;
        this.name = name;
        this.endSignal = endSignal;
        this.logFile = logFile;
        const log = logFile ? fs.openSync(logFile, 'a') : 'ignore';
        this.process = spawn(command, args, {
            cwd,
            env: { ...process.env, ...env },
            stdio: ['ignore', log, log],
        });
        if (logFile) fs.closeSync(log);
        this.exited = new Promise((resolve) => {
            this.process.on('error', (e) => resolve({ code: 127, signal: e.message }));
            this.process.on('exit', (code, signal) => resolve({ code, signal }));
        }).then((how) => {
            alive.delete(this);
            this.ended = how;
            return how;
        });
        alive.add(this);
    }

    get pid() {
        return this.process.pid;
    }

    log() {
        return this.logFile ? fs.readFileSync(this.logFile, 'utf8') : '';
    }

    // Sends SIGTERM and waits; SIGKILL after `seconds` of an idle machine. Returns {code, signal}.
    async stop(seconds = 30) {
        if (this.ended) return this.ended;
        this.process.kill('SIGTERM');
        const timer = setTimeout(() => this.process.kill('SIGKILL'), seconds * PATIENCE * 1000);
        const how = await this.exited;
        clearTimeout(timer);
        return how;
    }

    // kill -9, and waits until it is gone.
    async kill() {
        this.process.kill('SIGKILL');
        return this.exited;
    }

    // Waits until `check` holds, and fails with the log when the process ends instead.
    async ready(check, seconds = 30) {
        await until(
            `${this.name} ready; log:\n${this.log().slice(-4000)}`,
            async () => {
                if (this.ended)
                    throw new Error(
                        `${this.name} ended (${JSON.stringify(this.ended)}):\n${this.log().slice(-4000)}`,
                    );
                return check();
            },
            seconds,
        );
        return this;
    }

    // Resident memory in KiB.
    memory() {
        const status = fs.readFileSync(`/proc/${this.pid}/status`, 'utf8');
        return Number(/^VmRSS:\s+(\d+)/m.exec(status)[1]);
    }
}

// --- the house -----------------------------------------------------------------------------------

export class House {
    constructor(dir) {
        this.dir = dir;
        this.daemons = [];
        this.secrets = {};
        houses.add(this);
    }

    file(name) {
        return path.join(this.dir, name);
    }

    write(name, content, mode = 0o600) {
        fs.writeFileSync(this.file(name), content, { mode });
        return this.file(name);
    }

    // A file with a fresh secret, or with the one given; made once. Returns its path.
    secret(name, value = randomBytes(32).toString('hex')) {
        if (!(name in this.secrets)) {
            this.secrets[name] = value;
            this.write(name, `${value}\n`);
        }
        return this.file(name);
    }

    // --- database
    #cluster(...args) {
        const done = spawnSync(clusterScript, args, { encoding: 'utf8' });
        if (done.status !== 0) throw new Error(`cluster.sh ${args[0]}: ${done.stderr}`);
        return done.stdout.trim();
    }

    startDatabase() {
        this.socket = this.#cluster('start', this.dir);
        this.conninfo = `host=${this.socket} dbname=wardmote`;
        return this.socket;
    }

    stopDatabase() {
        this.#cluster('stop', this.dir);
    }

    // kill -9 of the postmaster; its children notice and end. startDatabase() brings it back.
    async killDatabase() {
        const data = fs.realpathSync(this.file('pg'));
        const pid = Number(fs.readFileSync(path.join(data, 'data/postmaster.pid'), 'utf8').split('\n')[0]);
        process.kill(pid, 'SIGKILL');
        await until('postmaster gone', () => !fs.existsSync(`/proc/${pid}`));
    }

    migrate() {
        const done = spawnSync(
            path.join(top, 'schema/migrate.sh'),
            [`${this.conninfo} user=postgres`],
            { encoding: 'utf8' },
        );
        if (done.status !== 0) throw new Error(`migrate.sh: ${done.stdout}${done.stderr}`);
        return done.stdout;
    }

    // Runs SQL as superuser and returns the rows as objects. One statement that gives rows.
    rows(sql) {
        return JSON.parse(this.value(`select coalesce(json_agg(t), '[]') from (${sql}) t`));
    }

    // Runs SQL as superuser (or as `role`), search_path wardmote; returns the output as text.
    value(sql, role = 'postgres') {
        const done = spawnSync(
            'psql',
            ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', `${this.conninfo} user=${role}`],
            {
                input: sql,
                encoding: 'utf8',
                maxBuffer: 1 << 28,
                env: { ...process.env, PGOPTIONS: '-c search_path=wardmote,public' },
            },
        );
        if (done.status !== 0) throw new Error(`psql: ${done.stderr}`);
        return done.stdout.trim();
    }

    // --- daemons
    #config(name, settings) {
        const lines = Object.entries(settings).filter(([, value]) => value !== null);
        return this.write(name, lines.map(([k, v]) => `${k} = ${v}\n`).join(''));
    }

    async #serverSettings(settings) {
        this.serverPort ??= await freePort(settings.port ?? 0);
        this.url = `http://127.0.0.1:${this.serverPort}`;
        const { port, ...rest } = settings;
        return {
            database: this.conninfo,
            master_key: this.secret('master.key'),
            listen: `127.0.0.1:${this.serverPort}`,
            public_url: this.url,
            name: 'City of York',
            contact: 'Call 01904 000000',
            sms_number: '60777',
            hook_secret: this.secret('hook.secret'),
            demo: 'on',
            demo_file: this.file('demo.json'),
            count_program: path.join(build, 'bin/wardmote-count'),
            ...rest,
        };
    }

    // Loads York through the server program; returns what it wrote for /demo.
    async loadDemo(data = path.join(top, 'schema/york')) {
        const config = this.#config('load.conf', await this.#serverSettings({}));
        const done = spawnSync(
            path.join(build, 'bin/wardmote-server'),
            ['--config', config, '--load-demo', data, this.file('demo.json')],
            { encoding: 'utf8', cwd: top },
        );
        if (done.status !== 0) throw new Error(`--load-demo: ${done.stdout}${done.stderr}`);
        this.demo = JSON.parse(fs.readFileSync(this.file('demo.json'), 'utf8'));
        return this.demo;
    }

    #start(name, config) {
        const daemon = new Daemon(name, path.join(build, 'bin', name), ['--config', config], {
            logFile: this.file(`${name}.log`),
            env: this.daemonEnv, // what a test wants daemons to find in their environment
        });
        this.daemons.push(daemon);
        return daemon;
    }

    // Starts wardmote-server and waits for /ready. Settings that are null are left out.
    async startServer(settings = {}) {
        const config = this.#config('server.conf', await this.#serverSettings(settings));
        this.server = this.#start('wardmote-server', config);
        await this.server.ready(() => isOk(`${this.url}/ready`));
        return this.server;
    }

    // Another server on the same database, with a port of its own: {url, server}.
    async startSecondServer(settings = {}) {
        const { serverPort, url, server } = this;
        this.serverPort = undefined;
        await this.startServer(settings);
        const second = { url: this.url, server: this.server };
        Object.assign(this, { serverPort, url, server });
        return second;
    }

    async startHandset(settings = {}) {
        this.handsetPort ??= await freePort(settings.port ?? 0);
        this.handsetUrl = `http://127.0.0.1:${this.handsetPort}`;
        const { port, ...rest } = settings;
        const config = this.#config('handset.conf', {
            listen: `127.0.0.1:${this.handsetPort}`,
            hook_url: `${this.url}/hooks/sms`,
            hook_secret: this.secret('hook.secret'),
            token: this.secret('handset.token'),
            sms_number: '60777',
            service_name: 'Wardmote',
            suggestions_file: this.demo ? this.file('phone-suggestions.json') : null,
            ...rest,
        });
        this.handset = this.#start('wardmote-handset', config);
        await this.handset.ready(() => isOk(`${this.handsetUrl}/`));
        return this.handset;
    }

    // Starts wardmote-sms on the handset, or on what `settings` say. It listens on nothing: it is
    // ready when its first line of log is there.
    async startSms(settings = {}) {
        const gateway = settings.gateway ?? 'handset';
        const own =
            gateway === 'handset'
                ? { handset_url: this.handsetUrl, handset_token: this.secret('handset.token') }
                : {};
        const config = this.#config(`sms-${this.daemons.length}.conf`, {
            database: this.conninfo,
            master_key: this.secret('master.key'),
            gateway,
            sms_number: '60777',
            dlr_url: `${this.url}/hooks/sms`,
            hook_secret: this.secret('hook.secret'),
            ...own,
            ...settings,
        });
        this.sms = this.#start('wardmote-sms', config);
        await this.sms.ready(() => this.sms.log().length > 0);
        return this.sms;
    }

    browser(options) {
        return new Browser(this.url, options);
    }

    // --- texts, through the handset's HTTP API
    async text(from, body) {
        const phone = new Browser(this.handsetUrl);
        const page = await phone.request('POST', '/api/texts', {
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ from, to: '60777', body }),
        });
        phone.close();
        if (page.status >= 300) throw new Error(`POST /api/texts: ${page.status} ${page.body}`);
        return page.json();
    }

    // The conversation of a phone: [{direction: "out" | "in", body, state, …}], oldest first.
    async conversation(number) {
        const phone = new Browser(this.handsetUrl);
        const page = await phone.get(`/api/conversation?number=${encodeURIComponent(number)}`);
        phone.close();
        if (page.status !== 200) throw new Error(`/api/conversation: ${page.status} ${page.body}`);
        return page.json().messages;
    }

    async replies(number) {
        return (await this.conversation(number)).filter((m) => m.direction === 'in');
    }

    // Sends a text and waits for the answer to it.
    async ask(number, body, seconds = 20) {
        const before = (await this.replies(number)).length;
        await this.text(number, body);
        return until(
            `a reply to a text from ${number}`,
            async () => (await this.replies(number))[before]?.body,
            seconds,
        );
    }

    // --- the end
    async close() {
        const ends = [];
        for (const daemon of [...this.daemons].reverse())
            if (!daemon.ended) ends.push([daemon, await daemon.stop()]);
        this.remove();
        for (const [daemon, how] of ends)
            if (how.code !== 0)
                throw new Error(`${daemon.name} did not stop cleanly: ${JSON.stringify(how)}`);
    }

    // Also called when the process ends in any other way, so without waiting for anything.
    remove() {
        if (!houses.delete(this)) return;
        if (process.env.WM_KEEP) {
            runUndisturbed(clusterScript, 'stop', this.dir);
            return;
        }
        if (runUndisturbed(clusterScript, 'remove', this.dir))
            fs.rmSync(this.dir, { recursive: true, force: true });
    }
}

async function isOk(url) {
    const browser = new Browser(url);
    try {
        return (await browser.request('GET', url, { timeout: 2000 })).status === 200;
    } catch {
        return false;
    } finally {
        browser.close();
    }
}

// A fresh directory below var/, which PostgreSQL's user may enter; secrets in it have modes.
export function freshDir() {
    fs.mkdirSync(path.join(top, 'var'), { recursive: true });
    const dir = fs.mkdtempSync(path.join(top, 'var/test-'));
    fs.chmodSync(dir, 0o755);
    return dir;
}

// A cluster with the migrated schema, in a directory of its own. `database: false`: no cluster.
export async function openHouse({ database = true } = {}) {
    const house = new House(freshDir());
    if (database) {
        house.startDatabase();
        house.migrate();
    }
    return house;
}

// The six digits of RFC 6238 for a seed in base32, for signing in as a demo officer.
export function totp(seed, at = Date.now()) {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
    const clean = seed.toUpperCase().replace(/[^A-Z2-7]/g, '');
    const bits = [...clean].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('');
    const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((b) => parseInt(b, 2)));
    const step = Buffer.alloc(8);
    step.writeBigUInt64BE(BigInt(Math.floor(at / 30000)));
    const mac = createHmac('sha1', key).update(step).digest();
    const code = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
    return String(code % 1000000).padStart(6, '0');
}

// Whether a process still runs; one that ended but was not waited for does not.
export function isRunning(pid) {
    try {
        return /^State:\t[^ZX]/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
    } catch {
        return false;
    }
}

// Runs a command to its end in a session of its own: a second signal to our process group, which
// is how runners end tests, must not stop what cleans up. One that comes before the new session
// is there ends it; then it is run again. Returns whether it succeeded.
export function runUndisturbed(command, ...args) {
    for (let tries = 0; tries < 5; tries++) {
        const done = spawnSync('setsid', ['--wait', command, ...args], { stdio: 'ignore' });
        if (!done.signal) return done.status === 0;
    }
    return false;
}

// What to do when this process ends, however it ends, before its daemons and directories go.
const lastDuties = [];
export const atEnd = (duty) => lastDuties.push(duty);

// However this process ends, nothing of it goes on running. A daemon that stands for others (a
// script) gets SIGTERM and the time to end them.
function endAll() {
    for (const duty of lastDuties) duty();
    for (const daemon of alive) daemon.process.kill(daemon.endSignal);
    const deadline = Date.now() + 15000;
    for (const { pid } of [...alive].filter((d) => d.endSignal === 'SIGTERM'))
        while (isRunning(pid) && Date.now() < deadline)
            Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    for (const house of houses) house.remove();
}
process.on('exit', endAll);
for (const [signal, status] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]])
    process.on(signal, () => process.exit(status));
// An interrupted `node --test` may be gone first: a broken pipe must not keep us from the above.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => process.exit(141));
