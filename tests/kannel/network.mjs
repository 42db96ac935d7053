// network.mjs: a real Kannel, and the phones behind it (Kannel's own fakesmsc), for one test.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { atEnd, freePort, runUndisturbed, until } from '../lib/harness.mjs';

const here = new URL('.', import.meta.url).pathname;
const fakesmsc = '/usr/lib/kannel/test/fakesmsc';

export const installed = fs.existsSync(fakesmsc) && spawnSync('bearerbox', ['--version']).status === 0;

const phones = new Set();
atEnd(() => {
    for (const phone of phones) phone.kill('SIGKILL');
});

export class Network {
    // `hook`: base of the webhooks, `secret`: theirs.
    static async open(dir, hook, secret) {
        const network = new Network();
        network.dir = dir;
        network.password = 'a-password';
        const [admin, box, sendsms, smsc] = [
            await freePort(), await freePort(), await freePort(), await freePort(),
        ];
        network.port = smsc;
        network.url = `http://127.0.0.1:${sendsms}`;
        atEnd(() => network.close());
        network.args = [dir, admin, box, sendsms, smsc, hook, secret, network.password].map(String);
        network.start();
        return network;
    }

    // Starts both boxes, also again: what the bearerbox had on disk is still there.
    start() {
        const done = spawnSync(path.join(here, 'run-kannel.sh'), this.args, {
            stdio: ['ignore', 'ignore', 'inherit'],
        });
        if (done.status !== 0) throw new Error('Kannel did not start');
    }

    // kill -9 of 'bearerbox' or 'smsbox'; returns when it is gone.
    async kill(name) {
        const pid = Number(fs.readFileSync(path.join(this.dir, `${name}.pid`), 'utf8'));
        process.kill(pid, 'SIGKILL');
        await until(`${name} is gone`, () => !fs.existsSync(`/proc/${pid}/exe`));
    }

    // Phones that speak the network's own lines ("from to type words", userguide 1.4.5): send() as
    // fast as Kannel takes them; received(): [[to, words]…]; end() switches them off.
    async phones() {
        const socket = net.connect(this.port, '127.0.0.1');
        await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
        let said = '';
        socket.on('data', (data) => { said += data; });
        socket.on('error', () => {});
        return {
            send: (lines) => { socket.write(lines.map((line) => `${line}\n`).join('')); },
            received: () => said.split('\n').slice(0, -1)
                .map((line) => /^60777 (\d+) text (.*)$/.exec(line)).filter(Boolean).map((m) => [m[1], m[2]]),
            end: () => socket.destroy(),
        };
    }

    #connect(args) {
        const phone = spawn(
            fakesmsc,
            ['-v', '0', '-H', '127.0.0.1', '-r', String(this.port), ...args],
            { stdio: ['ignore', 'pipe', 'pipe'] },
        );
        phones.add(phone);
        phone.ended = new Promise((resolve) => phone.on('exit', resolve)).then(() => phones.delete(phone));
        const said = { text: '' };
        for (const stream of [phone.stdout, phone.stderr])
            stream.on('data', (data) => {
                said.text += data;
                if (said.text.includes('sent message 1')) phone.emit('sent');
            });
        return { phone, said };
    }

    // Sends one text from a phone that is switched off afterwards; [from, body].
    async text(from, body) {
        const { phone, said } = this.#connect(['-i', '0', '-m', '1', `${from} 60777 text ${body}`]);
        const sent = new Promise((resolve) => phone.once('sent', () => resolve(true)));
        if (!(await Promise.race([sent, phone.ended.then(() => false)])))
            throw new Error(`a phone could not send: ${said.text}`);
        phone.kill('SIGKILL');
        await phone.ended;
    }

    // Phones that stay on and take replies; with `texts`, one of them at random is sent every
    // `interval` seconds, over and over. received(): [[to, body]…].
    listen(texts = [], interval = 0.01) {
        const { phone, said } = this.#connect(
            texts.length > 0
                ? ['-i', String(interval), ...texts.map(([from, body]) => `${from} 60777 text ${body}`)]
                : ['-m', '0', '0 0 text none'],
        );
        return {
            received: () =>
                [...said.text.matchAll(/Got message \d+: <60777 (\d+) text ([^>]*)>/g)].map((m) => [m[1], m[2]]),
            sent: () => [...said.text.matchAll(/sent message (\d+)/g)].length,
            sleep: () => phone.kill('SIGSTOP'),
            end: () => phone.kill('SIGKILL'),
        };
    }

    close() {
        runUndisturbed(path.join(here, 'stop-kannel.sh'), this.dir);
    }
}
