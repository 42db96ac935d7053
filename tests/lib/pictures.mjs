// pictures.mjs: pictures of every page and state that the stories meet, at the width of a phone and
// of a desk, into var/shots/, for somebody to look at one by one. With WM_LOOK=1 whatever is given to
// axe is pictured too. `make shots` runs the stories so; run by itself this program says which routes
// that answer with a page have no picture, and fails if there is one.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { top } from './harness.mjs';

export const shotsDir = path.join(top, 'var/shots');
export const WIDTHS = [360, 1280];

const slugOf = (words) => words.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '');
const routeName = (pattern) => slugOf(pattern.replaceAll(':', '')) || 'home';
const taken = new Set();

// ROUTE--TITLE-HASH: the same state has the same name in every story that comes by it, whatever
// numbers, codes and dates it says.
async function nameOf(page) {
    const { patternOf, routes } = await import('./routes.mjs');
    const [lang, title, text] = await page.evaluate(() =>
        [document.documentElement.lang, document.title, document.querySelector('main')?.innerText ?? document.body.innerText]);
    const at = new URL(page.url()).pathname;
    const pattern = patternOf(at) ?? routes.find((r) => r.matches(at))?.pattern ?? 'nothing';
    const hash = createHash('sha256').update(lang + title + text.replaceAll(/\S*\d\S*/g, '')).digest('hex').slice(0, 6);
    return `${routeName(pattern)}--${slugOf(title.replace(/ - [^-]*$/, '')).slice(0, 40)}-${hash}`;
}

// Pictures of the page as it stands, once for each state in a test's process; the window keeps its size.
// What sticks to its lower edge would lie across the middle of a whole page.
export async function keepPictures(page) {
    if (!process.env.WM_LOOK) return;
    const name = await nameOf(page);
    if (taken.has(name)) return;
    taken.add(name);
    fs.mkdirSync(shotsDir, { recursive: true });
    const before = page.viewportSize();
    for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: width < 600 ? 740 : 900 });
        await page.screenshot({ path: path.join(shotsDir, `${name}-${width}.png`), fullPage: true,
            style: '#total { position: static !important }' });
    }
    await page.setViewportSize(before);
}

// What answers with a page: not files, feeds, open data, webhooks and what machines ask.
const isPage = (r) => r.method === 'GET' && !['any_site', 'provider'].includes(r.who) &&
    !/:file|\/file$|\.txt$|^\/(ready|live|theme)/.test(r.pattern);

async function report() {
    const { routes } = await import('./routes.mjs');
    const files = fs.existsSync(shotsDir) ? fs.readdirSync(shotsDir).filter((f) => f.includes('--')) : [];
    const pages = routes.filter(isPage).map((r) => r.pattern);
    const missing = pages.filter((p) => WIDTHS.some((w) =>
        !files.some((f) => f.startsWith(`${routeName(p)}--`) && f.endsWith(`-${w}.png`))));
    console.log(`${files.length} pictures of ${pages.length} routes in var/shots/`);
    for (const p of missing) console.log(`no picture: ${p}`);
    return missing.length ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = await report();
