// counts.mjs: what tests counted on their way, for the lines that run.sh prints at the end of a suite:
// one line of var/check/counts each, a word, a number and what it was about.
import fs from 'node:fs';
import path from 'node:path';
import { top } from './harness.mjs';

const file = path.join(top, 'var/check/counts');

export function counted(what, n, about) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.appendFileSync(file, `${what} ${n} ${about}\n`);
}
