// things.mjs: one of everything that a path of the server's table of routes can name: for who asks each page of
// the desk, and who looks at each.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';

// Everything lies in Micklegate, whose round is published.
export const ward = 'micklegate';

// A session as signing in makes it, without the half second that a password takes.
export function sessionOf(house, officer) {
    const secret = randomBytes(32);
    house.value(`insert into officer_session (id_hash, officer_id) values ('\\x${createHash('sha256').update(secret).digest('hex')}', ${officer})`);
    const browser = house.browser();
    browser.cookies.set('wm_desk', secret.toString('base64url'));
    return browser;
}

// One of everything that a path can name, in Micklegate.
export async function makeThings(house) {
    const value = (sql) => house.value(sql), id = (sql) => value(`${sql} returning id`);
    const place = value(`select id from neighbourhood where slug = '${ward}'`);
    const someone = value(`select id from officer where email like 'sam@%'`);
    const round = (slug, opens, closes) => {
        const r = id(`insert into round (slug, neighbourhood_id, title, kind, opens_at, closes_at, max_picks)
            values ('${slug}', ${place}, '${slug}', 'approval', clock_timestamp() + interval '${opens}', clock_timestamp() + interval '${closes}', 3)`);
        const pot = id(`insert into pot (round_id, ordinal, name, amount) values (${r}, 1, 'Pot', 100000)`);
        const number = value('select api.free_number()');
        id(`insert into proposal (round_id, number, short_name, title, pot_id, cost, state) values (${r}, ${number}, 'P', 'P', ${pot}, 1000,
            '${opens.startsWith('-') ? 'published' : 'draft'}')`);
        return { id: r, number: number.padStart(4, '0') };
    };
    const draft = round('matrix-draft', '9 days', '10 days');
    const open = round('matrix-open', '-1 day', '1 day');
    value(`select api.round_freeze(${open.id}, 'k', 'k', 's', sha256('1'), sha256('2'), sha256(sha256('seed')))`);
    const register = id(`insert into register (name, neighbourhood_id) values ('Matrix', ${place})`), retired = id(`insert into register (name, neighbourhood_id) values ('Matrix, old', ${place})`);
    const edition = value(`select id from agreement_edition where neighbourhood_id = ${place} limit 1`);
    const resident = house.browser();
    const form = `/rounds/matrix-open/${open.number}/offer`;
    await resident.submit(await resident.get(form), { words: 'A van', name: 'Ann', number: '07700 900 456', agree: 'yes' }, { form });
    value(`insert into sms_gateway (name) values ('matrix') on conflict do nothing; update sms_gateway set place = 9, seen_at = clock_timestamp() where name = 'matrix'`);
    const funded = value(`select to_char(min(p.number), 'FM0000') from round r, api.round_funded(r.id) p where r.slug = 'micklegate-2026'`);
    const hash = (words) => `sha256('${words}')`;
    const things = {
        slug: (pattern) => (/\/(changes|paper|assisted|monitor)/.test(pattern) ? 'matrix-open'
            : /\/(result|embargo|decisions|correct|archive|delivery)/.test(pattern) ? 'micklegate-2026' : 'matrix-draft'),
        number: (pattern) => (/\/delivery/.test(pattern) ? funded : draft.number),
        batch: id(`insert into paper_batch (round_id, collected_at, place, ballots, opened_by)
            values (${open.id}, clock_timestamp() - interval '1 hour', 'Library', 3, ${someone})`),
        pledge: value(`select id from pledge where edition_id = ${edition} limit 1`),
        serial: value(`select c.serial from credential c join voter v on v.id = c.voter_id where v.neighbourhood_id = ${place}
            and not exists (select from ballot b where b.voter_id = v.id) order by c.id limit 1`)
            || value(`select c.serial from credential c join voter v on v.id = c.voter_id where v.neighbourhood_id = ${place} limit 1`),
        door: (pattern) => (/drop|replay/.test(pattern) ? 'out' : 'in'),
        letter: id(`insert into outbox (dedup_key, class, recipient_key, recipient_sealed, sender, segments, state)
            values ('matrix', 'reply', ${hash('a')}, '', '60777', 1, 'dead')`),
        reference: (pattern) => (/drop|replay/.test(pattern) ? (things.letterReference ??= value(`select client_ref from outbox where dedup_key = 'matrix'`)) : things.inbox),
        inbox: id(`insert into inbox (provider, endpoint, message_id, sender_key, sender_sealed, near_key, state, done_at)
            values ('matrix', '60777', 'm', ${hash('a')}, '', ${hash('b')}, 'dead', clock_timestamp())`),
        name: 'matrix',
        language: 'pl',
        // ":id" is another thing on every page.
        changes: id(`insert into amendment (kind, round_id, closes_at, reason, asked_by)
            values ('extension', ${open.id}, clock_timestamp() + interval '2 days', 'Snow', ${someone})`),
        decisions: id(`insert into decision (proposal_id, decision, reason, body, decided_on, asked_by)
            select p.id, 'approved', 'Good', 'Council', current_date, ${someone} from proposal p join round r on r.id = p.round_id
            where r.slug = 'micklegate-2026' limit 1`),
        ideas: id(`insert into idea (reference, key_hash, neighbourhood_id, title, what, state, sent_at)
            values ('MATR1X', ${hash('i')}, ${place}, 'Idea', 'What', 'sent', clock_timestamp())`),
        agreements: edition,
        offers: value('select max(id) from offer'),
        outlines: (officer) => id(`insert into outline_import (officer_id, sha256, credit, features)
            values (${officer}, ${hash('f')}, '', '[{"code": "E05010311", "name": "", "outline": "5390000 -110000,5390000 -100000,5400000 -100000", "points": 3, "kept": 3, "problem": ""}]')`),
        registers: (officer, pattern) => (/retire/.test(pattern) ? retired : register),
        imports: (officer) => {
            // Of one row, packed as server/import_row.h says.
            const row = Buffer.from('\0\0\0\0\0\0....\x06\0\0\0A Lane');
            row.writeInt32LE(Number(value(`select neighbourhood_id from register where id = ${register}`)), 6);
            const file = id(`insert into register_import (register_id, officer_id, sha256, persons, rows, parts, addresses, checked)
                values (${register}, ${officer}, ${hash('f')}, false, 1, 1, 1, true)`);
            value(`update register set imports = 0 where id = ${register}`); // nobody else's file came between
            value(`insert into register_import_part values (${file}, 0, '\\x${row.toString('hex')}')`);
            value(`insert into register_import_sample (import_id, n, address, postcode, uprn, area, code, phone, problem)
                values (${file}, 1, '${file} Lane', '', '', '', false, false, '')`);
            return file;
        },
        'proposal-files': (officer) => id(`insert into proposal_import (round_id, officer_id, sha256, roles, cells)
            values (${draft.id}, ${officer}, ${hash('f')}, 'title,cost', '[["title", "cost"], ["Bench", "10"]]')`),
        import: (officer) => id(`insert into proposal_import (round_id, officer_id, sha256, roles, done_at)
            values (${draft.id}, ${officer}, ${hash('f')}, 'title,cost', clock_timestamp())`),
        people: id(`insert into officer (name, email, password_hash, totp_sealed) values ('Target', 'target@x.org', 'none', '')`),
    };
    return things;
}

// A pattern with the things of its names filled in; what is an officer's own is that officer's.
export function thingPath(things, pattern, officer) {
    const parts = pattern.split('/');
    return parts.map((part, i) => {
        if (!part.startsWith(':')) return part;
        const name = part.slice(1);
        const thing = name === 'id' ? things[parts[i - 1]] : things[name];
        assert.ok(thing !== undefined, `${pattern}: the test makes no :${name} there: add one to makeThings`);
        if (typeof thing !== 'function') return thing;
        return name === 'id' ? thing(officer, pattern) : thing(pattern);
    }).join('/');
}
