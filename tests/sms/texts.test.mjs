// texts.test.mjs: what residents text and what they are told, through the real daemon and database.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../lib/harness.mjs';
import { Provider } from './provider.mjs';
import { Town } from './town.mjs';

let town, provider, phones = 100;
const phone = () => `+4477009${String(++phones).padStart(5, '0')}`;
const ref = /Ref R[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/g;

// Compares with the receipt left out, since it is different each time.
function says(reply, words) {
    assert.equal(reply?.replace(ref, 'Ref …'), words);
}

before(async () => {
    town = await Town.open();
    provider = await Provider.open();
    await town.startSms(provider);
});
after(async () => {
    await town.close();
    await provider.close();
});

test('a vote is recorded, named, priced, and can be changed', async () => {
    const code = town.code(), me = phone();
    const spaced = `${code.slice(0, 3)} ${code.slice(3, 6)} ${code.slice(6, 9)} ${code.slice(9)}`;
    says(
        await town.ask(me, `VOTE ${spaced} 1275 1359`),
        `Recorded for Westfield: 1275 Hob Moor bench, 1359 Allot'mt path. £3,543 of £12,000. Ref …. To change it text again before ${town.closes}.`,
    );
    assert.equal(town.standing(code, 'westfield'), '1275 1359');
    says(
        await town.ask(me, `vote ${code} 1580, please`),
        `Recorded for Westfield: 1580 Apple trees. £9,000 of £12,000. Ref …. To change it text again before ${town.closes}.`,
    );
    assert.equal(town.standing(code, 'westfield'), '1580');
});

test('the receipt that is told is the receipt that is stored', async () => {
    const code = town.code();
    const told = (await town.ask(phone(), `VOTE ${code} 1275`)).match(ref)[0].slice(5).replaceAll('-', '');
    const stored = BigInt(town.house.value('select receipt from revision order by written_at desc limit 1'));
    let bits = 0n;
    for (const c of told.slice(0, 12)) bits = bits * 32n + BigInt('0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(c));
    assert.equal(bits, stored);
});

const weights = (code, slug) => town.house.value(`
    select array_to_string(array(select k.n || '=' || k.w from unnest(h.numbers, h.weights) k(n, w) order by k.n), ' ')
    from ballot b join round r on r.id = b.round_id and r.slug = '${slug}'
    join revision h on h.round_id = b.round_id and h.voter_id = b.voter_id and h.revision = b.current_revision
    join credential c on c.voter_id = b.voter_id
    where c.lookup = '\\x${town.keys.keyed('code', 'code', code).toString('hex')}'`);

test('points come after each number, an order is the order of the numbers', async () => {
    const code = town.code(), me = phone();
    says(
        await town.ask(me, `VOTE ${code} 9001 3, 9002x2`),
        `Recorded for Westfield: 9001 Swings=3, 9002 Slide=2. 5 of 6 points. Ref …. To change it text again before ${town.closes}.`,
    );
    assert.equal(weights(code, 'points'), '9001=3 9002=2');
    says(
        await town.ask(me, `VOTE ${code} 8003 8001`),
        `Recorded for Westfield, in this order: 8003 Third, 8001 First. Ref …. To change it text again before ${town.closes}.`,
    );
    assert.equal(weights(code, 'order'), '8001=2 8003=1');
    // Rounds mixed: each gets its own, and what is not named stays.
    says(
        await town.ask(me, `VOTE ${code} 9003=4 8002 8001 1275`),
        `Recorded for Westfield: 9003 Sand=4. 4 of 6 points. Ref …. Recorded for Westfield, in this order: 8002 Second, 8001 First. Ref …. Recorded for Westfield: 1275 Hob Moor bench. £1,843 of £12,000. Ref …. To change it text again before ${town.closes}.`,
    );
    // Four rounds: briefly, but each with its numbers, sum and receipt.
    says(
        await town.ask(me, `VOTE ${code} 9003=4 8002 8001 1275 5011`),
        `Recorded. Westfield: 9003=4. 4 of 6 points. Ref …. Westfield, in order: 8002 8001. Ref …. Westfield: 1275. £1,843 of £12,000. Ref …. York: 5011. Ref …. To change it text again before ${town.closes}.`,
    );
    assert.equal(weights(code, 'points'), '9003=4');
    assert.equal(weights(code, 'order'), '8001=2 8002=1');
    assert.equal(town.standing(code, 'westfield'), '1275');
});

test('points where there are none, and none where there are, refuse the whole text', async () => {
    const code = town.code();
    const rows = [
        [`VOTE ${code} 9001 5011`, 'Not counted: in Westfield you give points. Put them after each number, like 9001 3: 6 in all, at most 4 to one.'],
        [`VOTE ${code} 9001 2 1275 3`, 'Not counted: 3 is not a project number. In Westfield projects get no points. Text again with all your numbers.'],
        [`VOTE ${code} 8001 2 8002 1`, 'Not counted: 2 is not a project number. In Westfield give no points: text your numbers, the one you want most first.'],
        [`VOTE ${code} 9001 4 9002 3`, 'Not counted: you gave 7 points and have 6. Text again with fewer.'],
        [`VOTE ${code} 9001 5`, 'Not counted: 9001 Swings can get 4 points at most. Text again with all your numbers.'],
        [`VOTE ${code} 9001 2 9001 3`, /^Not counted: we only read numbers/],
    ];
    for (const [body, words] of rows) {
        const reply = await town.ask(phone(), body);
        if (words instanceof RegExp) assert.match(reply, words);
        else assert.equal(reply, words);
    }
    for (const slug of ['points', 'order', 'westfield', 'city']) assert.equal(town.standing(code, slug), null);
});

test('UNDO leaves no ballot, MY VOTE tells choices only to the phone that cast them', async () => {
    const code = town.code(), me = phone(), other = phone();
    assert.equal(await town.ask(me, `MY VOTE ${code}`), 'No vote is recorded with that code.');
    assert.equal(await town.ask(me, `UNDO ${code}`), 'No vote of yours stands in a round that is open, so there is nothing to take back.');
    await town.ask(me, `VOTE ${code} 1275 9001 2 8002 8001`);
    await town.ask(other, `YES ${code} 4017`);
    const when = String.raw`[\d.]+[ap]m \w{3} \d+ \w{3}|midday \w{3} \d+ \w{3}|the end of \w{3} \d+ \w{3}`;
    const told = (await town.ask(me, `check ${code}`)).replace(ref, 'Ref …').replace(new RegExp(when, 'g'), 'T');
    // Too many rounds for names, receipts and times: the numbers stay.
    assert.equal(told, 'Westfield: 1275. £1,843 of £12,000, by text. Westfield, in this order: 8002 8001, by text. Westfield: 9001=2. 2 of 6 points, by text. Westfield: a vote is recorded, by text.');
    const hidden = (await town.ask(other, `MY VOTE ${code}`)).replace(ref, 'Ref …').replace(new RegExp(when, 'g'), 'T');
    assert.equal(hidden, 'Westfield: a vote is recorded, by text, T. Westfield: a vote is recorded, by text, T. Westfield: a vote is recorded, by text, T. Westfield: YES to 4017 Agreement, by text, T. Ref ….');
    assert.match(await town.ask(me, `UNDO ${code} 1275`), /^Nothing changed: UNDO takes back a whole vote/);
    assert.equal(town.standing(code, 'westfield'), '1275');
    says(
        await town.ask(other, `UNDO ${code}`),
        `Taken back: your vote for Westfield. Ref …. Taken back: your vote for Westfield. Ref …. Taken back: your vote for Westfield. Ref …. Taken back: your vote for Westfield. Ref …. To vote again, text before ${town.closes}.`,
    );
    for (const slug of ['westfield', 'order', 'points', 'agreement']) assert.equal(town.standing(code, slug), '');
    assert.equal(await town.ask(me, `my vote ${code}`), 'No vote is recorded with that code.');
    assert.match(await town.ask(me, `VOTE ${code} 1359`), /^Recorded for Westfield: 1359/);
});

test('UNDO and MY VOTE need the code, and the right one', async () => {
    const me = phone(), code = town.code();
    const mistyped = code.slice(0, 12) + ((Number(code[12]) + 1) % 10);
    await town.ask(me, `VOTE ${code} 1275`);
    assert.match(await town.ask(me, `UNDO ${mistyped}`), /^Not counted: that code is not right/);
    assert.match(await town.ask(me, 'UNDO'), /^Nothing changed: no vote is recorded for this number/);
    assert.match(await town.ask(me, 'MY VOTE'), /^No vote is recorded for this number/);
    assert.match(await town.ask(me, 'VOTE 1275 1359'), /^Not counted: that needs the 13-digit code/);
    assert.equal(town.standing(code, 'westfield'), '1275');
    town.house.value(`delete from code_try`);
});

// The digits in a challenge.
const digitsIn = (reply) => /reply (\d{5})/.exec(reply)?.[1];
const ballotOf = (number, slug) => town.house.rows(`
    select array_to_string(h.numbers, ' ') as numbers, h.withdrawn, h.cast_at = coalesce(i.sent_at, i.received_at) as kept, h.inbox_id
    from credential c join ballot b on b.voter_id = c.voter_id join round r on r.id = b.round_id and r.slug = '${slug}'
    join revision h on h.round_id = b.round_id and h.voter_id = b.voter_id and h.revision = b.current_revision
    left join inbox i on i.id = h.inbox_id
    where c.kind = 'phone' and c.lookup = '\\x${town.senderKey(number).toString('hex')}'`)[0];

test('a vote by phone counts when its digits come back, at its first text\'s time', async () => {
    const me = phone();
    const [first] = town.receive([{ from: me, body: 'VOTE 3012, 3025' }]);
    const asked = await town.reply(first);
    const digits = digitsIn(asked);
    assert.equal(asked, `To count your vote reply ${digits} and your postcode within 15 minutes. By replying you say that you are 11 or over.`);
    assert.equal(ballotOf(me, 'phone'), undefined, 'a forged sender casts nothing');
    assert.equal(await town.ask(me, digits), `Not counted yet: reply ${digits} and your postcode, like ${digits} YO24 3BX.`);
    assert.equal(await town.ask(me, `${digits} YO26 4AA`), 'Not counted: that is in Westfield, which this vote is not for.');
    assert.match(await town.ask(me, `${digits} YO24 3BX 9`), /^Not counted\. If that was a mistake/);
    says(await town.ask(me, `${digits} yo24 3bx thanks`), `Recorded for Acomb: 3012 Pond, 3025 Fence. Ref …. To change it text again before ${town.closes}.`);
    const cast = ballotOf(me, 'phone');
    assert.deepEqual(cast, { numbers: '3012 3025', withdrawn: false, kept: true, inbox_id: first });
    assert.match(await town.ask(me, `${digits} YO24 3BX!`), /^Nothing counted: no vote from this number waits/);
    // Again: nothing is asked twice but the digits.
    const again = await town.ask(me, 'VOTE 3012');
    assert.match(again, /^To count your vote reply \d{5} within 15 minutes\. If it was not you, do nothing\.$/);
    assert.equal(ballotOf(me, 'phone').numbers, '3012 3025');
    assert.match(await town.ask(me, digitsIn(again)), /^Recorded for Acomb: 3012 Pond/);
    assert.match(await town.ask(me, 'my vote'), /^Acomb: 3012 Pond, by text/);
    const undo = await town.ask(me, 'UNDO');
    assert.match(undo, /^To take your vote back reply \d{5} within 15 minutes/);
    assert.equal(ballotOf(me, 'phone').withdrawn, false);
    assert.match(await town.ask(me, digitsIn(undo)), /^Taken back: your vote for Acomb/);
    assert.equal(ballotOf(me, 'phone').withdrawn, true);
});

test('three wrong answers end a challenge, and an old one counts at its answer\'s time', async () => {
    const me = phone();
    const digits = digitsIn(await town.ask(me, 'VOTE 3101'));
    const wrong = [1, 2, 3].map((n) => String((Number(digits) + n) % 100000).padStart(5, '0'));
    assert.match(await town.ask(me, wrong[0]), /Tries left: 2\.$/);
    assert.match(await town.ask(me, wrong[1]), /Tries left: 1\.$/);
    assert.equal(await town.ask(me, wrong[2]), 'Not counted: three wrong answers. Text your vote again for new digits.');
    assert.match(await town.ask(me, digits), /^Nothing counted: no vote from this number waits/);
    assert.equal(ballotOf(me, 'phonecity'), undefined);
    const late = phone();
    const [first] = town.receive([{ from: late, body: 'VOTE 3101' }]);
    const again = digitsIn(await town.reply(first));
    assert.match(await town.ask(phone(), again), /^Nothing counted/, 'another phone cannot answer');
    town.house.value(`update inbox set received_at = received_at - interval '16 minutes', sent_at = null where id = ${first}`);
    assert.match(await town.ask(late, again), /^Recorded for York: 3101 Cinema/);
    assert.notEqual(ballotOf(late, 'phonecity').inbox_id, first);
});

test('what could not count is refused before any digits; codes and numbers keep apart', async () => {
    const me = phone(), code = town.code();
    assert.equal(await town.ask(me, 'VOTE 3101 3102'), 'Not counted: you chose 2. In York choose at most 1. Text again with all your numbers.');
    assert.match(await town.ask(me, 'VOTE 3101 1275'), /^Not counted: that needs the 13-digit code/);
    assert.equal(await town.ask(me, `VOTE ${code} 3101`), 'Not counted: in York people vote by mobile number. Text VOTE 3101, without a code, by itself.');
    assert.equal(await town.ask(phone(), 'VOTE 3012 3026'), 'Not counted: there is no project 3026. Did you mean 3025 Fence? Text again with all your numbers.');
    assert.equal(await town.ask(phone(), 'VOTE 3021'), 'Not counted: there is no project 3021. Did you mean 3012 Pond or 3025 Fence? Text again with all your numbers.');
    assert.match(await town.ask(phone(), 'VOTE 1276'), /^Not counted: that needs the 13-digit code/);
    assert.equal(ballotOf(me, 'phonecity'), undefined);
    for (let i = 0; i < 6; i++) assert.ok(digitsIn(await town.ask(me, `VOTE 3101${'!'.repeat(i + 1)}`)));
    assert.match(await town.ask(me, 'VOTE 3101 please'), /^Not counted: too many votes from this number wait/);
});

test('the thirtieth reply of the hour says that it is the last, and votes go on counting', async () => {
    const me = phone(), code = town.code();
    const key = `'\\x${town.senderKey(me).toString('hex')}'::bytea`;
    town.house.value(`insert into outbox (dedup_key, class, recipient_key, recipient_sealed, sender, segments, state, expires_at)
        select 'filler:' || n, 'reply', ${key}, 'x', '60777', 1, 'delivered', clock_timestamp() from generate_series(1, 29) n`);
    says((await town.ask(me, `VOTE ${code} 1275`)).replace(/until [^.]*\.$/, 'until T.'),
        `Recorded for Westfield: 1275 Hob Moor bench. £1,843 of £12,000. Ref …. To change it text again before ${town.closes}. Votes still count; no replies until T.`);
    assert.equal(await town.ask(me, `VOTE ${code} 1359`), null);
    assert.equal(town.standing(code, 'westfield'), '1359');
    town.house.value("delete from outbox where dedup_key like 'filler:%'");
});

test('LIST, MORE and INFO tell what there is to vote on', async () => {
    const me = phone();
    assert.equal(await town.ask(me, 'LIST'), 'Text LIST and your neighbourhood, like LIST York. There are votes now in: York, Acomb, Westfield.');
    assert.equal(await town.ask(me, 'LIST Heworth'), 'We do not know a neighbourhood Heworth. Text LIST by itself to see where there are votes.');
    const first = await town.ask(me, 'Lsit westf please');
    assert.equal(first, `Westfield, until ${town.closes}: 1275 Hob Moor bench £1,843, 1359 Allot'mt path £1,700, 1428 Lunch club £3,160, 1580 Apple trees £9,000. Westfield, in your order, until ${town.closes}: 8001 First £1, 8002 Second £1, 8003 Third £1. 1/2: text MORE.`);
    const second = await town.ask(me, 'MORE');
    assert.match(second, /^Westfield, to be given points, until .*: 9001 Swings £1, 9002 Slide £1, 9003 Sand £1\. Westfield, YES or NO, until .*: 4017 Agreement\. York, until .*: 5011 Trams, 5022 Trees, 5033 Toilets\./);
    assert.equal(await town.ask(me, 'more!'), 'That was all: 2 pages. Text LIST for the first.');
    assert.equal(await town.ask(me, 'list 2'), second, 'of the same place');
    // Who voted by text from this phone need not say where.
    const voter = phone();
    await town.ask(voter, `VOTE ${town.code()} 1275`);
    assert.equal(await town.ask(voter, 'list'), first);
    assert.equal(await town.ask(me, 'INFO 1275'), `1275 Hob Moor bench (Westfield), £1,843. A bench by the pond. Voting closes at ${town.closes}.`);
    assert.match(await town.ask(me, 'INFO 6001'), /^6001 Too late \(Westfield\), £1\..*Voting closed at /);
    assert.match(await town.ask(me, 'INFO 7001'), /Voting opens at /);
    assert.equal(await town.ask(me, 'INFO 1590'), 'There is no project 1590. Did you mean 1580 Apple trees? Text LIST to see all.');
    assert.equal(await town.ask(me, 'INFO 0008'), 'There is no project 0008. Text LIST to see all.');
});

test('LANG chooses the language of every reply to this number', async () => {
    const me = phone(), other = phone(), code = town.code();
    const day = town.closes.match(/\d+/g).at(-1);
    assert.equal(await town.ask(me, 'LANG FR'), 'Text LANG EN for English. Po polsku: LANG PL.');
    assert.equal(await town.ask(me, 'Język polski'), 'Odtad piszemy na ten numer po polsku. For English text LANG EN.');
    const [id] = town.receive([{ from: me, body: `VOTE ${code} 1275 1359` }]);
    const recorded = (await town.reply(id)).replace(ref, 'Ref …');
    assert.match(recorded, new RegExp(`^Zapisano \\(Westfield\\): 1275 Hob Moor bench, 1359 Allot'mt path\\. 3543 £ z 12 000 £\\. Ref …\\. Zmiana: nowy SMS przed (pn|wt|sr|czw|pt|sob|nd) ${day} [a-z]{3} 21:00\\.$`));
    assert.equal(town.segments(id), 1);
    assert.equal(await town.ask(me, `VOTE ${code} 1590`), 'Nie zaliczono: nie ma projektu 1590. Czy chodzilo o 1580 Apple trees? Wyslij ponownie wszystkie numery. Wczesniejszy glos 1275 1359 jest wazny.');
    assert.match(await town.ask(me, `TAK ${code} 4017`), /^Zapisano: TAK dla porozumienia Westfield \(4017\)\./);
    assert.match(await town.ask(me, 'LISTA Acomb'), /^Acomb, do (pn|wt|sr|czw|pt|sob|nd) /);
    assert.match(await town.ask(other, `MY VOTE ${code}`), /a vote is recorded/, 'nobody else\'s');
    assert.equal(await town.ask(me, 'LANG EN'), 'From now on we text this number in English. Dla polskiego: LANG PL.');
    assert.match(await town.ask(me, `UNDO ${code}`), /^Taken back/);
});

test('lists come twelve times an hour, and neither use up help nor votes', async () => {
    const me = phone(), code = town.code();
    const asks = ['LIST Acomb', 'LIST 2', 'INFO 1275', 'INFO 1359', 'RESULT', 'LIST York'];
    for (let i = 0; i < 12; i++) assert.ok(await town.ask(me, asks[i % 6]));
    assert.equal(await town.ask(me, 'INFO 1428'), null);
    assert.ok(await town.ask(me, 'HELP'));
    assert.match(await town.ask(me, `VOTE ${code} 1275`), /^Recorded/);
});

test('RESULT tells the last one that was published', async () => {
    const me = phone();
    assert.match(await town.ask(me, 'RESULT Acomb'), /^Voting in Acomb closes at .*\. Nobody can see a result before then\.$/);
    assert.match(await town.ask(me, 'RESULT 6001'), /^The votes of Westfield are being counted\. Voting closed at /);
    assert.match(await town.ask(me, 'RESULT'), /^Text RESULT and your neighbourhood/);
    assert.match(await town.ask(me, 'RESULT Heworth'), /^We do not know a neighbourhood Heworth/);
    assert.match(await town.ask(me, 'RESULT 0008'), /^There is no project 0008\./);
    const line = (id, reason, more = {}) => ({ id, cost: '1.00', votes: 12, reason, left_when_reached: null, ...more });
    const outcome = { cost: '1.00', budget: '12000.00', parameters: { minimum_votes: 1 }, winners: ['6001'], proposals: [
        line('6001', 'won', { votes: 202 }), line('6012', 'not_enough_left', { left_when_reached: '0.50' })] };
    town.house.value(`
        insert into result (round_id, seed, ballots, web, texts, paper, withdrawn, replaced, eligible)
        select id, sha256('s'), 214, 200, 14, 0, 0, 0, 900 from round where slug = 'closed';
        insert into result_part (round_id, ordinal, pot_id, pb, pb_sha256, outcome, log)
        select r.id, 1, t.id, 'pb', sha256('pb'), '${JSON.stringify(outcome)}', 'log'
        from round r join pot t on t.round_id = r.id where r.slug = 'closed';
        update round set state = 'counted' where slug = 'closed';
        update round set state = 'result_review' where slug = 'closed';
        update round set state = 'published' where slug = 'closed';
        update result set published_at = now() where round_id = (select id from round where slug = 'closed')`);
    assert.equal(await town.ask(me, 'RESULT westfield'), 'Result for Westfield, 214 votes: 6001 Too late won. £1 of £12,000.');
    assert.equal(await town.ask(me, 'results: 6001'), '6001 Too late won in Westfield: 202 of 214 ballots, £1.');
    assert.equal(await town.ask(me, 'RESULT 6012'), '6012 Rightly late did not win in Westfield: it costs £1 and only £0.50 was left when its turn came. It was on 12 of 214 ballots.');
});

test('STOP is noted for its number until START, and votes are answered all the same', async () => {
    const me = phone(), code = town.code();
    const stopped = () => town.house.value(`select count(*) from sms_stop where recipient_key = decode('${town.senderKey(me).toString('hex')}', 'hex')`);
    says(await town.ask(me, 'STOP'), 'We only text back when you text us. Your vote stands.');
    assert.equal(stopped(), '1');
    assert.match(await town.ask(me, `VOTE ${code} 1275`), /^Recorded/);
    assert.match(await town.ask(me, 'START'), /^We text back/);
    assert.equal(stopped(), '0');
});

test('a provider that answered STOP or START itself: it is noted, and there is no second reply', async () => {
    const me = phone();
    const stopped = () => town.house.value(`select count(*) from sms_stop where recipient_key = decode('${town.senderKey(me).toString('hex')}', 'hex')`);
    const [stop] = town.receive([{ from: me, body: 'koniec', did: 'stop' }]); // a word that the council set there
    assert.equal(await town.reply(stop), null);
    assert.equal(stopped(), '1');
    const [start] = town.receive([{ from: me, body: 'YES', did: 'start' }]);
    assert.equal(await town.reply(start), null);
    assert.equal(stopped(), '0');
    assert.equal(await town.reply(town.receive([{ from: me, body: 'info', did: 'help' }])[0]), null);
    assert.match(await town.ask(me, 'HELP'), /^To vote/, 'what it did not answer is ours');
});

test('PostgreSQL has no room, or other trouble of its own: texts wait as long as that lasts, uncharged', async () => {
    const me = phone(), code = town.code(), sql = (words) => town.house.value(words);
    const row = (id) => sql(`select state || ' ' || attempts || ' ' || alone
        from inbox join inbox_waiting on inbox_id = id where id = ${id}`);
    const inRow = '{53100,57P01,53200,08006,40P01,25006}';
    sql(`create sequence tries; grant usage on sequence tries to public;
        create function trouble() returns trigger language plpgsql as $$ begin
            raise exception 'so' using errcode = ('${inRow}'::text[])[1 + nextval('wardmote.tries') % 6]; end $$;
        create trigger trouble before insert on outbox for each row execute function trouble()`);
    const [id] = town.receive([{ from: me, body: `VOTE ${code} 1275` }]);
    await until('it was tried more often than a text that kills its reader', () => {
        sql(`update inbox_waiting set next_at = clock_timestamp(), alone = true
            where inbox_id = ${id} and inbox_id not in (select unnest(ids) from inbox_lease)`);
        return Number(sql('select last_value from tries')) > 14; // a deadlock is tried five times at once
    }, 120);
    await until('it waits, alone as before', () => row(id) === 'new 0 true');
    assert.equal(sql("select count(*) from sms_alarm where name = 'database_full'"), '1');
    sql('drop trigger trouble on outbox');
    sql(`update inbox_waiting set next_at = clock_timestamp() where inbox_id = ${id}`);
    assert.match(await town.reply(id, 60), /^Recorded for Westfield: 1275/);
});

test('PostgreSQL has no room for longer than a lease: a batch comes back as a batch', async () => {
    const sql = (words) => town.house.value(words);
    // Neither judged nor given back; what is tried is counted.
    sql(`create sequence backs; grant usage on sequence backs to public;
        create function full_disk() returns trigger language plpgsql as $$ begin
            if tg_table_name = 'inbox_lease' then perform nextval('wardmote.backs'); end if;
            raise exception 'no space left on device' using errcode = 'disk_full'; end $$;
        create trigger full_disk before insert on outbox for each row execute function full_disk();
        create trigger full_disk before delete on inbox_lease for each row execute function full_disk()`);
    const ids = town.receive([1, 2, 3].map(() => ({ from: phone(), body: 'help' })));
    await until('giving back is tried for long', () => Number(sql('select last_value from backs')) > 15, 60);
    // Room again, but somebody else sees first that the lease ran out.
    sql(`begin; drop trigger full_disk on outbox; drop trigger full_disk on inbox_lease; delete from inbox_lease;
        update inbox_waiting set alone = true, next_at = clock_timestamp() + interval '1 hour'
        where inbox_id in (${ids}); commit`);
    await until('none is set apart, or charged', () => sql(`select count(*)
        from inbox join inbox_waiting on inbox_id = id
        where id in (${ids}) and not alone and attempts = 0 and state = 'new'`) === '3', 60);
    sql(`update inbox_waiting set next_at = clock_timestamp() where inbox_id in (${ids})`);
    for (const id of ids) assert.match(await town.reply(id, 60), /^To vote/);
});

test('one code votes in the ward, the city and on the agreement', async () => {
    const code = town.code(), me = phone();
    says(
        await town.ask(me, `${code} 1275 5011 5022`),
        `Recorded for Westfield: 1275 Hob Moor bench. £1,843 of £12,000. Ref …. Recorded for York: 5011 Trams, 5022 Trees. Ref …. To change it text again before ${town.closes}.`,
    );
    says(
        await town.ask(me, `YES ${code} 4017`),
        `Recorded: YES to the Westfield agreement (4017). Ref …. To change it text again before ${town.closes}.`,
    );
    assert.equal(town.standing(code, 'agreement'), '4017');
    says(
        await town.ask(me, `no ${code} 4017`),
        `Recorded: NO to the Westfield agreement (4017). Ref …. To change it text again before ${town.closes}.`,
    );
    assert.equal(
        town.house.value("select h.weights from ballot b join revision h using (round_id, voter_id) join round r on r.id = b.round_id where r.slug = 'agreement' and h.revision = b.current_revision and h.weights = '{0}'"),
        '{0}',
    );
});

test('a bare YES means nothing, and how to answer a question is told to whoever tries', async () => {
    const code = town.code();
    const how = 'Nothing counted: to answer a yes or no question text YES or NO, the 13-digit code on your letter and its number, like YES 123 456 789 0123 4018.';
    for (const body of ['YES', 'No thanks', 'YES 4017', 'yes 4018', `YES ${code}`, `NO to 4017 ${code}`, `yes ${code.slice(1)} 4017`])
        assert.equal(await town.ask(phone(), body), how, body);
    assert.equal(town.standing(code, 'agreement'), null);
    assert.match(await town.ask(phone(), `VOTE ${code} no 1275`), /^Not counted: we only read numbers/, 'number 1275, perhaps');
    assert.match(await town.ask(phone(), 'No idea'), /^To vote, text VOTE/);
});

test('what cannot be counted is refused whole, with the reason, and the earlier vote stands', async () => {
    const code = town.code(), me = phone();
    await town.ask(me, `VOTE ${code} 1275 1359`);
    const stands = ' Your earlier vote 1275 1359 stands.';
    const rows = [
        [`VOTE ${code} 1275 1580 1428`, `Not counted: that costs £14,003, £2,003 over the £12,000 limit. Text again with fewer projects.${stands}`],
        [`VOTE ${code} 1275 1590`, `Not counted: there is no project 1590. Did you mean 1580 Apple trees? Text again with all your numbers.${stands}`],
        [`VOTE ${code} 1275 2718`, `Not counted: 2718 is in Acomb; your code is for Westfield.${stands}`],
        [`VOTE ${code} 6001`, /^Not counted: voting in Westfield closed at .*\. Your earlier vote 1275 1359 stands\.$/],
        [`VOTE ${code} 7001`, /^Not counted: voting in Westfield opens at .*\. Text again then\. Your earlier vote/],
        [`VOTE ${code} 5011 5022 5033`, `Not counted: you chose 3. In York choose at most 2. Text again with all your numbers.${stands}`],
        [`VOTE ${code} 4017`, `Not counted: 4017 Agreement is a yes or no question. Text YES or NO, your code, then 4017.${stands}`],
        [`YES ${code} 1275`, `Not counted: 1275 Hob Moor bench is a project. Text VOTE, your code, then 1275 and any others.${stands}`],
        [`VOTE ${code} 5011 1580 2718`, `Not counted: 2718 is in Acomb; your code is for Westfield.${stands}`],
        [`VOTE ${code} 127`, 'Not counted: 127 is not a project number. They have four digits, with a space between. Text again with all your numbers.'],
        [`VOTE ${code} 1275 not 1359`, /^Not counted: we only read numbers\./],
    ];
    for (const [body, words] of rows) {
        const reply = await town.ask(me, body);
        if (words instanceof RegExp) assert.match(reply, words);
        else assert.equal(reply, words);
    }
    assert.equal(town.standing(code, 'westfield'), '1275 1359');
    assert.equal(town.standing(code, 'city'), null);
    // Whoever else holds the letter is not told what was chosen.
    assert.equal(await town.ask(phone(), `VOTE ${code} 1275 1590`), 'Not counted: there is no project 1590. Did you mean 1580 Apple trees? Text again with all your numbers. Your earlier vote stands.');
    // An order is told as an order.
    await town.ask(me, `VOTE ${code} 8003 8001 8002`);
    assert.match(await town.ask(me, `VOTE ${code} 1590`), / Your earlier vote 1275 1359 8003 8001 8002 stands\.$/);
});

test('unknown, void and mistyped codes are told alike; five in an hour are enough', async () => {
    const wrong = 'Not counted: that code is not right. Check the 13 digits on your letter and text again.';
    const me = phone(), code = town.code(), dead = town.code();
    town.house.value(`update credential set voided_at = clock_timestamp() where serial = 'S${town.serial}'`);
    const mistyped = code.slice(0, 12) + ((Number(code[12]) + 1) % 10);
    assert.equal(await town.ask(me, `VOTE ${dead} 1275`), wrong);
    assert.equal(await town.ask(me, `VOTE ${mistyped} 1275`), wrong);
    assert.equal(await town.ask(me, 'VOTE 000 000 000 0000 1275'), wrong);
    assert.equal(await town.ask(me, `VOTE ${mistyped} 1359`), wrong);
    assert.equal(await town.ask(me, `VOTE ${mistyped} 1428`), wrong);
    const limited = await town.ask(me, `VOTE ${code} 1275`);
    assert.match(limited, /^Not counted: too many tries with a wrong code from this phone\./);
    assert.equal(town.standing(code, 'westfield'), null);
    assert.match(await town.ask(phone(), `VOTE ${code} 1275`), /^Recorded/);
    assert.equal(town.house.value("select count(*) from code_try where outcome = 'wrong'"), '5');
});

test('digits of other scripts vote; emoji and nothing get help', async () => {
    const code = town.code();
    const arabic = [...`${code} 1275`].map((c) => (c === ' ' ? c : '٠١٢٣٤٥٦٧٨٩'[c])).join('');
    assert.match(await town.ask(phone(), arabic), /^Recorded for Westfield: 1275/);
    assert.match(await town.ask(phone(), `VOTE ${code} 1️⃣3️⃣5️⃣9️⃣`), /^Recorded for Westfield: 1359/);
    for (const body of ['😀', '', ' ', 'Hello?', 'HELP'])
        assert.match(await town.ask(phone(), body), /^To vote, text VOTE, your 13-digit code/);
    assert.match(await town.ask(phone(), 'STOP'), /Your vote stands\.$/);
});

test('help comes three times an hour, then silence; a vote is answered all the same', async () => {
    const me = phone(), code = town.code();
    for (const word of ['a?', 'b?', 'c?']) assert.ok(await town.ask(me, word));
    assert.equal(await town.ask(me, 'd?'), null);
    assert.match(await town.ask(me, `VOTE ${code} 1275`), /^Recorded/);
    // So is one that cannot be counted, and whoever says STOP or chooses a language must not guess.
    for (const body of [`VOTE ${code} not 1275`, `VOTE ${code} 127`, 'VOTE 1275', `VOTE ${code.slice(1)} 1275`, 'YES 4017'])
        assert.match(await town.ask(me, body), /^(Not counted|Nothing counted)/, body);
    assert.match(await town.ask(me, 'STOP'), /^We only text back/);
    assert.equal(await town.ask(me, 'STOP!'), null, 'known already');
    assert.match(await town.ask(me, 'START'), /^We text back/);
    assert.match(await town.ask(me, 'LANG PL'), /^Odtad/);
    assert.equal(await town.ask(me, 'LANG PL.'), null);
    assert.equal(await town.ask(me, 'call 1275 or 1359'), null, 'no vote, and no more help');
});

test('the same text twice is one vote and one reply, unless something came between', async () => {
    const me = phone(), code = town.code();
    assert.match(await town.ask(me, `VOTE ${code} 1275`), /^Recorded/);
    assert.equal(await town.ask(me, `VOTE ${code} 1275`), null);
    assert.match(await town.ask(me, `VOTE ${code} 1359`), /^Recorded/);
    assert.match(await town.ask(me, `VOTE ${code} 1275`), /^Recorded/);
    assert.equal(town.standing(code, 'westfield'), '1275');
    // Another phone changed it: the same words are no mere repeat any more.
    assert.match(await town.ask(phone(), `VOTE ${code} 1428`), /^Recorded/);
    assert.match(await town.ask(me, `VOTE ${code} 1275`), /^Recorded/);
    assert.equal(town.standing(code, 'westfield'), '1275');
});

test('senders that cannot be answered still vote', async () => {
    for (const from of ['60777', 'Council', '+449098790000', '+447064000000', '+97912345678']) {
        const code = town.code();
        assert.equal(await town.ask(from, `VOTE ${code} 1275`), null, from);
        assert.equal(town.standing(code, 'westfield'), '1275', from);
    }
});

test('an older text that arrives late does not replace a newer one', async () => {
    const code = town.code(), me = phone();
    await town.ask(me, `VOTE ${code} 1275`);
    const late = await town.ask(me, `VOTE ${code} 1359`, {
        sentAt: "clock_timestamp() - interval '5 minutes'",
    });
    assert.match(late, /^Not changed for Westfield: this text came late/);
    assert.equal(town.standing(code, 'westfield'), '1275');
});

test('many phones with one code at once: one ballot, revisions without a gap, each answered', async () => {
    const code = town.code();
    const picks = [1275, 1359, 1428, 1580];
    const ids = town.receive(
        Array.from({ length: 40 }, (_, i) => ({ from: phone(), body: `VOTE ${code} ${picks[i % 4]}` })),
    );
    for (const id of ids) assert.match(await town.reply(id), /^(Recorded|Not changed) for Westfield/);
    const [row] = town.house.rows(`
        select count(*)::int as n, max(h.revision) as last, count(distinct h.inbox_id)::int as texts
        from revision h where h.inbox_id in (${ids})`);
    assert.deepEqual(row, { n: 40, last: 40, texts: 40 });
});

test('replies go out once each, to the number that texted, from the number that was texted', async () => {
    const me = phone();
    await town.ask(me, `VOTE ${town.code()} 1275`);
    await until('all is sent', () => {
        town.hurry(); // a busy machine may cut a call short: it is asked about
        return town.house.value("select not exists (select from outbox where state in ('queued', 'leased', 'unknown'))") === 't';
    }, 60);
    assert.deepEqual(provider.wrong, []);
    assert.equal(provider.doubles(), 0);
    const mine = provider.texts.filter((t) => t.to === me);
    assert.equal(mine.length, 1);
    assert.equal(mine[0].from, '60777');
    assert.match(mine[0].body, /^Recorded for Westfield/);
    assert.equal(town.house.value("select count(*) from outbox where state <> 'accepted'"), '0');
    assert.equal(town.house.value('select max(segments) <= 2 from outbox'), 't');
});

test('nothing personal is logged', () => {
    const log = town.house.daemons[0].log();
    assert.ok(log.length > 0);
    assert.doesNotMatch(log, /7700|VOTE|\d{13}|1275/);
});

test('every text of all these conversations is in one part of a round’s books', async () => {
    const books = town.house.rows(`select a.part, a.n from api.round_accounts((select id from round where slug = 'westfield')) a
        where a.account = 'texts'`);
    const sum = books.reduce((n, b) => n + b.n, 0);
    assert.equal(String(sum), town.house.value(`select count(*) from inbox i, round r
        where r.slug = 'westfield' and i.received_at >= r.opens_at`));
    const n = Object.fromEntries(books.map((b) => [b.part, b.n]));
    for (const part of ['ballots', 'elsewhere', 'queries', 'late', 'confirmations', 'unconfirmed', 'refused_code', 'refused_number',
        'refused_limits', 'refused_area', 'refused_unclear'])
        assert.ok(n[part] > 0, `${part}: ${JSON.stringify(n)}`);
    assert.equal(town.house.value(`select string_agg(distinct outcome, ' ') from inbox
        where state = 'done' and api.text_part(outcome, false) = 'refused_other' and outcome not in ('limited', 'refused')`), '',
        'words that the books do not know');
});
