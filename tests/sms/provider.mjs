// provider.mjs: somebody else's SMS provider, with the API of the handset: checks our requests by
// itself, keeps what it accepted, and misbehaves on demand.
import http from 'node:http';

export class Provider {
    constructor() {
        this.token = 'a-token-of-32-plain-characters__';
        this.texts = []; // accepted: {id, to, from, body, reference}
        this.asked = 0;
        this.wrong = []; // requests that no client of ours may make
        this.faults = []; // for the next sends: functions (request, response, accept)
    }

    static async open() {
        const provider = new Provider();
        provider.server = http.createServer((request, response) => provider.#take(request, response));
        await new Promise((resolve) => provider.server.listen(0, '127.0.0.1', resolve));
        provider.port = provider.server.address().port;
        provider.url = `http://127.0.0.1:${provider.port}`;
        return provider;
    }

    async #take(request, response) {
        const chunks = [];
        request.on('error', () => {});
        for await (const chunk of request) chunks.push(chunk);
        if (request.headers.authorization !== `Bearer ${this.token}`) this.wrong.push('token');
        const url = new URL(request.url, this.url);
        if (request.method === 'GET') return this.#answerAsked(url, response);
        const text = JSON.parse(Buffer.concat(chunks).toString());
        if (url.pathname !== '/v1/messages') this.wrong.push(url.pathname);
        if (request.headers['content-type'] !== 'application/json') this.wrong.push('type');
        if (!/^\+[1-9]\d{6,14}$/.test(text.to)) this.wrong.push('to');
        if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text.reference)) this.wrong.push('reference');
        const accept = () => {
            const id = `p${this.texts.length + 1}`;
            this.texts.push({ id, ...text });
            return id;
        };
        const fault = this.faults.shift();
        if (fault) return fault(request, response, accept);
        this.json(response, 201, { id: accept() });
    }

    #answerAsked(url, response) {
        this.asked++;
        const reference = url.searchParams.get('reference');
        const messages = this.texts
            .filter((t) => t.reference === reference)
            .map(({ id }) => ({ id, status: 'accepted' }));
        this.json(response, 200, { messages });
    }

    json(response, status, value, headers = {}) {
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(JSON.stringify(value));
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
