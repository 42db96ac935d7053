/* page_help.c: how counting works, and what the law wants said. */
#include "server/markdown.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/round_words.h"
#include "server/settings.h"
#include "server/store_site.h"

static void page_begin(struct html *h, struct layout *l, const char *title)
{
    *l = (struct layout){.kind = LAYOUT_RESIDENT, .title = title};
    layout_begin(h, l);
    kit_title(h, title);
}

/* --- how counting works ------------------------------------------------------------------- */

enum handled page_counting(struct request *r, struct db *db)
{
    (void)db;
    struct layout l;
    struct html h = html_new();
    struct round_view projects = {.kind = ROUND_KNAPSACK}, question = {.kind = ROUND_YES_NO};
    struct round_view points = {.kind = ROUND_POINTS}, ranking = {.kind = ROUND_RANKING};
    struct round_view shares = {.kind = ROUND_KNAPSACK, .rule = RULE_SHARES_COST};
    struct round_view phragmen = {.kind = ROUND_KNAPSACK, .rule = RULE_PHRAGMEN};
    struct pots none = {0};
    page_begin(&h, &l, "How counting works");
    kit_paragraph(&h, "The rules of each vote are written down and sealed before it opens, and are "
                      "published with it. Nobody can change them afterwards, and neither can we.");
    kit_paragraph(&h,
                  "The council chooses how, for each vote. Its own page says which of these it is, "
                  "with its numbers.");
    kit_heading(&h, "Projects");
    round_counting_words(&h, &projects, &none);
    kit_heading(&h, "Projects by points");
    round_counting_words(&h, &points, &none);
    kit_heading(&h, "Projects put in order");
    round_counting_words(&h, &ranking, &none);
    kit_heading(&h, "Projects by equal shares");
    round_counting_words(&h, &shares, &none);
    kit_paragraph(
        &h, "Equal shares seldom spend all the money by themselves, and the rules of a vote "
            "say what happens with the rest. It can also be left unspent, at once or after the "
            "shares were raised; votes alone can decide on it at once; or, at the end, all of "
            "it is compared with what votes alone would fund, and that is funded instead if "
            "more people get more of what they chose by it.");
    kit_heading(&h, "Projects by Phragmén’s rule");
    round_counting_words(&h, &phragmen, &none);
    kit_paragraph(&h,
                  "Some projects cannot be built together. Where the rules of a vote say so, at "
                  "most one of them is funded: the one that comes first in the count.");
    kit_paragraph(&h,
                  "A vote can have several pots of money, each counted by itself. Where the rules "
                  "say so, what a pot leaves goes on to the next.");
    kit_heading(&h, "Yes or no");
    round_counting_words(&h, &question, &none);
    kit_heading(&h, "One person, one ballot");
    kit_paragraph(&h,
                  "Your code stands for one ballot in each vote. Vote again and the last ballot "
                  "before the close counts, whether it came on the web or by text.");
    kit_heading(&h, "Checking it");
    kit_paragraph(&h,
                  "With your receipt you can see that your ballot was counted. With the published "
                  "ballots, which carry no names, anyone can count again with the free program "
                  "wardmote-count. Every project gets its reason.");
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}

/* --- what the law wants said -------------------------------------------------------------- */

enum handled page_accessibility(struct request *r, struct db *db)
{
    (void)db;
    struct layout l;
    struct html h = html_new();
    page_begin(&h, &l, "Accessibility");
    kit_paragraph(&h,
                  "Everybody who may vote should be able to. This service is made to meet level AA "
                  "of the Web Content Accessibility Guidelines, version 2.2.");
    kit_heading(&h, "What you can do");
    html_raw(&h,
             "<ul class=\"govuk-list govuk-list--bullet\"><li>use it with a keyboard alone, or "
             "with a screen reader</li><li>make the text four times as large, without scrolling "
             "sideways</li><li>use it with scripts and colours switched off</li><li>vote by "
             "text from any phone, without the web</li></ul>\n");
    kit_heading(&h, "What we know is not right yet");
    kit_paragraph(&h,
                  "The frozen text of the rules is written for programs; the same rules stand in "
                  "plain words above it. Texts and the pages on "
                  "which you vote are in English and Polish; other pages are in English only.");
    kit_heading(&h, "How it is tested");
    kit_paragraph(&h,
                  "Every page is checked by a program (axe) at the width of a small phone, with "
                  "scripts on and off, whenever the service is changed. People who use screen "
                  "readers have not tested it yet.");
    kit_heading(&h, "Tell us");
    kit_paragraph(&h, settings.contact[0] != '\0' ? settings.contact
                                                  : "Ask at your council’s customer service.");
    kit_paragraph(&h, "If you are not happy with our answer, the Equality Advisory and Support "
                      "Service can help. The Equality and Human Rights Commission enforces the "
                      "accessibility regulations of 2018.");
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}

enum handled page_privacy(struct request *r, struct db *db)
{
    struct site_words words;
    struct layout l;
    if (page_failed(r, site_words_load(db, &r->arena, &words)))
        return HANDLED;
    struct html h = html_new();
    page_begin(&h, &l, "Privacy");
    kit_heading(&h, "What we keep");
    html_raw(
        &h,
        "<ul class=\"govuk-list govuk-list--bullet\"><li>Your voting code, only as a keyed "
        "hash: nobody can read it back. Which address it was sent to, so that a lost "
        "letter can be replaced.</li><li>Your ballots, beside a number that stands for "
        "you. Officers cannot see them.</li><li>Where a vote asks for them: that you said you "
        "are old enough, and your postcode or neighbourhood, beside your right to vote and "
        "not beside your ballot.</li><li>If you vote by text: your number and your "
        "text, encrypted. The text is erased a day after it was dealt with.</li><li>If you asked "
        "for news of votes by text: your number, encrypted, until you text STOP, and when and "
        "how you asked.</li><li>What you "
        "declared, where a vote asks for your age or where you live.</li><li>Your "
        "network address, only as a keyed hash and "
        "only after a wrong code, for a day.</li></ul>\n");
    kit_paragraph(&h,
                  "28 days after a result is final, we erase the numbers of phones that voted in "
                  "it, what was declared, and which ballot was whose. Your receipt can still be "
                  "checked.");
    kit_heading(&h, "What is published");
    kit_paragraph(
        &h, "The result, and the ballots without names, so that anybody can count again. They "
            "are numbered anew in each file, in an order that says nothing about people.");
    kit_heading(&h, "What we do not do");
    kit_paragraph(&h, "No trackers, no advertising, nothing from other sites, no list of who voted "
                      "how.");
    kit_heading(&h, "Your rights");
    kit_paragraph(&h, "You can ask what is kept about you and complain to the Information "
                      "Commissioner’s Office. A ballot can be changed until the vote closes, not "
                      "after.");
    if (settings.contact[0] != '\0')
        kit_paragraph(&h, settings.contact);
    if (*words.privacy != '\0') {
        kit_heading(&h, "Who is responsible");
        markdown_show(&h, words.privacy);
    }
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}

static void cookie_row(struct html *h, const char *name, const char *what, const char *life)
{
    html_raw(h, "<div class=\"govuk-summary-list__row\"><dt class=\"govuk-summary-list__key\">");
    html_text(h, name);
    html_raw(h, "</dt><dd class=\"govuk-summary-list__value\">");
    html_text(h, what);
    html_raw(h, " Kept: ");
    html_text(h, life);
    html_raw(h, ".</dd></div>\n");
}

enum handled page_cookies(struct request *r, struct db *db)
{
    (void)db;
    struct layout l;
    struct html h = html_new();
    page_begin(&h, &l, "Cookies");
    kit_paragraph(&h,
                  "Only those without which voting cannot work, and only once you vote or choose a "
                  "language. Reading sets none.");
    html_raw(&h, "<dl class=\"govuk-summary-list\">\n");
    cookie_row(&h, "wm_voter", "Keeps you signed in after you entered your code.",
               "until you close the browser, 30 minutes at most");
    cookie_row(&h, "wm_draft", "Keeps the choices that you have not cast yet, encrypted.",
               "two hours");
    cookie_row(&h, "wm_lang", "Keeps the language that you chose, when it is not English.",
               "a year");
    cookie_row(&h, "wm_desk", "Keeps a ward officer signed in.",
               "until the browser is closed, 8 hours at most");
    html_raw(&h, "</dl>\n");
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}
