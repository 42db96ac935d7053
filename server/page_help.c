/* page_help.c: how to vote by text, how counting works, and what the law wants said. */
#include "server/markdown.h"
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/round_words.h"
#include "server/settings.h"
#include "server/store_site.h"
#include "server/store_texts.h"
#include "server/tr.h"

static void page_begin(struct html *h, struct layout *l, const char *title)
{
    *l = (struct layout){.kind = LAYOUT_RESIDENT, .title = title};
    layout_begin(h, l);
    kit_title(h, title);
}

/* --- by text ------------------------------------------------------------------------------ */

static void numbers_of(struct html *h, const struct round_line *l, const struct proposals *all)
{
    html_raw(h, "<details class=\"govuk-details\"><summary class=\"govuk-details__summary\">"
                "<span class=\"govuk-details__summary-text\">");
    html_text(h, l->title);
    html_raw(h, "</span></summary><div class=\"govuk-details__text\"><ul class=\"wm-numbers\">\n");
    for (int i = 0; i < all->n; i++) {
        if (all->proposal[i].withdrawn)
            continue;
        html_raw(h, "<li>");
        kit_number(h, all->proposal[i].number);
        html_raw(h, " <span>");
        html_text(h, all->proposal[i].title);
        if (all->proposal[i].pot != 0) {
            html_raw(h, ", ");
            html_money(h, all->proposal[i].cost);
        }
        html_raw(h, "</span></li>\n");
    }
    html_raw(h, "</ul></div></details>\n");
}

/* The example is a vote that could be sent today. */
static void example(struct html *h, const struct round_line *l, const struct proposals *all)
{
    int shown = 0;
    html_raw(h, "<p class=\"wm-big\">");
    html_raw(h, "VOTE 123 456 789 0123");
    for (int i = 0; i < all->n && shown < 2; i++) {
        if (!all->proposal[i].withdrawn) {
            html_textf(h, " %04d", (int)all->proposal[i].number);
            shown++;
        }
    }
    html_raw(h, "</p>\n<p class=\"govuk-body\">That is VOTE, your 13-digit code, and the numbers "
                "of the projects you want. The numbers above are two projects of ");
    html_text(h, l->title);
    html_raw(h, ".</p>\n");
}

static void summary_list(struct html *h, const char *const (*rows)[2], size_t n)
{
    html_raw(h, "<dl class=\"govuk-summary-list\">\n");
    for (size_t i = 0; i < n; i++) {
        html_raw(h, "<div class=\"govuk-summary-list__row\"><dt "
                    "class=\"govuk-summary-list__key\">");
        html_text(h, rows[i][0]);
        html_raw(h, "</dt><dd class=\"govuk-summary-list__value\">");
        html_text(h, rows[i][1]);
        html_raw(h, "</dd></div>\n");
    }
    html_raw(h, "</dl>\n");
}

static void texts_to_try(struct html *h)
{
    static const char *const TEXTS[][2] = {
        {"LIST Acomb", "What there is to vote on in a neighbourhood. MORE brings the next page."},
        {"INFO 1275", "One project in a few words."},
        {"MY VOTE your code", "What is recorded for you: your choices only if they came from "
                              "this phone."},
        {"UNDO your code", "Takes your vote back."},
        {"RESULT Acomb", "The latest result."},
        {"HELP", "How to vote."},
    };
    summary_list(h, TEXTS, sizeof TEXTS / sizeof *TEXTS);
}

static void how_to_text(struct html *h)
{
    html_raw(h, "<p class=\"govuk-body\">Send it to</p>\n<p class=\"wm-big\"><strong>");
    html_text(h, settings.sms_number);
    html_raw(h, "</strong></p>\n");
    kit_paragraph(h,
                  "Any phone will do, with your normal price for a text. We never charge more. A "
                  "landline cannot send it.");
    kit_heading(h, "A yes or no question");
    kit_paragraph(h, "Text YES or NO, your code, and the number of the question.");
    kit_heading(h, "Points, or an order");
    kit_paragraph(h,
                  "Where you give points, put them after each number: VOTE, your code, 1275 3 1283 "
                  "2. Where you put projects in order, text the one you want most first.");
    kit_heading(h, "Votes by mobile number");
    kit_paragraph(h,
                  "Where no code is needed, text VOTE and the numbers. We text five digits to you, "
                  "and your vote counts when you reply with them, so that nobody can vote in your "
                  "name.");
    kit_heading(h, "More that you can text");
    texts_to_try(h);
}

static void what_answers_mean(struct html *h, const char *news)
{
    kit_heading(h, "What the answers mean");
    static const char *const ANSWERS[][2] = {
        {"Recorded", "Your vote counts. The answer repeats your choices, so that you can see a "
                     "mistake, and gives a receipt."},
        {"Not counted", "Nothing changed; a vote that you sent before still stands. The answer "
                        "says what to mend. Send the whole text again."},
        {"That code is not right", "Check the 13 digits in your letter, or ask for help."},
        {"Voting closed at …", "Your text was sent after the close: it does not count."},
    };
    summary_list(h, ANSWERS, sizeof ANSWERS / sizeof *ANSWERS);
    kit_heading(h, "If you change your mind");
    kit_paragraph(
        h, "Send another text with all the projects you want. Your last vote counts, by text "
           "or on the web.");
    kit_heading(h, "If two of you share a phone");
    kit_paragraph(h, "Send one text each, with your own codes.");
    kit_heading(h, "News of votes");
    kit_paragraph(h, news);
    kit_heading(h, "What we keep");
    kit_paragraph(h,
                  "Your text and your number are stored encrypted, the text for a day after it was "
                  "dealt with, your number until 28 days after the result is final. Nobody reads "
                  "your text: a program does. Officers who look after texts see the last four "
                  "digits of your number, and all of it only for a reason that is recorded. Your "
                  "number is not joined to your vote in anything that "
                  "is published.");
}

static enum db_outcome show_numbers(struct html *h, struct request *r, struct db *db,
                                    const struct round_lines *all)
{
    struct proposals proposals;
    bool any = false;
    for (int i = 0; i < all->n; i++) {
        if (all->line[i].phase != PHASE_OPEN)
            continue;
        enum db_outcome outcome = proposals_load(db, &r->arena, all->line[i].id, &proposals);
        if (outcome != DB_OK)
            return outcome;
        if (!any)
            kit_heading(h, "The numbers");
        any = true;
        numbers_of(h, &all->line[i], &proposals);
    }
    return DB_OK;
}

static enum db_outcome show_text_help(struct html *h, struct request *r, struct db *db,
                                      const struct round_lines *all)
{
    const struct round_line *shown = NULL;
    struct proposals proposals;
    for (int i = 0; i < all->n && shown == NULL; i++) {
        if (all->line[i].phase == PHASE_OPEN && all->line[i].kind != ROUND_YES_NO &&
            !round_weighs(all->line[i].kind))
            shown = &all->line[i];
    }
    if (shown != NULL) {
        enum db_outcome outcome = proposals_load(db, &r->arena, shown->id, &proposals);
        if (outcome != DB_OK)
            return outcome;
        example(h, shown, &proposals);
    } else {
        kit_paragraph(h, "No vote on projects is open today. When one is, text VOTE, your 13-digit "
                         "code, and the numbers of the projects you want.");
    }
    how_to_text(h);
    const char *news;
    enum db_outcome outcome = show_numbers(h, r, db, all);
    if (outcome == DB_OK)
        outcome = store_news_words(db, &r->arena, &news);
    if (outcome == DB_OK)
        what_answers_mean(h, news);
    return outcome;
}

enum handled page_text(struct request *r, struct db *db)
{
    struct round_lines all;
    struct layout l;
    if (settings.sms_number[0] == '\0') {
        response_error(r, 404);
        return HANDLED;
    }
    if (page_failed(r, rounds_load(db, &r->arena, NULL, &all)))
        return HANDLED;
    struct html h = html_new();
    page_begin(&h, &l, "Vote by text");
    enum db_outcome outcome = show_text_help(&h, r, db, &all);
    layout_end(&h, &l);
    if (outcome == DB_OK)
        response_html(r, 200, &h);
    else
        response_db(r, outcome);
    html_free(&h);
    return HANDLED;
}

/* --- how counting works ------------------------------------------------------------------- */

static void said_begin(struct request *r, struct html *h, struct layout *l, const char *title)
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
    said_begin(r, &h, &l, tr(r, "How counting works"));
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

static void bullets(struct html *h, const char *const *words, size_t n)
{
    html_raw(h, "<ul class=\"govuk-list govuk-list--bullet\">");
    for (size_t i = 0; i < n; i++) {
        html_raw(h, "<li>");
        html_tr(h, words[i]);
        html_raw(h, "</li>");
    }
    html_raw(h, "</ul>\n");
}

/* The operator's contact line; else `without`. */
static void contact(struct html *h, const char *without)
{
    if (settings.contact[0] != '\0') {
        html_raw(h, "<p class=\"govuk-body\">");
        html_written(h, settings.contact);
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
    said_begin(r, &h, &l, tr(r, "Accessibility"));
    html_tr_p(&h, "Everybody who may vote should be able to. This service is made to meet level AA "
                  "of the Web Content Accessibility Guidelines, version 2.2.");
    html_tr_h2(&h, "What you can do");
    bullets(&h, CAN_DO, sizeof CAN_DO / sizeof *CAN_DO);
    html_tr_h2(&h, "What we know is not right yet");
    html_tr_p(&h, "The frozen text of the rules is written for programs; the same rules stand in "
                  "plain words above it. Texts and the pages for residents are in English and "
                  "Polish; what the council, providers and residents wrote is in English only.");
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
        N_("If you asked for news of votes by text: your number, encrypted, until you text STOP, "
           "and when and how you asked."),
        N_("What you declared, where a vote asks for your age or where you live."),
        N_("Your network address, only as a keyed hash and only after a wrong code, for a day."),
    };
    struct site_words words;
    struct layout l;
    if (page_failed(r, site_words_load(db, &r->arena, &words)))
        return HANDLED;
    struct html h = html_new();
    said_begin(r, &h, &l, tr(r, "Privacy"));
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
    said_begin(r, &h, &l, tr(r, "Cookies"));
    html_tr_p(&h, "Only those without which voting cannot work, and only once you vote or choose a "
                  "language. Reading sets none.");
    cookies(&h);
    layout_end(&h, &l);
    response_html(r, 200, &h);
    return HANDLED;
}
