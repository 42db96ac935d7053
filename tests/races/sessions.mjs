// sessions.mjs: several connections to one database, driven step by step, so that an interleaving
// has a name and happens every time. Whether a step is blocked is read from pg_locks, never guessed
// from the clock.
//
//     const a = new Session(house, 'a'), b = new Session(house, 'b');
//     await a.run('begin'); …
//     const step = b.start('select …');        // is sent, not waited for
//     await step.blocked();                     // it waits for a lock
//     await a.run('commit');
//     await step.result;                        // its rows
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { until } from '../lib/harness.mjs';

export class Session {
    constructor(house, name, role = 'postgres') {
        this.house = house;
        this.name = name;
        // One pipe for rows and errors: two would not keep their order.
        this.process = spawn(
            'sh',
            ['-c', 'exec psql -X -q -A -t -F " " -d "$0" 2>&1', `${house.conninfo} user=${role} application_name=${name}`],
            { env: { ...process.env, PGOPTIONS: '-c search_path=wardmote,public -c jit=off' } },
        );
        this.out = '';
        this.waiting = null;
        const take = (chunk) => {
            this.out += chunk;
            const end = this.out.indexOf(`${this.mark}\n`);
            if (this.waiting && end >= 0) {
                const text = this.out.slice(0, end).trim();
                this.out = '';
                const { resolve, reject } = this.waiting;
                this.waiting = null;
                (text.includes('ERROR:') ? reject : resolve)(text.includes('ERROR:') ? new Error(text) : text);
            }
        };
        this.process.stdout.setEncoding('utf8').on('data', take);
    }

    // Sends statements; `result` is what they print, or throws what the database says.
    start(sql) {
        assert.equal(this.waiting, null, `${this.name} is busy`);
        this.mark = `done-${randomBytes(6).toString('hex')}`;
        const result = new Promise((resolve, reject) => {
            this.waiting = { resolve, reject };
        });
        result.catch(() => {}); // whoever awaits it is told
        this.process.stdin.write(`${sql};\n\\echo ${this.mark}\n`);
        return { result, blocked: () => this.blocked() };
    }

    run(sql) {
        return this.start(sql).result;
    }

    // Waits until this session waits for a lock that somebody else holds.
    blocked() {
        return until(`${this.name} is blocked`, () => {
            assert.notEqual(this.waiting, null, `${this.name} was not blocked`);
            return this.house.value(`select 1 from pg_locks l join pg_stat_activity a using (pid)
                where a.application_name = '${this.name}' and not l.granted limit 1`);
        });
    }

    close() {
        this.process.stdin.end('\\q\n');
    }
}

const bytes = (buffer) => `'\\x${buffer.toString('hex')}'::bytea`;

// A ballot as common/cast.c casts it, in its two statements, so that something can come between.
export class Cast {
    constructor(session, { voter, round, numbers, generation = 1, channel = 1, inbox = null, clerk = null, batch = null,
        key = randomBytes(16) }) {
        Object.assign(this, { session, voter, round, numbers, generation, channel, inbox, clerk, batch, key });
    }

    // Sends the lock; `patient` waits for the voter up to 2 s.
    start(patient = false) {
        return this.session.start(
            `select last_revision from api.cast_lock('{${this.voter}}', '{${this.round}}', ${patient})`,
        );
    }

    // True when the voter was locked, false when somebody else has them.
    async lock(patient = false) {
        return this.locked(await this.start(patient).result);
    }

    locked(text) {
        if (text === '') return false;
        this.revision = Number(text) + 1;
        return true;
    }

    // The second statement: the outcome's number.
    async write() {
        const n = this.numbers.length;
        const picks = createHash('sha256').update(this.numbers.join()).digest();
        const one = (value, type) => `array[${value}]::${type}[]`;
        const text = await this.session.run(`select outcome, revision from api.cast_write(
            '{1}', '{${this.voter}}', '{${this.round}}', '{${this.generation}}',
            ${one(this.channel, 'smallint')}, '{f}', ${one(bytes(this.key), 'bytea')},
            ${one(bytes(picks), 'bytea')}, '{1}', '{${n}}', array_fill(1, array[${n}]),
            '{${this.numbers}}', array_fill(1::smallint, array[${n}]), '{${this.revision}}',
            ${one(bytes(randomBytes(32)), 'bytea')}, '{${randomBytes(4).readUInt32BE()}}',
            ${one(this.inbox ?? 'null', 'bigint')}, '{${this.clerk}}', '{${this.batch}}')`);
        [this.outcome, this.written] = text.split(' ').map(Number);
        return this.outcome;
    }
}

export const outcomes = { recorded: 0, repeated: 1, superseded: 3, signedOut: 4, closed: 6, withdrawn: 9 };
