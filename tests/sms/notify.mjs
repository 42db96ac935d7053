// notify.mjs: somebody else's Notify, for tests of faults: it checks our tokens with the library
// that Notify's own client uses, keeps what it accepted, lists it, and misbehaves on demand.
import http from 'node:http';
import { randomUUID } from 'node:crypto';
import jwt from 'jsonwebtoken';

export const SERVICE = '26785a09-ab16-4eb0-8407-a37497a57506';
const SECRET = '3d844edf-8d35-48ac-975b-e847b4f122b0';
export const KEY = `key-with-dashes-${SERVICE}-${SECRET}`;
export const TEMPLATE = 'f33517ff-2a88-4f6e-b855-c550268ce08a';
const CLOCK_S = 30;

export class Notify {
    texts = []; // accepted: {id, reference, to, body}
    received = []; // texts to us, newest first: {id, user_number, notify_number, content, created_at}
    faults = []; // for the next sends: functions (request, response, accept, body)
    wrong = []; // what no client of ours may do
    asked = 0;
    listed = 0; // pages of texts to us
    clock = 0; // seconds that its clock is ahead
    pageSize = 250;
    onConnection = null; // called once, with the socket
    onHead = null; // called once, when the head of a send came but not its body

    static async open() {
        const notify = new Notify();
        notify.server = http.createServer((request, response) => {
            notify.#take(request, response).catch(() => request.socket.destroy());
        });
        notify.server.on('connection', (socket) => {
            const call = notify.onConnection;
            notify.onConnection = null;
            socket.on('error', () => {});
            call?.(socket);
        });
        await new Promise((resolve) => notify.server.listen(0, '127.0.0.1', resolve));
        notify.port = notify.server.address().port;
        notify.url = `http://127.0.0.1:${notify.port}`;
        return notify;
    }

    settings(house) {
        return {
            gateway: 'notify',
            notify_url: this.url,
            notify_key: house.secret('notify.key', KEY),
            notify_template: TEMPLATE,
        };
    }

    json(response, status, value, headers = {}) {
        const date = new Date(Date.now() + this.clock * 1000).toUTCString();
        response.sendDate = false;
        response.writeHead(status, { 'content-type': 'application/json', date, ...headers });
        response.end(JSON.stringify(value));
    }

    error(response, status, error, headers) {
        this.json(response, status, { status_code: status, errors: [{ error, message: error }] }, headers);
    }

    // The claims must be ours, signed, and no older or newer than half a minute by its own clock.
    #authorised(request, response) {
        try {
            const token = /^Bearer (.+)$/.exec(request.headers.authorization)[1];
            const now = Date.now() / 1000 + this.clock;
            const claims = jwt.verify(token, SECRET, { algorithms: ['HS256'], issuer: SERVICE, clockTimestamp: now, clockTolerance: 1e9 });
            if (Object.keys(claims).sort().join() !== 'iat,iss') this.wrong.push('claims');
            if (Math.abs(claims.iat - now) <= CLOCK_S) return true;
        } catch (e) {
            this.wrong.push(`token: ${e.message}`);
        }
        this.error(response, 403, 'AuthError');
        return false;
    }

    async #take(request, response) {
        if (request.method === 'POST' && this.onHead) {
            const call = this.onHead;
            this.onHead = null;
            request.on('error', () => {});
            call(request);
            return;
        }
        const chunks = [];
        request.on('error', () => {});
        for await (const chunk of request) chunks.push(chunk);
        if (!this.#authorised(request, response)) return;
        const url = new URL(request.url, this.url);
        if (request.method === 'GET') this.#list(url, response);
        else this.#send(request, response, Buffer.concat(chunks).toString());
    }

    #send(request, response, text) {
        const body = JSON.parse(text);
        const keys = Object.keys(body).sort().join();
        if (keys !== 'personalisation,phone_number,reference,template_id') this.wrong.push(keys);
        if (body.template_id !== TEMPLATE) this.wrong.push('template');
        if (!/^\+[1-9]\d{6,14}$/.test(body.phone_number)) this.wrong.push('phone_number');
        const accept = () => {
            const id = randomUUID();
            this.texts.push({ id, reference: body.reference, to: body.phone_number, body: body.personalisation.body });
            return { id, reference: body.reference, content: { body: body.personalisation.body, from_number: 'YORK' }, uri: '', template: {} };
        };
        const fault = this.faults.shift();
        if (fault) return fault(request, response, accept, body);
        this.json(response, 201, accept());
    }

    #list(url, response) {
        if (url.pathname === '/v2/notifications') {
            this.asked++;
            const reference = url.searchParams.get('reference');
            const notifications = this.texts.filter((t) => t.reference === reference).map(({ id }) => ({ id, status: 'sending' }));
            return this.json(response, 200, { notifications, links: {} });
        }
        this.listed++;
        // As its code pages: strictly older by created_at, so that equal ones can be skipped.
        const older = this.received.find((t) => t.id === url.searchParams.get('older_than'));
        const page = this.received.filter((t) => !older || t.created_at < older.created_at).slice(0, this.pageSize);
        this.json(response, 200, { received_text_messages: page, links: page.length ? { next: 'https://…?other_than=' } : {} });
    }

    // How many references were accepted more than once.
    doubles() {
        return this.texts.length - new Set(this.texts.map((t) => t.reference)).size;
    }

    async close() {
        this.server.closeAllConnections();
        await new Promise((resolve) => this.server.close(resolve));
    }
}

export { held } from '../lib/held.mjs';
