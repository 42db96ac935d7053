// client.mjs: an HTTP client that behaves as a browser with scripts off: it keeps cookies, follows
// redirects, finds forms and sends them with what they hold.
import http from 'node:http';

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', pound: '£' };

export function decodeEntities(text) {
    return text.replace(/&(#x[0-9a-f]+|#[0-9]+|[a-z]+);/gi, (whole, name) => {
        if (name[0] !== '#') return ENTITIES[name.toLowerCase()] ?? whole;
        const hex = name[1].toLowerCase() === 'x';
        return String.fromCodePoint(parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10));
    });
}

function attributes(tag) {
    const found = {};
    for (const m of tag.matchAll(/\s([a-z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/gi))
        found[m[1].toLowerCase()] = decodeEntities(m[2] ?? m[3] ?? m[4] ?? '');
    return found;
}

// A form as it stands on a page: where it goes, and the pairs that pressing a button would send.
class Form {
    constructor(tag, inside) {
        this.attributes = attributes(tag);
        this.action = this.attributes.action ?? '';
        this.method = (this.attributes.method ?? 'get').toUpperCase();
        this.controls = [];
        const pattern = /<(input|button|textarea|select)\b([^>]*)>(?:([\s\S]*?)<\/\1>)?/gi;
        for (const m of inside.matchAll(/<input\b[^>]*>/gi)) this.#input(attributes(m[0]));
        for (const m of inside.matchAll(pattern)) {
            const at = attributes(`<${m[1]} ${m[2]}`);
            if (m[1] === 'textarea')
                this.#add('textarea', at, decodeEntities(m[3] ?? '').replace(/^\r?\n/, ''), true);
            if (m[1] === 'select') this.#select(at, m[3] ?? '');
            if (m[1] === 'button') this.#add('button', at, at.value ?? '', false);
        }
    }

    #add(type, at, value, on) {
        if (at.name !== undefined && at.disabled === undefined)
            this.controls.push({ type, name: at.name, value, on });
    }

    #input(at) {
        const type = (at.type ?? 'text').toLowerCase();
        const box = type === 'checkbox' || type === 'radio';
        const on = box ? at.checked !== undefined : type !== 'submit' && type !== 'button';
        this.#add(type, at, at.value ?? (box ? 'on' : ''), on);
    }

    #select(at, inside) {
        const options = [...inside.matchAll(/<option\b([^>]*)>([^<]*)/gi)].map((m) => ({
            ...attributes(`<option ${m[1]}`),
            label: decodeEntities(m[2]).trim(),
        }));
        const chosen = options.find((o) => o.selected !== undefined) ?? options[0];
        if (chosen) this.#add('select', at, chosen.value ?? chosen.label, true);
    }

    // The pairs to send: what the form holds, with `fields` put in place of controls of that
    // name. An array gives several values, null leaves the name out.
    pairs(fields = {}) {
        const pairs = this.controls
            .filter((c) => c.on && !(c.name in fields))
            .map((c) => [c.name, c.value]);
        for (const [name, value] of Object.entries(fields)) {
            if (value === null) continue;
            for (const one of Array.isArray(value) ? value : [value]) pairs.push([name, String(one)]);
        }
        return pairs;
    }

    // The values that a checkbox or radio of this name offers.
    values(name) {
        return this.controls.filter((c) => c.name === name).map((c) => c.value);
    }
}

// An answer: status, headers, body, and what a reader would see in it.
export class Page {
    constructor(url, status, headers, raw) {
        this.url = url;
        this.status = status;
        this.headers = headers;
        this.raw = raw;
        this.body = raw.toString('utf8');
    }

    get path() {
        const url = new URL(this.url);
        return url.pathname + url.search;
    }

    get text() {
        return decodeEntities(
            this.body
                .replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
                .replace(/<[^>]*>/g, ' '),
        )
            .replace(/\s+/g, ' ')
            .trim();
    }

    get title() {
        return decodeEntities(/<title>([^<]*)/i.exec(this.body)?.[1] ?? '').trim();
    }

    get heading() {
        const inside = /<h1\b[^>]*>([\s\S]*?)<\/h1>/i.exec(this.body)?.[1] ?? '';
        return decodeEntities(inside.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ').trim();
    }

    get forms() {
        return [...this.body.matchAll(/(<form\b[^>]*>)([\s\S]*?)<\/form>/gi)].map(
            (m) => new Form(m[1], m[2]),
        );
    }

    get links() {
        return [...this.body.matchAll(/<a\b([^>]*)>([\s\S]*?)<\/a>/gi)].map((m) => ({
            href: attributes(`<a ${m[1]}`).href ?? '',
            text: decodeEntities(m[2].replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ').trim(),
        }));
    }

    json() {
        return JSON.parse(this.body);
    }

    // The form whose action matches, or (a number) the n-th of the page; the choice of
    // language that stands above every page is not counted.
    form(which = 0) {
        const forms = this.forms.filter((f) => typeof which !== 'number' || f.action !== '/language');
        const found =
            typeof which === 'number'
                ? forms[which]
                : forms.find((f) => (which.test ? which.test(f.action) : f.action === which));
        if (!found)
            throw new Error(
                `no form ${which} on ${this.path} (${this.status} "${this.title}"); ` +
                    `there are: ${forms.map((f) => `${f.method} ${f.action}`).join(', ')}`,
            );
        return found;
    }
}

export class Browser {
    // `base`: http://127.0.0.1:PORT. `options.address` sends X-Forwarded-For, as a proxy would.
    constructor(base, options = {}) {
        this.base = base;
        this.cookies = new Map();
        this.headers = options.headers ?? {};
        this.agent = new http.Agent({ keepAlive: true, maxSockets: options.sockets ?? 4 });
    }

    close() {
        this.agent.destroy();
    }

    // One exchange, no redirects followed. `body` may be a string or a Buffer.
    async request(method, path, { headers = {}, body, timeout = 60000 } = {}) {
        // Who ran psql all the while has not heard yet that the server closed the connection that waits for this.
        await new Promise((resolve) => setTimeout(resolve, 1));
        const url = new URL(path, this.base);
        const sent = { ...this.headers, ...headers };
        if (this.cookies.size && !('cookie' in sent))
            sent.cookie = [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
        if (body !== undefined && !('content-length' in sent))
            sent['content-length'] = Buffer.byteLength(body);
        return new Promise((resolve, reject) => {
            const request = http.request(url, { method, headers: sent, agent: this.agent, timeout });
            request.on('timeout', () => request.destroy(new Error(`no answer: ${method} ${path}`)));
            request.on('error', reject);
            request.on('response', (response) => {
                const parts = [];
                response.on('data', (part) => parts.push(part));
                response.on('error', reject);
                response.on('end', () => {
                    this.#keep(response.headers['set-cookie'] ?? []);
                    resolve(
                        new Page(url.href, response.statusCode, response.headers, Buffer.concat(parts)),
                    );
                });
            });
            request.end(body);
        });
    }

    #keep(lines) {
        for (const line of lines) {
            const [pair, ...rest] = line.split(';');
            const at = pair.indexOf('=');
            const name = pair.slice(0, at).trim();
            const gone = rest.some((r) => /^\s*max-age=0$/i.test(r));
            if (gone || pair.length === at + 1) this.cookies.delete(name);
            else this.cookies.set(name, pair.slice(at + 1).trim());
        }
    }

    async #follow(page) {
        for (let hops = 0; [301, 302, 303, 307, 308].includes(page.status); hops++) {
            if (hops === 10) throw new Error(`redirects without an end at ${page.path}`);
            page = await this.request('GET', new URL(page.headers.location, page.url).href);
        }
        return page;
    }

    async get(path, { follow = true, ...rest } = {}) {
        const page = await this.request('GET', path, rest);
        return follow ? this.#follow(page) : page;
    }

    // Sends pairs or an object as a form. `origin` is what a browser would say; null leaves it out.
    async post(path, fields, { follow = true, origin = this.base, headers = {}, ...rest } = {}) {
        const body = typeof fields === 'string' ? fields : new URLSearchParams(fields).toString();
        const sent = { 'content-type': 'application/x-www-form-urlencoded', ...headers };
        if (origin !== null) sent.origin = origin;
        const page = await this.request('POST', path, { headers: sent, body, ...rest });
        return follow ? this.#follow(page) : page;
    }

    // Sends a form of a page, with `fields` filled in.
    submit(page, fields = {}, { form = 0, ...rest } = {}) {
        const chosen = page.form(form);
        const where = new URL(chosen.action || page.url, page.url);
        if (chosen.method === 'POST') return this.post(where.href, chosen.pairs(fields), rest);
        where.search = new URLSearchParams(chosen.pairs(fields)).toString();
        return this.get(where.href, rest);
    }
}
