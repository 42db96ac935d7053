// in_language.mjs: whether a page is wholly in its reader's language. The pseudo-locale ar-XB is
// made of the English words between two marks, U+202E and U+202C: what stands outside of them was
// not translated.
import assert from 'node:assert/strict';
import { faults, shot } from '../lib/chromium.mjs';

// What of a page in ar-XB has letters outside of the marks; names and what officers wrote are not
// ours. Words within words have marks of their own: the innermost are taken out first.
export const untranslated = (page) => page.evaluate(() => {
    const ours = '.wm-header__home, .wm-header__place, .wm-places a, [lang="en-GB"], [lang="en"], [lang="pl"], script, style, .wm-ours';
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

let pictures = 0;

// A page, wholly in its language, right for axe, and no wider than its window.
export async function look(page, name) {
    const tag = await page.getAttribute('html', 'lang');
    assert.deepEqual(await faults(page), [], name);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${name} is no wider than its window`);
    if (tag === 'ar-XB') {
        assert.equal(await page.getAttribute('html', 'dir'), 'rtl', name);
        assert.deepEqual(await untranslated(page), [], name);
    }
    if (process.env.WM_LOOK) await shot(page, `language-${String(++pictures).padStart(2, '0')}-${tag}-${name}`);
}
