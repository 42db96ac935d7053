// tables.test.mjs: projects and results as tables, opened by a spreadsheet library that is not ours:
// what the database has, each cell of its type, and no formula, whatever somebody typed.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import { openHouse, until } from '../lib/harness.mjs';

const require = createRequire(import.meta.url);
const XLSX = require('@e965/xlsx');

let house, reader;

before(async () => {
    house = await openHouse();
    await house.loadDemo();
    await house.startServer();
    reader = house.browser();
});
after(async () => {
    reader?.close();
    await house?.close();
});

// Downloads a table: {name: [[cell, …], …]}, cells as the library has them.
async function table(where) {
    const page = await reader.get(where);
    assert.equal(page.status, 200, where);
    const ods = where.endsWith('.ods');
    assert.equal(page.headers['content-type'], ods ? 'application/vnd.oasis.opendocument.spreadsheet' : 'text/csv; charset=utf-8');
    const name = where.split('/').slice(2).join('-').replace('-result-result', '-result');
    assert.equal(page.headers['content-disposition'], `attachment; filename="${name}"`);
    if (ods) assert.equal(page.raw.subarray(30, 84).toString(), 'mimetypeapplication/vnd.oasis.opendocument.spreadsheet');
    const book = ods
        ? XLSX.read(page.raw, { type: 'buffer', cellFormula: true, cellNF: true })
        : XLSX.read(page.body, { type: 'string', cellFormula: true, raw: true });
    return Object.fromEntries(book.SheetNames.map((sheet) => {
        const cells = book.Sheets[sheet], range = XLSX.utils.decode_range(cells['!ref']);
        const rows = [];
        for (let r = range.s.r; r <= range.e.r; r++) {
            rows.push([]);
            for (let c = range.s.c; c <= range.e.c; c++) rows[r].push(cells[XLSX.utils.encode_cell({ r, c })]);
        }
        return [sheet, rows];
    }));
}

const values = (rows) => rows.map((row) => row.map((cell) => cell?.v));
const projects = (slug) => house.rows(`select to_char(p.number, 'FM0000') as number, p.short_name, p.title, p.summary, p.place,
    p.proposer, t.name as pot, p.cost, p.theme, p.lat, p.lon, p.state = 'withdrawn' as withdrawn from proposal p join round r on r.id = p.round_id
    left join pot t on t.id = p.pot_id where r.slug = '${slug}' and p.state <> 'draft' order by p.number`);

describe('projects', () => {
    it('are what the database has, money as money, numbers as they are printed', async () => {
        for (const slug of ['westfield-2026', 'city-2026'].filter((s) => projects(s).length)) {
            const { Projects: [heads, ...rows] } = await table(`/rounds/${slug}/projects.ods`);
            assert.deepEqual(heads.map((h) => h.v).slice(11), ['theme', 'latitude', 'longitude']);
            assert.deepEqual(values(rows).map((r) => r.slice(0, 3)), projects(slug).map((p) => [p.number, p.short_name, p.title]));
            for (const [i, row] of rows.entries()) {
                const p = projects(slug)[i];
                assert.equal(row[0].t, 's', 'a number is printed with its zeros');
                assert.deepEqual([row[7].t, row[7].v], ['n', p.cost / 100]);
                assert.equal(row[8].v, 'no');
                assert.equal((await reader.get(row[10].v)).status, 200);
                assert.equal(row[11]?.v ?? '', p.theme);
                assert.deepEqual([row[12]?.v, row[13]?.v], p.lat === null ? [undefined, undefined] : [p.lat / 1e5, p.lon / 1e5]);
            }
        }
    });

    it('of a question: no pot and no cost', async () => {
        const slug = house.value(`select slug from round where kind = 'yes_no' and frozen limit 1`);
        const { Projects: [, ...rows] } = await table(`/rounds/${slug}/projects.ods`);
        assert.equal(rows.length, projects(slug).length);
        assert.equal(rows[0][7]?.v, undefined);
    });

    it('CSV has the same rows', async () => {
        const ods = values((await table('/rounds/westfield-2026/projects.ods')).Projects);
        const csv = values(Object.values(await table('/rounds/westfield-2026/projects.csv'))[0]);
        const same = (rows) => rows.map((r) => r.map((v, i) => (v === undefined || v === '' ? '' : typeof v === 'number' ? v.toFixed(i < 12 ? 2 : 5) : v)));
        assert.deepEqual(same(csv), same(ods));
    });
});

describe('results', () => {
    it('are what the page says', async () => {
        const { Result: [, ...rows], Figures } = await table('/rounds/micklegate-2026/result/result.ods');
        const result = (await reader.get('/api/v1/rounds/micklegate-2026/result')).json();
        const said = result.parts.flatMap((part) => part.money.proposals.map((p) =>
            [part.money.pot, p.number, p.title, p.cost_pence / 100, p.votes ?? p.points, p.funded ? 'yes' : 'no', p.reason]));
        assert.deepEqual(values(rows).map((r) => r.slice(0, 7)), said);
        assert.deepEqual([rows[0][3].t, rows[0][4].t], ['n', 'n']);
        const figures = Object.fromEntries(values(Figures));
        assert.equal(figures['ballots counted'], result.ballots);
        assert.equal(figures['people who could vote'], result.eligible);
        assert.equal(figures['published at (UTC)'], result.published_at);
    });

    it('are not there before their time', async () => {
        for (const where of ['/rounds/westfield-2026/result/result.ods', '/rounds/westfield-2026/result/result.csv', '/rounds/none/projects.ods'])
            assert.equal((await reader.get(where)).status, 404, where);
        const draft = house.value('select slug from round where not frozen limit 1');
        if (draft) assert.equal((await reader.get(`/rounds/${draft}/projects.ods`)).status, 404);
    });

    it('pages link to them', async () => {
        const hrefs = async (where) => (await reader.get(where)).links.map((l) => l.href);
        const round = await hrefs('/rounds/westfield-2026');
        for (const ending of ['ods', 'csv']) assert.ok(round.includes(`/rounds/westfield-2026/projects.${ending}`));
        const result = await hrefs('/rounds/micklegate-2026/result');
        for (const ending of ['ods', 'csv']) assert.ok(result.includes(`/rounds/micklegate-2026/result/result.${ending}`));
    });
});

describe('what looks like a formula', () => {
    const FORMULAS = ['=1+1', '=HYPERLINK("http://evil.example","x")', '+1', '-1', '@SUM(A1)', '=cmd|\' /C calc\'!A0', '\t=1+1',
        'of:=[.A1]', 'msoxl:=1'];

    it('is text, in both files', async () => {
        const numbers = projects('westfield-2026').slice(0, FORMULAS.length).map((p) => p.number);
        FORMULAS.length = numbers.length;
        for (const [i, n] of numbers.entries())
            house.value(`set session_replication_role = replica;
                update proposal set title = $f$${FORMULAS[i]}$f$ where number = ${Number(n)}; notify content`);
        await until('the new titles', async () => (await reader.get('/rounds/westfield-2026/projects.csv')).body.includes(`"'${FORMULAS[0]}"`)
            && (await reader.get('/api/v1/rounds/westfield-2026/proposals')).body.includes(JSON.stringify(FORMULAS.at(-1))));
        const { Projects: [, ...rows] } = await table('/rounds/westfield-2026/projects.ods');
        for (const [i, formula] of FORMULAS.entries()) {
            const cell = rows.find((r) => r[0].v === numbers[i])[2];
            assert.equal(cell.f, undefined, formula);
            assert.equal(cell.t, 's', formula);
            assert.equal(cell.v, formula);
        }
        const csv = (await reader.get('/rounds/westfield-2026/projects.csv')).body;
        assert.doesNotMatch(csv, /(^|,|\r\n)"?(?!-\d+\.\d{5}\r?$)[=+\-@\t]/m);
        for (const row of Object.values(await table('/rounds/westfield-2026/projects.csv'))[0])
            for (const cell of row) assert.equal(cell?.f, undefined);
    });
});
