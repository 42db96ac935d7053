/* result_reason.c: outcomes of a count in a reader's words. */
#include "server/result_reason.h"

#include "server/result_show.h"
#include "server/tr.h"

enum { SENTENCE_MAX = 4096 };

/* A count's sentence, in English wherever it stands, with whole pounds written as the rest of the
 * page writes them. */
static void sentence(struct html *h, const char *text)
{
    struct buf words = buf_new(SENTENCE_MAX);
    for (const char *c = text; *c != '\0'; c++) {
        bool whole = c > text && c[-1] >= '0' && c[-1] <= '9' && strncmp(c, ".00", 3) == 0 &&
                     !(c[3] >= '0' && c[3] <= '9');
        if (whole)
            c += 2;
        else
            buf_char(&words, *c);
    }
    html_written(h, buf_str(&words));
    buf_free(&words);
}

static bool is_reason(const struct result_proposal *p, const char *word)
{
    return strcmp(p->reason, word) == 0;
}

/* --- funded ------------------------------------------------------------------------------- */

/* Without how many of its supporters it would have lost; `support` in tenths of a percent. */
static void spare(struct html *h, int64_t support)
{
    if (support >= 1000)
        html_trv(
            h, " Had about {n} % fewer supported it, it would not have won.",
            TR_NUMBER("n", support == 1000 ? 1 : (100 * (support - 1000) + support / 2) / support));
}

static void funded(struct html *h, const struct result_part *part, const struct result_proposal *p)
{
    const struct tr_value *values =
        TR_VALUES(TR_NUMBER("step", p->step), TR_MONEY("cost", p->cost), TR_MONEY("left", p->left));
    if (part->by_votes_alone) {
        html_tr_values(h, N_("Funded as number {step} by votes alone, which more voters prefer."),
                       values);
    } else if (part->by_shares >= 0 && p->step > part->by_shares) {
        html_tr_values(h, N_("Funded as number {step} by votes, from what equal shares left."),
                       values);
    } else if (part->by_shares >= 0) {
        html_tr_values(h, N_("Funded as number {step}: its supporters paid for it."), values);
        spare(h, p->support);
    } else if (p->left >= 0) {
        html_tr_values(h, N_("Funded as number {step}: it costs {cost} and {left} was left."),
                       values);
    } else {
        html_tr_values(h, N_("Funded as number {step}."), values);
    }
}

/* --- not funded --------------------------------------------------------------------------- */

static void below_minimum(struct html *h, const struct result_part *part,
                          const struct result_proposal *p)
{
    if (p->plain_votes < part->minimum_votes)
        html_trv(h, "Not funded: it has {votes} votes and needed at least {least}.",
                 TR_NUMBER("votes", p->plain_votes), TR_NUMBER("least", part->minimum_votes));
    else
        html_trv(h,
                 "Not funded: it has {votes} votes and needed those of at least {share} % of all "
                 "ballots.",
                 TR_NUMBER("votes", p->plain_votes), TR_DECIMAL("share", part->minimum_share));
}

/* "98.3". */
static const char *tenths(int64_t n, char out[32])
{
    snprintf(out, 32, "%lld.%d", (long long)(n / 10), (int)(n % 10));
    return out;
}

/* How far from winning: so many more like them would do (write_missing of count/mes_words.c). */
static void missing(struct html *h, int64_t support)
{
    char percent[32], times[32];
    if (support <= 0)
        return;
    html_trv(h, " At best they could pay {percent} % of it",
             TR_DECIMAL("percent", tenths(support, percent)));
    if (support >= 1000)
        html_tr(h, ": it lost a tie.");
    else if (support >= 500)
        html_trv(h, ": about {n} % more supporters like them would have been enough.",
                 TR_NUMBER("n", (100000 - 100 * support + support - 1) / support));
    else
        html_trv(h, ": it would have taken about {times} times as many supporters like them.",
                 TR_DECIMAL("times", tenths((10000 + support - 1) / support, times)));
}

static void outspent(struct html *h, const struct result_proposal *p)
{
    html_trv(h,
             is_reason(p, "too_few_supporters")
                 ? N_("Not funded: its supporters are too few for what it costs, {cost}.")
                 : N_("Not funded: its supporters had enough for it and spent it on others; it "
                      "costs {cost}."),
             TR_MONEY("cost", p->cost));
    missing(h, p->support);
    if (*p->takers != '\0')
        html_trv(h, " Its supporters’ money went to {numbers}.", TR_TEXT("numbers", p->takers));
}

static void nothing_left(struct html *h, const struct result_part *part,
                         const struct result_proposal *p)
{
    if (part->by_votes_alone)
        html_tr(h, "Not funded: by votes alone, which more voters prefer, not enough was left when "
                   "its turn came.");
    else
        html_trv(h,
                 p->left >= 0
                     ? N_("Not funded: it costs {cost} and only {left} was left when its turn "
                          "came.")
                     : N_("Not funded: it costs {cost}, and not enough was left when its turn "
                          "came."),
                 TR_MONEY("cost", p->cost), TR_MONEY("left", p->left));
}

static void excluded(struct html *h, const struct result_proposal *p, const struct proposals *all)
{
    const struct proposal *other = proposal_find(all, p->excluded_by);
    html_trv(h, "Not funded: {name} won, and only one of them can.",
             TR_WRITTEN_IN("name", other != NULL ? other->title : "",
                           other != NULL ? other->language : LANGUAGE_EN));
}

/* Reasons without figures of their own; NULL: a word that only a later count knows. */
static const char *plain_words(const char *reason)
{
    static const char *const words[][2] = {
        {"no_votes", N_("Not funded: nobody voted for it.")},
        {"withdrawn", N_("Not funded: it was withdrawn.")},
        {"costs_more_than_budget",
         N_("Not funded: it costs {cost}, more than the whole budget of {budget}.")},
        {"count_ended",
         N_("Not funded: the count ended before its supporters had the money for it.")},
        {"below_threshold", N_("Not funded: it has fewer votes or points than the rules ask for.")},
        {"above_cap",
         N_("Not funded: it costs {cost}, more than the {cap} % of the budget that one project "
            "may.")},
        {"outweighed", N_("Not funded: the best set of projects that the budget has room for is "
                          "without it.")},
        {"part_funded", N_("Funded in part: it gets what was left.")},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i][0], reason) == 0)
            return words[i][1];
    }
    return NULL;
}

void result_reason(struct html *h, const struct result_part *part, const struct result_proposal *p,
                   const struct proposals *all)
{
    if (h->language == LANGUAGE_EN)
        sentence(h, p->reason_text);
    else if (is_reason(p, "won"))
        funded(h, part, p);
    else if (is_reason(p, "below_minimum"))
        below_minimum(h, part, p);
    else if (is_reason(p, "not_enough_left"))
        nothing_left(h, part, p);
    else if (is_reason(p, "excluded"))
        excluded(h, p, all);
    else if (is_reason(p, "too_few_supporters") || is_reason(p, "money_went_to_others"))
        outspent(h, p);
    else if (plain_words(p->reason) == NULL)
        sentence(h, p->reason_text);
    else
        html_trv(h, plain_words(p->reason), TR_MONEY("cost", p->cost),
                 TR_MONEY("budget", part->budget), TR_DECIMAL("cap", part->maximum_cost));
}

void result_verdict(struct html *h, const struct result_part *part)
{
    static const char *const words[][2] = {
        {"adopted", N_("Adopted: {yes} yes, {no} no.")},
        {"more_no_than_yes", N_("Not adopted: {yes} yes, {no} no.")},
        {"tie", N_("Not adopted, as it is a tie: {yes} yes, {no} no.")},
        {"below_minimum",
         N_("Not adopted: {votes} ballots were cast and at least {least} were needed; {yes} yes, "
            "{no} no.")},
    };
    for (size_t i = 0; h->language != LANGUAGE_EN && i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i][0], part->reason) == 0) {
            html_trv(h, words[i][1], TR_NUMBER("yes", part->yes), TR_NUMBER("no", part->no),
                     TR_NUMBER("votes", part->votes), TR_NUMBER("least", part->minimum_votes));
            return;
        }
    }
    sentence(h, part->reason_text);
}
