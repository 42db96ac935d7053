// in_language.mjs: whether a page is wholly in its reader's language. The pseudo-locale ar-XB is
// made of the English words between two marks, U+202E and U+202C: what stands outside of them was
// not translated.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { faults } from '../lib/chromium.mjs';
import { top } from '../lib/harness.mjs';

// What of a page in ar-XB has letters outside of the marks; names and what officers wrote are not
// ours. Words within words have marks of their own: the innermost are taken out first.
export const untranslated = (page) => page.evaluate(() => {
    const ours = '.wm-header__home, .wm-header__place, .wm-places a, [lang="en-GB"], [lang="en"], [lang="pl"], script, style, bdi, .wm-ours';
    const rest = (text) => {
        for (let before; before !== text;) {
            before = text;
            text = text.replace(/\u202e[^\u202e\u202c]*\u202c/g, '');
        }
        return text;
    };
    const foreign = (text) => /\p{L}/u.test(rest(text));
    const written = document.querySelector('h1 [lang="en-GB"]') !== null;
    const body = document.body.cloneNode(true);
    const left = [];
    for (const one of body.querySelectorAll(ours)) one.replaceWith('\n');
    for (const line of rest(body.textContent).split('\n')) if (/\p{L}/u.test(line)) left.push(line.trim());
    for (const at of ['aria-label', 'alt', 'title', 'placeholder'])
        for (const one of body.querySelectorAll(`[${at}]`)) if (foreign(one.getAttribute(at))) left.push(`${at}: ${one.getAttribute(at)}`);
    const title = document.title.replace(/ - Wardmote$/, '');
    if (!written && (title === '' || foreign(title))) left.push(`title: ${title}`);
    return left;
});

// The English words of the catalogue that have other words in Polish: `whole` as they stand, and
// `parts`, the longest piece between placeholders, where that is long enough to be told from others.
function english() {
    const po = execFileSync('msgcat', ['--no-wrap', path.join(top, 'common/po/pl.po')], { encoding: 'utf8' });
    const whole = [], parts = [];
    for (const entry of po.split('\n\n').slice(1)) {
        const said = (key) => [...entry.matchAll(new RegExp(`^${key} "(.*)"$`, 'gm'))].map((m) => JSON.parse(`"${m[1]}"`));
        const polish = said('msgstr(?:\\[\\d\\])?').join('\n');
        for (const words of [...said('msgid'), ...said('msgid_plural')]) {
            const part = words.split(/\{[^}]*\}/).map((s) => s.trim()).sort((a, b) => b.length - a.length)[0];
            if (/[A-Za-z]/.test(words) && !polish.includes(words.trim())) whole.push(words.trim());
            if (part.length >= 16 && part.includes(' ') && !polish.includes(part)) parts.push(part);
        }
    }
    return { whole, parts };
}
let catalogue;

// What of a Polish page is English of ours: words of the catalogue that stand there as in the source.
export const untouched = (page) => page.evaluate(({ whole, parts }) => {
    const ours = '[lang="en-GB"], script, style';
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    const one = new Set(whole), left = [];
    while (walker.nextNode()) {
        if (walker.currentNode.parentElement.closest(ours)) continue;
        const text = walker.currentNode.data.replace(/\s+/g, ' ').trim();
        if (one.has(text) || parts.some((p) => text.includes(p))) left.push(text);
    }
    for (const at of ['aria-label', 'alt', 'title', 'data-within', 'data-over'])
        for (const e of document.body.querySelectorAll(`[${at}]`)) if (one.has(e.getAttribute(at))) left.push(`${at}: ${e.getAttribute(at)}`);
    return left;
}, catalogue ??= english());

// A page, wholly in its language, right for axe, and no wider than its window.
export async function look(page, name) {
    const tag = await page.getAttribute('html', 'lang');
    assert.deepEqual(await faults(page), [], name);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${name} is no wider than its window`);
    if (tag === 'pl') assert.deepEqual(await untouched(page), [], name);
    if (tag === 'ar-XB') {
        assert.equal(await page.getAttribute('html', 'dir'), 'rtl', name);
        assert.deepEqual(await untranslated(page), [], name);
    }
}
