// town.mjs: a small town for tests of texts: rounds, voters with codes, texts put into the inbox as
// the server does it, and replies read from the outbox. Seals, keyed hashes and check digits are
// computed here from the written format, not by the programs under test.
import { createCipheriv, createDecipheriv, createHmac, randomBytes, randomInt } from 'node:crypto';
import path from 'node:path';
import { Daemon, build, openHouse, until } from '../lib/harness.mjs';

const quote = (text) => `'${String(text).replaceAll("'", "''")}'`;
const bytes = (buffer) => `'\\x${buffer.toString('hex')}'::bytea`;

const hmac = (key, ...parts) => {
    const mac = createHmac('sha256', key);
    for (const part of parts) mac.update(part);
    return mac.digest();
};

export class Keys {
    constructor(hex) {
        this.master = Buffer.from(hex, 'hex');
    }

    use(name) {
        return hmac(this.master, `wardmote/${name}/1\0`);
    }

    keyed(use, label, value) {
        return hmac(this.use(use), `${label}\0`, value);
    }

    seal(about, plain) {
        const nonce = randomBytes(12);
        const cipher = createCipheriv('aes-256-gcm', this.use('seal'), nonce);
        cipher.setAAD(Buffer.from(`\x01${about}`));
        const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
        return Buffer.concat([Buffer.from([1]), nonce, sealed, cipher.getAuthTag()]);
    }

    unseal(about, hex) {
        const sealed = Buffer.from(hex.slice(2), 'hex');
        const decipher = createDecipheriv('aes-256-gcm', this.use('seal'), sealed.subarray(1, 13));
        decipher.setAAD(Buffer.from(`\x01${about}`));
        decipher.setAuthTag(sealed.subarray(-16));
        return Buffer.concat([decipher.update(sealed.subarray(13, -16)), decipher.final()]).toString();
    }
}

const damm = [
    '0317598642', '7092154863', '4206871359', '1750983426', '6123045978',
    '3674209581', '5869720134', '8945362017', '9438617205', '2581436790',
];
const checked = (digits) => digits + [...digits].reduce((state, d) => damm[state][d], 0);

// "9pm Sun 14 Dec": the end of voting, a week from now.
const closing = (() => {
    const day = new Date(Date.now() + 7 * 86400e3);
    const part = (options) => new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', ...options }).format(day);
    const month = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][
        Number(part({ month: 'numeric' })) - 1
    ];
    return {
        words: `9pm ${part({ weekday: 'short' })} ${part({ day: 'numeric' })} ${month}`,
        sql: `timestamp '${part({ year: 'numeric' })}-${part({ month: '2-digit' })}-${part({ day: '2-digit' })} 21:00' at time zone 'Europe/London'`,
    };
})();

const past = (t) => `clock_timestamp() - interval '${t}'`;
const future = (t) => `clock_timestamp() + interval '${t}'`;

const proposals = {
    westfield: [
        [1275, 'Hob Moor bench', 184300], [1359, "Allot'mt path", 170000],
        [1428, 'Lunch club', 316000], [1580, 'Apple trees', 900000],
    ],
    agreement: [[4017, 'Agreement']],
    city: [[5011, 'Trams'], [5022, 'Trees'], [5033, 'Toilets']],
    acomb: [[2718, 'Cinema', 100]],
    closed: [[6001, 'Too late', 100], [6012, 'Rightly late', 100]],
    later: [[7001, 'Too early', 100]],
    flood: [[9005, 'Benches', 100], [9013, 'Lamps', 100], [9027, 'Bins', 100]],
    order: [[8001, 'First', 100], [8002, 'Second', 100], [8003, 'Third', 100]],
    points: [[9001, 'Swings', 100], [9002, 'Slide', 100], [9003, 'Sand', 100]],
    phone: [[3012, 'Pond', 60000], [3025, 'Fence', 50000]],
    phonecity: [[3101, 'Cinema', 100], [3102, 'Pool', 100]],
};

export class Town {
    static async open() {
        const town = new Town();
        town.house = await openHouse();
        town.keys = new Keys(
            (town.house.secret('master.key'), town.house.secrets['master.key']),
        );
        town.closes = closing.words;
        town.serial = 0;
        town.serials = new Map(); // of letters, to their codes
        town.#areas();
        town.round('westfield', 'westfield', 'knapsack', past('1 day'), closing.sql);
        town.round('agreement', 'westfield', 'yes_no', past('1 day'), closing.sql);
        town.round('city', 'york', 'approval', past('1 day'), closing.sql, 2);
        town.round('acomb', 'acomb', 'knapsack', past('1 day'), closing.sql);
        town.round('order', 'westfield', 'ranking', past('1 day'), closing.sql);
        town.round('points', 'westfield', 'points', past('1 day'), closing.sql);
        town.round('phone', 'acomb', 'approval', past('1 day'), closing.sql, 60, {
            eligibility: "'phone'", residence: "'postcode'", minimum_age: 11 });
        town.round('phonecity', 'york', 'approval', past('1 day'), closing.sql, 1, {
            eligibility: "'phone'" });
        town.round('closed', 'westfield', 'knapsack', past('3 days'), past('1 day'));
        town.round('later', 'westfield', 'knapsack', future('3 days'), future('4 days'));
        return town;
    }

    #areas() {
        this.house.value(`
            insert into neighbourhood (slug, name, kind) values ('york', 'York', 'city');
            insert into neighbourhood (slug, name, kind, parent_id)
            select lower(n), n, 'ward', id from neighbourhood, unnest(array['Westfield', 'Acomb']) n;
            insert into register (name) values ('all');
            insert into postcode select p, id from neighbourhood n
                join (values ('YO24 3BX', 'acomb'), ('YO26 4AA', 'westfield')) v(p, a) on v.a = n.slug;
            insert into agreement_edition (neighbourhood_id, edition, title, state)
            select id, 1, 'Agreement', 'proposed' from neighbourhood where slug = 'westfield'`);
    }

    // A round, open for texts; its proposals are those of its name above.
    round(slug, area, kind, opens, closes, most = 60, more = {}) {
        if (kind === 'points') more = { points_sum: 6, points_max: 4 };
        const names = Object.keys(more).map((name) => `, ${name}`).join('');
        const values = Object.values(more).map((value) => `, ${value}`).join('');
        const key = (name) => bytes(this.keys.seal(`round.${name}`, randomBytes(32)));
        const money = ['knapsack', 'ranking', 'points'].includes(kind) || slug === 'phone' || slug === 'phonecity';
        this.house.value(`
            insert into round (slug, neighbourhood_id, title, kind, edition_id, opens_at, closes_at,
                               max_picks, rule${names})
            select '${slug}', n.id, '${slug}', '${kind}',
                   ${kind === 'yes_no' ? '(select id from agreement_edition)' : 'null'},
                   ${opens}, ${closes}, ${most}, '${kind === 'yes_no' ? 'yes-no' : 'greedy'}'${values}
            from neighbourhood n where n.slug = '${area}';
            ${money ? `insert into pot (round_id, ordinal, name, amount)
                       select id, 1, 'Pot', 1200000 from round where slug = '${slug}';` : ''}
            insert into proposal (round_id, number, short_name, title, summary, pot_id, cost, state)
            select r.id, v.number, v.name, v.name,
                   case when v.number = 1275 then 'A bench by the pond.' else '' end, p.id, v.cost, 'published'
            from (values ${proposals[slug]
                .map(([n, name, cost]) => `(${n}, ${quote(name)}, ${cost ?? 'null'}::bigint)`)
                .join(', ')}) v(number, name, cost)
            join round r on r.slug = '${slug}' left join pot p on p.round_id = r.id;
            update round set state = 'scheduled', scheduled_at = clock_timestamp(), rules_text = 'r',
                rules_sha256 = sha256('r'), k_pseudonym = ${key('k_pseudonym')},
                k_nonce = ${key('k_nonce')}, seed = '\\x00' where slug = '${slug}'`);
    }

    // Voting codes of new voters of an area.
    codes(area, n) {
        const codes = Array.from({ length: n }, () =>
            checked(String(randomInt(2 ** 40)).padStart(12, '0').slice(0, 12)),
        );
        const rows = codes.map((c) => {
            this.serials.set(`S${++this.serial}`, c);
            return `(${bytes(this.keys.keyed('code', 'code', c))}, 'S${this.serial}')`;
        });
        this.house.value(`
            with place as (select id from neighbourhood where slug = '${area}'),
                 code as (select row_number() over () as n, c.* from (values ${rows.join(', ')}) c(lookup, serial)),
                 voter as (insert into voter (register_id, neighbourhood_id)
                           select r.id, p.id from register r, place p, code returning id),
                 numbered as (select row_number() over () as n, id from voter)
            insert into credential (voter_id, kind, lookup, serial)
            select v.id, 'code', c.lookup, c.serial from code c join numbered v using (n)`);
        return codes;
    }

    code(area = 'westfield') {
        return this.codes(area, 1)[0];
    }

    senderKey(from) {
        return from.startsWith('+')
            ? this.keys.keyed('phone', 'phone', from)
            : this.keys.keyed('phone', 'raw', from);
    }

    // Puts texts into the inbox as the webhook does; [{from, body, id, to, did}]. Returns their inbox ids.
    receive(texts) {
        const calls = texts.map(({ from, body, id, to = '60777', sentAt = 'clock_timestamp()', did = null }) => {
            const key = this.senderKey(from);
            const near = this.keys.keyed('near', 'near', Buffer.concat([key, Buffer.from(`${to}\0${body}`)]));
            const message = id ?? `m${++this.serial}`;
            return `select api.sms_receive('handset', ${quote(to)}, ${quote(message)}, ${sentAt},
                ${bytes(key)}, ${bytes(this.keys.seal('inbox.sender', from))}, ${bytes(near)},
                ${bytes(this.keys.seal('inbox.body', body))}, false, ${did === null ? 'null' : quote(did)})`;
        });
        const before = Number(this.house.value('select coalesce(max(id), 0) from inbox'));
        this.house.value(`begin; ${calls.join(';\n')}; commit; select api.sms_notify()`);
        return this.house.rows(`select id from inbox where id > ${before} order by id`).map((r) => r.id);
    }

    // The reply to an inbox row once that is done; null when there is none.
    async reply(id, seconds = 20) {
        await until(`inbox ${id} is done`, () => this.final(id), seconds);
        const [row] = this.house.rows(
            `select body_sealed::text as body, segments, passive from outbox where dedup_key = 'reply:${id}'`,
        );
        return row ? this.keys.unseal('outbox.body', row.body) : null;
    }

    final(id) {
        return this.house.value(
            `select 1 from inbox where id = ${id} and state in ('done', 'duplicate', 'dead')`,
        );
    }

    // How many segments a reply has, as the outbox counted them when it was queued.
    segments(id) {
        return Number(this.house.value(`select segments from outbox where dedup_key = 'reply:${id}'`));
    }

    async ask(from, body, more = {}) {
        const [id] = this.receive([{ from, body, ...more }]);
        return this.reply(id);
    }

    // Code to the numbers that stand for it in a round, for all codes that this town made.
    allStanding(slug) {
        const rows = this.house.rows(`
            select c.serial, array_to_string(h.numbers, ' ') as numbers from credential c
            join round r on r.slug = '${slug}'
            join ballot b on b.voter_id = c.voter_id and b.round_id = r.id
            join revision h on h.round_id = b.round_id and h.voter_id = b.voter_id
                           and h.revision = b.current_revision`);
        return new Map(rows.map(({ serial, numbers }) => [this.serials.get(serial), numbers]));
    }

    // The numbers that stand for one code, or null.
    standing(code, slug) {
        return this.allStanding(slug).get(code) ?? null;
    }

    // Starts wardmote-sms on a provider; `env` for its fail points.
    startSms(provider, env = {}) {
        return this.startSmsWith(
            {
                gateway: 'handset',
                handset_url: provider.url,
                handset_token: this.house.secret('handset.token', provider.token),
            },
            env,
        );
    }

    async startSmsWith(settings, env = {}) {
        const all = {
            database: this.house.conninfo,
            master_key: this.house.secret('master.key'),
            sms_number: '60777',
            hook_secret: this.house.secret('hook.secret'),
            log_level: 'debug',
            ...settings,
        };
        const config = this.house.write(
            `sms-${++this.serial}.conf`,
            Object.entries(all).map(([key, value]) => `${key} = ${value}\n`).join(''),
        );
        const logFile = this.house.file(`wardmote-sms-${this.serial}.log`);
        const daemon = new Daemon('wardmote-sms', path.join(build, 'bin/wardmote-sms'), ['--config', config], {
            logFile,
            env,
        });
        this.house.daemons.push(daemon);
        await daemon.ready(() => daemon.log().includes('taking texts'));
        return daemon;
    }

    // Pauses of sending are ten times as long: who looks at what an attempt left behind is never too late, and hurry()
    // ends them all the same.
    slowPauses() {
        this.house.value(`
            alter function api.sms_out_pause(text, integer, boolean) rename to sms_out_pause_really;
            create function api.sms_out_pause(text, integer, boolean) returns interval language sql volatile
                as 'select 10 * api.sms_out_pause_really($1, $2, $3)';
            grant execute on function api.sms_out_pause(text, integer, boolean) to public`);
    }

    // Lets pauses run out now, instead of waiting for them; and leases, as if their holder had died.
    // `paced`: their holders may live: on a machine that is so busy that this takes long, so does what
    // they do with a lease.
    hurry({ leases = false, paced = false } = {}) {
        // Rows that a daemon holds are left alone: waiting for them could be a deadlock.
        const unlocked = (table, what) =>
            `id in (select id from ${table} where ${what} for update skip locked)`;
        const began = Date.now();
        const end = leases && !(paced && began < this.endAgain);
        this.house.value(`
            ${end ? `
            update inbox_lease set until = clock_timestamp() - interval '1 s'
            where token in (select token from inbox_lease for update skip locked);
            update outbox set lease_until = clock_timestamp() - interval '1 s'
            where ${unlocked('outbox', 'lease_token is not null')};` : ''}
            update inbox_waiting set next_at = clock_timestamp()
            where inbox_id in (select inbox_id from inbox_waiting for update skip locked);
            update outbox set next_at = clock_timestamp() where ${unlocked('outbox', "state in ('queued', 'unknown')")};
            update sms_gateway set open_until = clock_timestamp() where open_until is not null;
            update sms_gateway set paused_until = null`);
        if (end) this.endAgain = Date.now() + 4 * (Date.now() - began);
    }

    async close() {
        await this.house.close();
    }
}
