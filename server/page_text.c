/* page_text.c: /text: how to vote by text, in words that our grammar reads (sms/grammar.h; the unit
 * test of languages asks it about each sample). */
#include "server/page_kit.h"
#include "server/pages.h"
#include "server/settings.h"
#include "server/store_texts.h"
#include "server/tr.h"

/* What every text to a shared number begins with; "": nothing. */
#define PREFIX TR_TEXT("prefix", settings.sms_prefix)

static void numbers_of(struct html *h, const struct round_line *l, const struct proposals *all)
{
    html_raw(h, "<details class=\"govuk-details\"><summary class=\"govuk-details__summary\">"
                "<span class=\"govuk-details__summary-text\">");
    html_written(h, l->title);
    html_raw(h, "</span></summary><div class=\"govuk-details__text\"><ul class=\"wm-numbers\">\n");
    for (int i = 0; i < all->n; i++) {
        if (all->proposal[i].withdrawn)
            continue;
        html_raw(h, "<li>");
        kit_number(h, all->proposal[i].number);
        html_raw(h, " <span>");
        kit_project_title(h, &all->proposal[i]);
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
    html_text(h, settings.sms_prefix);
    html_tr(h, "VOTE");
    html_raw(h, " 123 456 789 0123");
    for (int i = 0; i < all->n && shown < 2; i++) {
        if (!all->proposal[i].withdrawn) {
            html_textf(h, " %04d", (int)all->proposal[i].number);
            shown++;
        }
    }
    html_raw(h, "</p>\n");
    html_tr_pv(
        h,
        "That is {prefix}VOTE, your 13-digit code, and the numbers of the projects you want. The "
        "numbers above are two projects of {title}.",
        PREFIX, TR_WRITTEN("title", l->title));
}

/* `before` comes before each key, as it is. */
static void summary_list(struct html *h, const char *before, const char *const (*rows)[2], size_t n)
{
    html_raw(h, "<dl class=\"govuk-summary-list\">\n");
    for (size_t i = 0; i < n; i++) {
        html_raw(h, "<div class=\"govuk-summary-list__row\"><dt "
                    "class=\"govuk-summary-list__key\">");
        html_text(h, before);
        html_tr(h, rows[i][0]);
        html_raw(h, "</dt><dd class=\"govuk-summary-list__value\">");
        html_trv(h, rows[i][1], PREFIX);
        html_raw(h, "</dd></div>\n");
    }
    html_raw(h, "</dl>\n");
}

static void texts_to_try(struct html *h)
{
    static const char *const TEXTS[][2] = {
        {N_("LIST Acomb"),
         N_("What there is to vote on in a neighbourhood. {prefix}MORE brings the next page.")},
        {N_("INFO 1275"), N_("One project in a few words.")},
        {N_("MY VOTE your code"), N_("What is recorded for you: your choices only if they came "
                                     "from this phone.")},
        {N_("UNDO your code"), N_("Takes your vote back.")},
        {N_("RESULT Acomb"), N_("The latest result.")},
        {N_("OFFER 1275 I can lend a van"), N_("Offers help with a project. We ask you to reply "
                                               "{prefix}AGREE before anybody may call you.")},
        {N_("LANG PL"),
         N_("We answer in Polish from then on. {prefix}LANG EN brings English back.")},
        {N_("HELP"), N_("How to vote.")},
    };
    summary_list(h, settings.sms_prefix, TEXTS, sizeof TEXTS / sizeof *TEXTS);
}

static void how_to_text(struct html *h)
{
    html_tr_p(h, "Send it to");
    html_raw(h, "<p class=\"wm-big\"><strong>");
    html_text(h, settings.sms_number);
    html_raw(h, "</strong></p>\n");
    if (settings.sms_keyword[0] != '\0')
        html_tr_pv(h, "Other services share this number: begin every text with {word}.",
                   TR_TEXT("word", settings.sms_keyword));
    html_tr_p(h, "Any phone will do, with your normal price for a text. We never charge more. A "
                 "landline cannot send it.");
    html_tr_h2(h, "A yes or no question");
    html_tr_pv(h, "Text {prefix}YES or NO, your code, and the number of the question.", PREFIX);
    html_tr_h2(h, "Points, or an order");
    html_tr_pv(h,
               "Where you give points, put them after each number: {prefix}VOTE, your code, 1275 3 "
               "1283 2. Where you put projects in order, text the one you want most first.",
               PREFIX);
    html_tr_h2(h, "Votes by mobile number");
    html_tr_pv(h,
               "Where no code is needed, text {prefix}VOTE and the numbers. We text five digits to "
               "you, and your vote counts when you reply with them, so that nobody can vote in "
               "your name.",
               PREFIX);
    html_tr_h2(h, "More that you can text");
    texts_to_try(h);
}

static void what_answers_mean(struct html *h, const char *news)
{
    static const char *const ANSWERS[][2] = {
        {N_("Recorded"), N_("Your vote counts. The answer repeats your choices, so that you can "
                            "see a mistake, and gives a receipt.")},
        {N_("Not counted"), N_("Nothing changed; a vote that you sent before still stands. The "
                               "answer says what to mend. Send the whole text again.")},
        {N_("That code is not right"), N_("Check the 13 digits in your letter, or ask for help.")},
        {N_("Voting closed at …"), N_("Your text was sent after the close: it does not count.")},
    };
    html_tr_h2(h, "What the answers mean");
    summary_list(h, "", ANSWERS, sizeof ANSWERS / sizeof *ANSWERS);
    html_tr_h2(h, "If you change your mind");
    html_tr_p(h, "Send another text with all the projects you want. Your last vote counts, by text "
                 "or on the web.");
    html_tr_h2(h, "If two of you share a phone");
    html_tr_p(h, "Send one text each, with your own codes.");
    html_tr_h2(h, "News of votes");
    kit_paragraph(h, news);
    if (settings.sms_keyword[0] != '\0') { /* the paragraph is as it is kept with the consent */
        static const char *const NEWS[][2] = {{N_("NEWS"), N_("Asks for them.")},
                                              {N_("STOP"), N_("Ends them.")}};
        summary_list(h, settings.sms_prefix, NEWS, sizeof NEWS / sizeof *NEWS);
    }
    html_tr_h2(h, "What we keep");
    html_tr_p(h, "Your text and your number are stored encrypted, the text for a day after it was "
                 "dealt with, your number until 28 days after the result is final. Nobody reads "
                 "your text: a program does. Officers who look after texts see the last four "
                 "digits of your number, and all of it only for a reason that is recorded. Your "
                 "number is not joined to your vote in anything that is published.");
}

static enum db_outcome show_numbers(struct html *h, struct request *r, struct db *db,
                                    const struct round_lines *all)
{
    struct proposals proposals;
    bool any = false;
    for (int i = 0; i < all->n; i++) {
        if (all->line[i].phase != PHASE_OPEN)
            continue;
        enum db_outcome outcome =
            proposals_load_in(db, &r->arena, all->line[i].id, r->language, &proposals);
        if (outcome != DB_OK)
            return outcome;
        if (!any)
            html_tr_h2(h, "The numbers");
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
        enum db_outcome outcome =
            proposals_load_in(db, &r->arena, shown->id, r->language, &proposals);
        if (outcome != DB_OK)
            return outcome;
        example(h, shown, &proposals);
    } else {
        html_tr_pv(h,
                   "No vote on projects is open today. When one is, text {prefix}VOTE, your "
                   "13-digit code, and the numbers of the projects you want.",
                   PREFIX);
    }
    how_to_text(h);
    const char *news;
    enum db_outcome outcome = show_numbers(h, r, db, all);
    if (outcome == DB_OK)
        outcome = store_news_words(db, &r->arena, r->language, &news);
    if (outcome == DB_OK)
        what_answers_mean(h, news);
    return outcome;
}

enum handled page_text(struct request *r, struct db *db)
{
    struct round_lines all;
    if (settings.sms_number[0] == '\0') {
        response_error(r, 404);
        return HANDLED;
    }
    if (page_failed(r, rounds_load(db, &r->arena, NULL, &all)))
        return HANDLED;
    struct html h = html_new();
    struct layout l = layout_said(r, tr(r, "Vote by text"));
    layout_begin(&h, &l);
    kit_title(&h, l.title);
    enum db_outcome outcome = show_text_help(&h, r, db, &all);
    layout_end(&h, &l);
    if (outcome == DB_OK)
        response_html(r, 200, &h);
    else
        response_db(r, outcome);
    html_free(&h);
    return HANDLED;
}
