// chromium.mjs: Debian's Chromium under playwright-core, for tests that look: pictures into
// var/shots/, axe's opinion of a page, and whether anything sticks out sideways.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { counted } from './counts.mjs';
import { top } from './harness.mjs';
import { keepPictures, shotsDir } from './pictures.mjs';

const require = createRequire(path.join(top, 'tests/web/package.json'));

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export async function openChromium() {
    const { chromium } = require('playwright-core');
    // Debian's sandbox refuses root; the pages are our own, on this machine.
    const args = ['--disable-dev-shm-usage', '--font-render-hinting=none'];
    if (process.getuid() === 0) args.push('--no-sandbox');
    const browser = await chromium.launch({
        executablePath: process.env.WM_CHROMIUM ?? '/usr/bin/chromium',
        args,
    });
    process.on('exit', () => browser.process?.()?.kill('SIGKILL'));
    return browser;
}

// A window of that width: phone (360) or desk (1280). Its pages collect what went wrong on them.
export async function openWindow(browser, { width = 1280, scripts = true, cookies = [] } = {}) {
    const context = await browser.newContext({
        viewport: { width, height: width < 600 ? 740 : 900 },
        javaScriptEnabled: scripts,
        locale: 'en-GB',
        timezoneId: 'Europe/London',
        // axe is put into the page by us; the page's own policy would forbid that.
        bypassCSP: true,
    });
    context.setDefaultTimeout(120000); // on a busy machine
    await context.addCookies(cookies);
    const page = await context.newPage();
    page.problems = [];
    page.on('pageerror', (e) => page.problems.push(`script: ${e.message}`));
    page.on('console', (m) => {
        if (m.type() === 'error' && !/Failed to load resource/.test(m.text()))
            page.problems.push(`console: ${m.text()}`);
    });
    page.on('response', (r) => {
        if (r.status() >= 400 && r.request().resourceType() !== 'document')
            page.problems.push(`${r.status()}: ${r.url()}`);
    });
    page.on('request', (r) => {
        const host = new URL(r.url()).hostname;
        if (host && host !== '127.0.0.1') page.problems.push(`third party: ${r.url()}`);
    });
    return page;
}

// A picture named NAME.png: of what the window shows, or of the whole page.
export async function shot(page, name, { whole = true } = {}) {
    fs.mkdirSync(shotsDir, { recursive: true });
    await page.screenshot({ path: path.join(shotsDir, `${name}.png`), fullPage: whole });
}

// What is wrong with the page as it stands, one line each: axe's violations, sideways overflow,
// and what the window collected. Empty is good. With WM_LOOK=1 it leaves pictures too.
export async function faults(page) {
    await keepPictures(page);
    await page.addScriptTag({ path: require.resolve('axe-core/axe.min.js') });
    const found = await page.evaluate(async (tags) => {
        const result = await globalThis.axe.run(document, { runOnly: tags });
        const lines = result.violations.map(
            (v) => `axe ${v.id} (${v.impact}): ${v.nodes.map((n) => n.target.join(' ')).join('; ')}`,
        );
        const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
        if (over > 0) lines.push(`sticks out sideways by ${over} px`);
        return lines;
    }, TAGS);
    counted('axe', found.length, new URL(page.url()).pathname);
    return [...found, ...page.problems.splice(0)];
}
