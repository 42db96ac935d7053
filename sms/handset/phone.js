/* phone.js: makes the phone live: sends without a new page, shows answers as they come, counts
 * characters while typing. Everything works without it. */
'use strict';

const phone = document.getElementById('phone');
const log = document.getElementById('log');
const form = document.getElementById('compose');
const box = document.getElementById('message');
const problem = document.getElementById('problem');
const size = document.getElementById('size');
const number = phone.dataset.number;
let version = 0;

/* The GSM 7-bit alphabet (3GPP TS 23.038 §6.2) and the characters that count twice. */
const basic = new Set('@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡' +
    'ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà');
const escaped = new Set('^{}\\[~]|€\f');

/* Parts never split a pair: a two-unit character that does not fit opens the next part. */
function parts(lengths, alone, joined) {
    const total = lengths.reduce((sum, n) => sum + n, 0);
    if (total <= alone) return [total, 1];
    let count = 1, room = joined;
    for (const n of lengths) {
        if (n > room) { count++; room = joined; }
        room -= n;
    }
    return [total, count];
}

function measure(text) {
    const all = [...text];
    if (all.every(c => basic.has(c) || escaped.has(c)))
        return parts(all.map(c => escaped.has(c) ? 2 : 1), 160, 153);
    return parts(all.map(c => c.length), 70, 67);
}

function showSize() {
    const text = box.value;
    const [characters, texts] = measure(text);
    size.textContent = text === '' ? '' :
        `${characters} ${characters === 1 ? 'character' : 'characters'} · ` +
        `${texts} ${texts === 1 ? 'text' : 'texts'}`;
}

function element(tag, className, text) {
    const e = document.createElement(tag);
    e.className = className;
    e.textContent = text;
    return e;
}

/* page_frame.c makes the same bubbles: keep both alike. */
function bubble(message) {
    const mine = message.direction === 'out';
    const turn = element('div', `turn new ${mine ? 'mine' : 'theirs'}`, '');
    turn.dataset.seq = message.seq;
    const body = element('p', 'bubble', '');
    body.append(element('span', 'hide', mine ? 'You wrote: ' : 'Answer: '), message.body);
    turn.append(body, element('p', 'meta', message.meta));
    return turn;
}

/* Adds what is new and changes what changed; nothing else is touched, so that a screen reader
 * hears each text once and the place in the conversation is kept. */
function show(messages) {
    const known = new Map([...log.querySelectorAll('.turn')].map(e => [e.dataset.seq, e]));
    if (messages.length > 0) log.querySelector('.empty')?.remove();
    for (const message of messages) {
        const seq = String(message.seq);
        const turn = known.get(seq);
        known.delete(seq);
        if (!turn) {
            log.append(bubble(message));
            if (message.direction === 'out') log.parentElement.scrollTop = 0;
            continue;
        }
        const meta = turn.querySelector('.meta');
        if (meta.textContent !== message.meta) meta.textContent = message.meta;
    }
    for (const gone of known.values()) gone.remove();
}

const sleep = ms => new Promise(done => setTimeout(done, ms));
const visible = () => document.visibilityState === 'visible' ? Promise.resolve() :
    new Promise(done => document.addEventListener('visibilitychange', done, { once: true }));

async function listen() {
    for (;;) {
        await visible();
        try {
            const wait = version === 0 ? 0 : 8000;
            const answer = await fetch(`/api/conversation?number=${encodeURIComponent(number)}` +
                `&after=${version}&wait=${wait}`);
            if (!answer.ok) throw new Error(answer.status);
            const conversation = await answer.json();
            /* A phone without texts has version 0: look again after a while. */
            if (conversation.version === 0) await sleep(700);
            version = conversation.version;
            show(conversation.messages);
            if (problem.dataset.offline) say('');
        } catch {
            say('This page has lost the network. Is it still running?', true);
            version = 0;
            await sleep(2000);
        }
    }
}

function say(text, offline = false) {
    if (problem.textContent !== text) problem.textContent = text;
    if (offline) problem.dataset.offline = '1'; else delete problem.dataset.offline;
}

async function send() {
    const body = box.value;
    if (body.trim() === '') { say('Type a text first.'); return; }
    box.value = '';
    showSize();
    try {
        const answer = await fetch('/api/texts', {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ from: number, body }),
        });
        const result = await answer.json();
        if (!answer.ok) throw new Error(result.error.message);
        say('');
    } catch (error) {
        /* What was typed comes back, unless something else was typed meanwhile. */
        if (box.value === '') box.value = body;
        showSize();
        say(error instanceof TypeError ? 'The text could not be sent.' : error.message);
    }
}

form.addEventListener('submit', event => {
    event.preventDefault();
    send();
    box.focus();
});
box.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
});
box.addEventListener('input', showSize);
document.querySelector('.chips').addEventListener('click', event => {
    const chip = event.target.closest('.chip');
    if (!chip || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    box.value = chip.textContent;
    showSize();
    box.focus();
    phone.scrollIntoView({ block: 'nearest' });
});

showSize();
/* Ready to type, where that moves nothing and opens no keyboard. */
if (matchMedia('(min-width: 781px) and (pointer: fine)').matches) box.focus({ preventScroll: true });
listen();
