// shared_number.test.mjs: where several services share the number, every example that a resident
// could copy begins with the word of this one, in both languages.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openHouse } from '../lib/harness.mjs';

let house;
before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer({ sms_number: '60777', sms_keyword: 'York' });
});
after(() => house?.close());

const WORDS = 'VOTE|YES|LIST|INFO|MORE|RESULT|MY VOTE|UNDO|OFFER|AGREE|LANG|HELP|NEWS|STOP'
    + '|GLOSUJ|TAK|LISTA|WIECEJ|WYNIK|MOJ GLOS|COFNIJ|OFERUJE|ZGODA|POMOC|WIADOMOSCI';
// What is no example: the other half of a choice, words named in passing, a consent as it is kept.
const PASSING = /YES to vote against|TAK napisz|jak VOTE|Text NEWS to get|Text STOP to end|Wyślij WIADOMOSCI|wyślij STOP/g;
const bare = (words) => [...words.replace(PASSING, '').matchAll(new RegExp(`(\\S+) \\b(?:${WORDS})\\b`, 'gu'))]
    .filter(([, before]) => before !== 'York').map(([all]) => all);

test('/text, the card, a vote and what is kept: each example begins with the word', async () => {
    for (const language of ['en', 'pl']) {
        const reader = house.browser();
        reader.cookies.set('wm_lang', language);
        for (const where of ['/text', '/rounds/westfield-2026/card', '/rounds/westfield-2026', '/vote/phone', '/privacy']) {
            const words = (await reader.get(where)).text.replace(/\s+/g, ' ');
            assert.ok(['/vote/phone', '/privacy'].includes(where) || words.includes(language === 'pl' ? 'York GLOSUJ' : 'York VOTE'), `${language} ${where}`);
            assert.deepEqual(bare(words), [], `${language} ${where}`);
        }
        reader.close();
    }
});
