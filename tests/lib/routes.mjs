// routes.mjs: the server's own table of what it answers (--routes), for tests that want all of it.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { build } from './harness.mjs';

// A row of the table: { method, pattern, who, roles, place, proven, fields, matches(path) }.
export const routes = spawnSync(path.join(build, 'bin/wardmote-server'), ['--routes'], { encoding: 'utf8' }).stdout.trim().split('\n')
    .map((line) => {
        const [method, pattern, who, roles, place, proven, fields] = line.split(' ');
        const shape = new RegExp(`^${pattern.replaceAll(/[.]/g, '\\.').replaceAll(/:\w+/g, '[^/]+')}$`);
        return { method, pattern, who, roles: roles.split(','), place, proven: proven === 'proven', fields: fields.split(','),
            matches: (at) => shape.test(at) };
    });

// The pattern that answers GET of that path: a literal one before one with names in it.
const read = routes.filter((r) => r.method === 'GET');
export const patternOf = (at) => read.find((r) => r.pattern === at)?.pattern ??
    read.filter((r) => r.matches(at)).sort((a, b) => names(a) - names(b))[0]?.pattern;
const names = (r) => r.pattern.split(':').length;
