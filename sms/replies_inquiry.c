/* replies_inquiry.c: lists, projects and results in the words of a text. */
#include "sms/replies_inquiry.h"
#include "common/log.h"

enum { AREA = 60, NAME = 16, TITLE = 120, SUMMARY = 300, SENTENCE = 1000 };

void reply_about(enum say which, const char *area, const char *closes, uint16_t number,
                 struct reply *out)
{
    SAY(&out->text, out->language, which, SAY_TEXT("area", area, AREA), SAY_WHEN("closes", closes),
        SAY_PROJECT_NO("number", number));
}

/* --- lists -------------------------------------------------------------------------------- */

static enum say head_words(const struct reply_line *line)
{
    switch (line->kind) {
    case REPLY_POINTS:
        return SAY_LIST_HEAD_POINTS;
    case REPLY_RANKING:
        return SAY_LIST_HEAD_ORDER;
    case REPLY_YES_NO:
        return SAY_LIST_HEAD_QUESTION;
    case REPLY_APPROVAL:
    case REPLY_KNAPSACK:
        break;
    }
    return SAY_LIST_HEAD;
}

static void add_line(struct buf *b, enum language in, const struct reply_line *line,
                     const struct reply_line *before)
{
    bool new_round = before == NULL || before->round != line->round;

    if (new_round) {
        buf_str_add(b, before != NULL ? ". " : "");
        SAY(b, in, head_words(line), SAY_TEXT("area", line->area, AREA),
            SAY_WHEN("closes", line->closes));
    }
    buf_str_add(b, new_round ? " " : ", ");
    SAY(b, in, line->cost > 0 ? SAY_LIST_PROJECT : SAY_PROJECT_NAMED,
        SAY_PROJECT_NO("number", line->number), SAY_TEXT("name", line->name, NAME),
        SAY_MONEY("cost", line->cost));
}

/* How many lines fill a page; `out` gets them, with its foot. */
static size_t fill_page(const struct reply_line *lines, size_t n, int page, int pages,
                        struct reply *out)
{
    size_t lasting = 0;

    for (size_t k = 1; k <= n; k++) {
        reply_clear(out);
        for (size_t i = 0; i < k; i++)
            add_line(&out->text, out->language, &lines[i], i > 0 ? &lines[i - 1] : NULL);
        buf_char(&out->text, '.');
        if (page < pages)
            SAY(&out->text, out->language, SAY_LIST_MORE, SAY_NUMBER("page", page),
                SAY_NUMBER("pages", pages));
        if (!reply_fits(out))
            break;
        lasting = k;
    }
    return lasting > 0 ? lasting : 1;
}

/* Where each page begins does not depend on which is asked for: every one leaves room for a foot.
 */
static size_t page_lines(const struct reply_line *lines, size_t n, enum language in)
{
    struct reply scratch = reply_new();
    scratch.language = in;
    size_t k = fill_page(lines, n, 98, 99, &scratch);

    reply_free(&scratch);
    return k;
}

void reply_list(const struct reply_line *lines, size_t n, int page, struct reply *out)
{
    size_t from = 0, len = 0;
    int pages = 0;

    for (size_t at = 0; at < n; pages++) {
        size_t k = page_lines(lines + at, n - at, out->language);
        if (pages + 1 == page) {
            from = at;
            len = k;
        }
        at += k;
    }
    if (len == 0) {
        SAY(&out->text, out->language, SAY_LIST_END, SAY_NUMBER("pages", pages));
        return;
    }
    (void)fill_page(lines + from, len, page, pages, out);
}

void reply_places(const struct reply_line *lines, size_t n, struct reply *out)
{
    for (size_t k = n; k > 0; k--) {
        struct buf places = buf_new(4096);
        for (size_t i = 0; i < k; i++) {
            buf_str_add(&places, i > 0 ? ", " : "");
            buf_str_add(&places, lines[i].area);
        }
        reply_clear(out);
        SAY(&out->text, out->language, SAY_LIST_WHICH, SAY_TEXT("area", lines[0].area, AREA),
            SAY_TEXT("areas", buf_str(&places), SENTENCE));
        buf_free(&places);
        if (reply_fits(out))
            return;
    }
}

/* --- projects ----------------------------------------------------------------------------- */

static void info(struct buf *b, enum language in, const struct reply_info *i, size_t summary)
{
    struct buf cut = buf_new(4096), voting = buf_new(4096);

    say_name(&cut, i->summary, summary);
    if (strlen(i->summary) > summary)
        buf_str_add(&cut, "...");
    SAY(&voting, in, i->voting, SAY_WHEN("opens", i->opens), SAY_WHEN("closes", i->closes));
    SAY(b, in, i->cost > 0 ? SAY_INFO : SAY_INFO_QUESTION, SAY_PROJECT_NO("number", i->number),
        SAY_TEXT("title", i->title, TITLE), SAY_TEXT("area", i->area, AREA),
        SAY_MONEY("cost", i->cost), SAY_TEXT("summary", buf_str(&cut), SENTENCE),
        SAY_TEXT("voting", buf_str(&voting), SENTENCE));
    buf_free(&cut);
    buf_free(&voting);
}

void reply_info(const struct reply_info *i, struct reply *out)
{
    for (size_t summary = SUMMARY;; summary -= 10) {
        reply_clear(out);
        info(&out->text, out->language, i, summary);
        if (reply_fits(out) || summary == 0)
            return;
    }
}

void reply_no_such(uint16_t number, const struct reply_pick *near, size_t n_near, struct reply *out)
{
    if (n_near == 1)
        SAY(&out->text, out->language, SAY_NO_SUCH_NEAR, SAY_PROJECT_NO("number", number),
            SAY_PROJECT_NO("near", near[0].number), SAY_TEXT("name", near[0].name, NAME));
    else
        SAY(&out->text, out->language, SAY_NO_SUCH, SAY_PROJECT_NO("number", number));
}

/* --- results ------------------------------------------------------------------------------ */

static void winners(struct buf *b, enum language in, const struct reply_result *r, bool names)
{
    for (size_t i = 0; i < r->n_winners; i++) {
        buf_str_add(b, i == 0 ? "" : names ? ", " : " ");
        SAY(b, in, names ? SAY_PROJECT_NAMED : SAY_PROJECT,
            SAY_PROJECT_NO("number", r->winners[i].number),
            SAY_TEXT("name", r->winners[i].name, NAME));
    }
}

static enum say result_words(const struct reply_result *r)
{
    if (r->question)
        return r->adopted ? SAY_RESULT_ADOPTED : SAY_RESULT_NOT_ADOPTED;
    if (r->asked && strcmp(r->reason, "part_funded") == 0)
        return SAY_RESULT_PART;
    if (r->asked)
        return r->won ? SAY_RESULT_WON : SAY_RESULT_NOT_WON;
    return r->n_winners > 0 ? SAY_RESULT : SAY_RESULT_NOTHING;
}

/* wardmote-count's words (count/reasons.c), and how a text says them. */
static const struct {
    const char *word;
    enum say say;
} reasons[] = {
    {"no_votes", SAY_WHY_NO_VOTES},
    {"below_minimum", SAY_WHY_TOO_FEW_VOTES},
    {"below_threshold", SAY_WHY_THRESHOLD},
    {"above_cap", SAY_WHY_CAP},
    {"withdrawn", SAY_WHY_WITHDRAWN},
    {"costs_more_than_budget", SAY_WHY_OVER_ALL},
    {"not_enough_left", SAY_WHY_NOT_LEFT},
    {"excluded", SAY_WHY_EXCLUDED},
    {"money_went_to_others", SAY_WHY_MONEY_WENT},
    {"too_few_supporters", SAY_WHY_TOO_FEW},
    {"count_ended", SAY_WHY_ENDED},
    {"outweighed", SAY_WHY_OUTWEIGHED},
    {"tie", SAY_WHY_TIE},
};

/* SAY_RESULT: nothing more to say. A word that a later rule brings is not told wrongly. */
static enum say why_words(const struct reply_result *r)
{
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (strcmp(r->reason, reasons[i].word) != 0)
            continue;
        if (reasons[i].say == SAY_WHY_MONEY_WENT && r->other == 0)
            return SAY_WHY_MONEY_WENT_ROUND;
        if (reasons[i].say != SAY_WHY_TOO_FEW_VOTES)
            return reasons[i].say;
        return r->question           ? SAY_WHY_TOO_FEW_BALLOTS
               : r->least[0] != '\0' ? SAY_WHY_TOO_FEW_VOTES
                                     : SAY_WHY_TOO_SMALL_SHARE;
    }
    return r->question || r->won ? SAY_RESULT : SAY_WHY_ELSE;
}

static void why(struct buf *b, enum language in, const struct reply_result *r)
{
    enum say which = why_words(r);
    struct buf share = buf_new(40);

    if (which == SAY_RESULT)
        return;
    language_decimal(&share, in, r->share);
    SAY(b, in, which, SAY_MONEY("cost", r->cost), SAY_MONEY("left", r->left),
        SAY_MONEY("amount", r->budget), SAY_NUMBER("score", r->score),
        SAY_TEXT("least", r->least, NAME), SAY_TEXT("share", buf_str(&share), NAME),
        SAY_PROJECT_NO("number", r->other), SAY_TEXT("name", r->other_name, NAME));
    buf_free(&share);
}

static bool result(const struct reply_result *r, bool names, bool numbers, struct reply *out)
{
    struct buf list = buf_new(4096), reason = buf_new(4096);

    if (r->question || r->asked)
        why(&reason, out->language, r);
    if (numbers)
        winners(&list, out->language, r, names);
    else
        SAY(&list, out->language, SAY_PROJECTS, SAY_NUMBER("n", (int64_t)r->n_winners));
    reply_clear(out);
    SAY(&out->text, out->language, result_words(r), SAY_TEXT("area", r->area, AREA),
        SAY_NUMBER("ballots", r->ballots), SAY_TEXT("projects", buf_str(&list), SENTENCE),
        SAY_NUMBER("yes", r->yes), SAY_NUMBER("no", r->no),
        SAY_MONEY("cost", r->asked ? r->cost : r->spent), SAY_MONEY("amount", r->budget),
        SAY_MONEY("left", r->left), SAY_NUMBER("votes", r->votes),
        SAY_TEXT("why", buf_str(&reason), SENTENCE));
    buf_free(&reason);
    buf_free(&list);
    return reply_fits(out);
}

void reply_result(const struct reply_result *r, struct reply *out)
{
    (void)(result(r, true, true, out) || result(r, false, true, out) ||
           result(r, false, false, out));
}
