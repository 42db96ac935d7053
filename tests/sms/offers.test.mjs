// offers.test.mjs: help that is offered by text: nobody calls before AGREE, and nobody but the ward's
// officers learns the number.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Provider } from './provider.mjs';
import { Town } from './town.mjs';

let town, provider, phones = 500;
const phone = () => `+4477009${String(++phones).padStart(5, '0')}`;
const offers = () => town.house.rows(`select p.number, o.words, o.door, o.agreed_at is not null as agreed,
    o.number_sealed::text as sealed from offer o join proposal p on p.id = o.proposal_id order by o.id`);

before(async () => {
    town = await Town.open();
    provider = await Provider.open();
    await town.startSms(provider);
});
after(async () => {
    await town.close();
    await provider.close();
});

test('an offer waits for AGREE; then its officer may call', async () => {
    const me = phone();
    const [id] = town.receive([{ from: me, body: 'OFFER 1275 I can lend a van, ask for Żaneta 🚐' }]);
    assert.equal(await town.reply(id), 'Your offer for 1275 Hob Moor bench (Westfield) waits. Reply AGREE today and a ward officer may call this number; nobody else sees it.');
    assert.equal(town.segments(id), 1);
    assert.deepEqual(offers().map(({ number, words, door, agreed }) => [number, words, door, agreed]),
        [[1275, 'I can lend a van, ask for Żaneta 🚐', 'text', false]]);
    assert.equal(await town.ask(phone(), 'AGREE'), 'No offer of this number waits for AGREE. To offer help text OFFER, the project number and what you can do.');
    assert.match(await town.ask(me, 'yes'), /^Nothing counted: to answer a yes or no question/, 'a bare YES means nothing');
    assert.equal(await town.ask(me, 'agree!'), 'Thank you. A ward officer may call this number about 1275 Hob Moor bench (Westfield). It is erased 28 days after the call.');
    const [offer] = offers();
    assert.equal(offer.agreed, true);
    assert.equal(town.keys.unseal('phone.number', offer.sealed), me);
    assert.equal(town.house.value(`select people from api.offers_public((select id from round where slug = 'westfield'))`), '1');
});

test('what cannot be offered is told so, and nothing is kept of it', async () => {
    const before = offers().length;
    const rows = [
        ['OFFER', /^To offer help text OFFER, the project number and what you can do/],
        ['OFFER a van', /^To offer help/],
        ['OFFER 1275', /^To offer help/],
        ['OFFER 1590 a van', /^There is no project 1590\./],
        ['OFFER 4017 a van', /^4017 is a yes or no question: nothing to help with/],
        [`OFFER 1275 ${'very '.repeat(70)}long`, /^That is too long/],
    ];
    for (const [body, words] of rows) assert.match(await town.ask(phone(), body), words, body);
    assert.equal(await town.ask('60888', 'OFFER 1275 a van'), null, 'a short code is nobody');
    assert.equal(offers().length, before);
});

test('several wait for one AGREE; in Polish too', async () => {
    const me = phone();
    await town.ask(me, 'LANG PL');
    assert.equal(await town.ask(me, 'OFERUJĘ 1275 samochód'), 'Oferta (1275 Hob Moor bench, Westfield) czeka. Odpisz dzis ZGODA, a urzednik moze zadzwonic na ten numer; nikt inny go nie widzi.');
    await town.ask(me, 'OFFER 1359 łopata');
    assert.equal(await town.ask(me, 'ZGODA'), 'Dziekujemy. Urzednik moze zadzwonic na ten numer w sprawie 2 ofert. Usuniemy go 28 dni po rozmowach.');
    assert.deepEqual(offers().slice(-2).map(({ words, agreed }) => [words, agreed]), [['samochód', true], ['łopata', true]]);
});

test('nothing of it is logged', () => {
    assert.doesNotMatch(town.house.daemons[0].log(), /van|7700|1275|Żaneta/);
});
