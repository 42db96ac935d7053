/* page_help.c: how counting works, and what the law wants said. */
#include "server/markdown.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/round_words.h"
#include "server/settings.h"
#include "server/store_site.h"
#include "server/tr.h"

static void page_begin(struct request *r, struct html *h, struct layout *l, const char *title)
{
    *l = layout_said(r, title);
    layout_begin(h, l);
    kit_title(h, title);
}

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
    page_begin(r, &h, &l, tr(r, "How counting works"));
    html_tr_p(&h, "The rules of each vote are written down and sealed before it opens, and are "
                  "published with it. Nobody can change them afterwards, and neither can we.");
    html_tr_p(&h, "The council chooses how, for each vote. Its own page says which of these it is, "
                  "with its numbers.");
    html_tr_h2(&h, "Projects");
    round_counting_words(&h, &projects, &none);
    html_tr_h2(&h, "Projects by points");
    round_counting_words(&h, &points, &none);
    html_tr_h2(&h, "Projects put in order");
    round_counting_words(&h, &ranking, &none);
    html_tr_h2(&h, "Projects by equal shares");
    round_counting_words(&h, &shares, &none);
    html_tr_p(&h,
              "Equal shares seldom spend all the money by themselves, and the rules of a vote "
              "say what happens with the rest. It can also be left unspent, at once or after the "
              "shares were raised; votes alone can decide on it at once; or, at the end, all of "
              "it is compared with what votes alone would fund, and that is funded instead if "
              "more people get more of what they chose by it.");
    html_tr_h2(&h, "Projects by Phragmén’s rule");
    round_counting_words(&h, &phragmen, &none);
    html_tr_p(&h, "Some projects cannot be built together. Where the rules of a vote say so, at "
                  "most one of them is funded: the one that comes first in the count.");
    html_tr_p(&h, "A vote can have several pots of money, each counted by itself. Where the rules "
                  "say so, what a pot leaves goes on to the next.");
    html_tr_h2(&h, "Yes or no");
    round_counting_words(&h, &question, &none);
    html_tr_h2(&h, "One person, one ballot");
    html_tr_p(&h, "Your code stands for one ballot in each vote. Vote again and the last ballot "
                  "before the close counts, whether it came on the web or by text.");
    html_tr_h2(&h, "Checking it");
    html_tr_p(&h, "With your receipt you can see that your ballot was counted. With the published "
                  "ballots, which carry no names, anyone can count again with the free program "
                  "wardmote-count. Every project gets its reason.");
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}

/* --- what the law wants said -------------------------------------------------------------- */

/* With {prefix}, where it stands in them: what every text to a shared number begins with. */
static void bullets(struct html *h, const char *const *words, size_t n)
{
    html_raw(h, "<ul class=\"govuk-list govuk-list--bullet\">");
    for (size_t i = 0; i < n; i++) {
        html_raw(h, "<li>");
        html_trv(h, words[i], TR_TEXT("prefix", settings.sms_prefix));
        html_raw(h, "</li>");
    }
    html_raw(h, "</ul>\n");
}

/* The operator's contact line; else `without`. */
static void contact(struct html *h, const char *without)
{
    if (layout_has_contact(h)) {
        html_raw(h, "<p class=\"govuk-body\">");
        layout_contact(h);
        html_raw(h, "</p>\n");
    } else if (*without != '\0') {
        html_tr_p(h, without);
    }
}

enum handled page_accessibility(struct request *r, struct db *db)
{
    static const char *const CAN_DO[] = {
        N_("use it with a keyboard alone, or with a screen reader"),
        N_("make the text four times as large, without scrolling sideways"),
        N_("use it with scripts and colours switched off"),
        N_("vote by text from any phone, without the web"),
    };
    (void)db;
    struct layout l;
    struct html h = html_new();
    page_begin(r, &h, &l, tr(r, "Accessibility"));
    html_tr_p(&h, "Everybody who may vote should be able to. This service is made to meet level AA "
                  "of the Web Content Accessibility Guidelines, version 2.2.");
    html_tr_h2(&h, "What you can do");
    bullets(&h, CAN_DO, sizeof CAN_DO / sizeof *CAN_DO);
    html_tr_h2(&h, "What we know is not right yet");
    html_tr_p(&h, "The frozen text of the rules is written for programs; the same rules stand in "
                  "plain words above it. Texts and the pages for residents are in English and "
                  "Polish; what the council, providers and residents wrote is in English, and a "
                  "project in Polish too where the council translated it.");
    html_tr_h2(&h, "How it is tested");
    html_tr_p(&h, "Every page is checked by a program (axe) at the width of a small phone, with "
                  "scripts on and off, whenever the service is changed. People who use screen "
                  "readers have not tested it yet.");
    html_tr_h2(&h, "Tell us");
    contact(&h, N_("Ask at your council’s customer service."));
    html_tr_p(&h, "If you are not happy with our answer, the Equality Advisory and Support "
                  "Service can help. The Equality and Human Rights Commission enforces the "
                  "accessibility regulations of 2018.");
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}

enum handled page_privacy(struct request *r, struct db *db)
{
    static const char *const KEPT[] = {
        N_("Your voting code, only as a keyed hash: nobody can read it back. Which address it was "
           "sent to, so that a lost letter can be replaced."),
        N_("Your ballots, beside a number that stands for you. Officers cannot see them."),
        N_("Where a vote asks for them: that you said you are old enough, and your postcode or "
           "neighbourhood, beside your right to vote and not beside your ballot."),
        N_("If you vote by text: your number and your text, encrypted. The text is erased a day "
           "after it was dealt with."),
        N_("If you asked for news of votes by text: your number, encrypted, until you text "
           "{prefix}STOP, and when and how you asked."),
        N_("Your network address, only as a keyed hash and only after a wrong code, for a day."),
    };
    struct site_words words;
    struct layout l;
    if (page_failed(r, site_words_load(db, &r->arena, &words)))
        return HANDLED;
    struct html h = html_new();
    page_begin(r, &h, &l, tr(r, "Privacy"));
    html_tr_h2(&h, "What we keep");
    bullets(&h, KEPT, sizeof KEPT / sizeof *KEPT);
    html_tr_p(&h, "28 days after a result is final, we erase the numbers of phones that voted in "
                  "it, what was declared, and which ballot was whose. Your receipt can still be "
                  "checked.");
    html_tr_h2(&h, "What is published");
    html_tr_p(&h,
              "The result, and the ballots without names, so that anybody can count again. They "
              "are numbered anew in each file, in an order that says nothing about people.");
    html_tr_h2(&h, "What we do not do");
    html_tr_p(&h, "No trackers, no advertising, nothing from other sites, no list of who voted "
                  "how.");
    html_tr_h2(&h, "Your rights");
    html_tr_p(&h, "You can ask what is kept about you and complain to the Information "
                  "Commissioner’s Office. A ballot can be changed until the vote closes, not "
                  "after.");
    contact(&h, "");
    if (*words.privacy != '\0') {
        html_tr_h2(&h, "Who is responsible");
        markdown_show(&h, words.privacy);
    }
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}

static void cookies(struct html *h)
{
    static const char *const COOKIES[][2] = {
        {"wm_voter",
         N_("Keeps you signed in after you entered your code. Kept: until you close the "
            "browser, 30 minutes at most.")},
        {"wm_draft", N_("Keeps the choices that you have not cast yet, encrypted. Kept: two "
                        "hours.")},
        {"wm_lang", N_("Keeps the language that you chose, when it is not English. Kept: a year.")},
        {"wm_desk", N_("Keeps a ward officer signed in. Kept: until the browser is closed, 8 hours "
                       "at most.")},
    };
    html_raw(h, "<dl class=\"govuk-summary-list\">\n");
    for (size_t i = 0; i < sizeof COOKIES / sizeof *COOKIES; i++) {
        html_raw(h, "<div class=\"govuk-summary-list__row\"><dt class=\"govuk-summary-list__key "
                    "wm-ours\">");
        html_text(h, COOKIES[i][0]);
        html_raw(h, "</dt><dd class=\"govuk-summary-list__value\">");
        html_tr(h, COOKIES[i][1]);
        html_raw(h, "</dd></div>\n");
    }
    html_raw(h, "</dl>\n");
}

enum handled page_cookies(struct request *r, struct db *db)
{
    (void)db;
    struct layout l;
    struct html h = html_new();
    page_begin(r, &h, &l, tr(r, "Cookies"));
    html_tr_p(&h, "Only those without which voting cannot work, and only once you vote or choose a "
                  "language. Reading sets none.");
    cookies(&h);
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}
