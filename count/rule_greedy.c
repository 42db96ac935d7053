/* rule_greedy.c: greedy by votes, points or Borda's score, per cost or as they are. The greatest
 * first; what shares a group of exclusions with a winner is passed over, and what does not fit is
 * skipped, ends the count, or gets what is left. */
#include "count/amount.h"
#include "count/greedy_order.h"
#include "count/local.h"

enum { SENTENCE_MAX = 1000 };

/* Pabulib's sentinel for a project that was withdrawn (checker, load_pb_file.py). */
enum { WITHDRAWN_COST = 999999999 };

static const struct param params[] = {
    LOCAL_PARAMS,
    {"threshold", PARAM_COUNT, 0,
     "a proposal with less of what the rule counts (votes or points) is not funded", NULL},
    {"skip", PARAM_YES_NO, 1, "skip what does not fit; otherwise the count ends with it", NULL},
    {"overshoot", PARAM_PERCENT, 0,
     "the first that does not fit is funded nevertheless if what is left is at least this part of "
     "its cost, and the count ends; 0: never",
     NULL},
    {"part-fund", PARAM_PERCENT, 0,
     "the first that does not fit gets what is left if that is at least this part of its cost; "
     "0: never",
     NULL},
    {"fund-unsupported", PARAM_YES_NO, 1, "fund a proposal that nobody voted for, if it fits",
     NULL},
};

struct funding {
    const struct election *e;
    const struct terms *terms;
    struct tally *t;
    uint64_t skip, overshoot, part_fund; /* parameters; the last two 0 once they were used */
    const struct project *ended_by;      /* NULL as long as the count goes on */
};

static const struct project *project_of(const struct funding *f, const struct tally_line *line)
{
    return &f->e->projects[line->project];
}

/* Why a proposal is not even weighed; REASON_WON when nothing speaks against it. */
static enum reason barred(const struct funding *f, const struct project *p)
{
    if (p->votes == 0 && terms_get(f->terms, "fund-unsupported") == 0)
        return REASON_NO_VOTES;
    enum reason local = local_barred(f->e, f->terms, p);
    if (local == REASON_WON &&
        rule_score_below(f->e, f->terms, p, terms_get(f->terms, "threshold")))
        return REASON_BELOW_THRESHOLD;
    return local;
}

/* What is known to be impossible before any count ends nothing and gets nothing. */
static enum reason weigh(const struct funding *f, const struct project *p, const mpq_t left)
{
    if (mpq_cmp(p->cost, left) <= 0)
        return REASON_WON;
    if (mpq_cmp(p->cost, f->e->budget) <= 0)
        return REASON_NOT_ENOUGH_LEFT;
    return mpq_cmp_ui(p->cost, WITHDRAWN_COST, 1) == 0 ? REASON_WITHDRAWN
                                                       : REASON_COSTS_MORE_THAN_BUDGET;
}

/* The winner of this group of exclusions so far, or NULL. */
static const struct tally_line *rival(const struct funding *f, size_t end, const struct project *p)
{
    for (size_t i = 0; p->exclusion != 0 && i < end; i++)
        if (f->t->lines[i].step > 0 && project_of(f, &f->t->lines[i])->exclusion == p->exclusion)
            return &f->t->lines[i];
    return NULL;
}

static void money(const struct funding *f, struct buf *out, const mpq_t amount)
{
    amount_words(out, amount, election_meta(f->e, "currency"));
}

/* "it costs 100.00 and 85.00 was left, at least 80 % of that" */
static struct buf enough_was_left(const struct funding *f, const struct tally_line *line,
                                  const char *before, const char *param)
{
    struct buf text = buf_new(SENTENCE_MAX);
    buf_str_add(&text, before);
    buf_str_add(&text, "it costs ");
    money(f, &text, project_of(f, line)->cost);
    buf_str_add(&text, " and ");
    money(f, &text, line->left);
    buf_fmt(&text, " was left, at least %s %% of that", terms_text(f->terms, param));
    return text;
}

static void fund_in_full(struct funding *f, struct tally_line *line)
{
    struct tally *t = f->t;
    line->reason = REASON_WON;
    line->step = ++t->winner_count;
    mpq_sub(t->left, t->left, project_of(f, line)->cost);
    mpq_add(t->spent, t->spent, project_of(f, line)->cost);
}

/* The first that does not fit, by the clause for it if there is one. */
static void treat_misfit(struct funding *f, struct tally_line *line)
{
    const struct project *p = project_of(f, line);
    struct tally *t = f->t;
    if (f->overshoot > 0 && local_is_part(t->left, f->overshoot, p->cost)) {
        fund_in_full(f, line);
        mpq_set_ui(t->left, 0, 1);
        char before[60];
        snprintf(before, sizeof(before), "Funded as number %zu: ", line->step);
        struct buf text = enough_was_left(f, line, before, "overshoot");
        buf_str_add(&text, "; the budget is exceeded, and the count ends.");
        line->text = buf_take(&text);
        f->ended_by = p;
    } else if (f->part_fund > 0 && local_is_part(t->left, f->part_fund, p->cost)) {
        line->reason = REASON_PART_FUNDED;
        struct buf text = enough_was_left(f, line, "Funded in part: ", "part-fund");
        buf_str_add(&text, ", so it gets what was left.");
        line->text = buf_take(&text);
        mpq_add(t->spent, t->spent, t->left);
        mpq_set_ui(t->left, 0, 1);
    }
    f->overshoot = 0;
    f->part_fund = 0;
    if (f->skip != 0)
        return;
    f->ended_by = p;
    if (line->reason == REASON_NOT_ENOUGH_LEFT) {
        struct buf text = buf_new(SENTENCE_MAX);
        reason_sentence(&text, f->e, f->terms, line);
        buf_str_add(&text, " That ends the count.");
        line->text = buf_take(&text);
    }
}

static void end_before(const struct funding *f, struct tally_line *line)
{
    struct buf text = buf_new(SENTENCE_MAX);
    const struct project *p = f->ended_by;
    line->reason = REASON_ENDED;
    buf_str_add(&text, "Not funded: the count had ended with ");
    buf_str_add(&text, quote(*p->name != '\0' ? p->name : p->id).text);
    buf_str_add(&text, ", the first that did not fit.");
    line->text = buf_take(&text);
}

static void consider(struct funding *f, size_t at)
{
    struct tally_line *line = &f->t->lines[at];
    const struct project *p = project_of(f, line);
    const struct tally_line *winner = rival(f, at, p);
    line->reason = barred(f, p);
    if (line->reason == REASON_WON && winner != NULL) {
        line->reason = REASON_EXCLUDED;
        line->excluded_by = winner->project;
    }
    if (line->reason != REASON_WON)
        return;
    line->reason = weigh(f, p, f->t->left);
    bool possible = line->reason == REASON_WON || line->reason == REASON_NOT_ENOUGH_LEFT;
    if (f->ended_by != NULL && possible) {
        end_before(f, line);
        return;
    }
    line->weighed = true;
    mpq_set(line->left, f->t->left);
    if (line->reason == REASON_WON)
        fund_in_full(f, line);
    else if (line->reason == REASON_NOT_ENOUGH_LEFT)
        treat_misfit(f, line);
}

static bool count(const struct election *e, const struct terms *terms, struct tally *t,
                  struct refusal *why)
{
    enum score score = terms->rule->score;
    if (score == SCORE_POINTS && !rule_needs_points(e, why))
        return false;
    if ((score == SCORE_BORDA || score == SCORE_BORDA_FROM_1) && !rule_needs_ranks(e, why))
        return false;
    tally_init(t, e->project_count);
    greedy_order(e, terms, t);
    struct funding f = {.e = e,
                        .terms = terms,
                        .t = t,
                        .skip = terms_get(terms, "skip"),
                        .overshoot = terms_get(terms, "overshoot"),
                        .part_fund = terms_get(terms, "part-fund")};
    mpq_set(t->left, e->budget);
    for (size_t i = 0; i < t->line_count; i++)
        consider(&f, i);
    greedy_ties(e, terms, t);
    tally_count_voters(t, e);
    return true;
}

#define GREEDY(word, counts, divided, what)                                                        \
    {                                                                                              \
        .name = word, .kind = RULE_FUNDS, .score = counts, .per_cost = divided,                    \
        .summary = "Proposals are taken in order of " what ", most first, if they fit.",           \
        .params = params, .param_count = sizeof(params) / sizeof(params[0]), .count = count,       \
    }

#define FROM_0 "Borda points (of a ballot of n the first gets n - 1, the next n - 2, the last none)"
#define FROM_1 "Borda points (of a ballot of n the first gets n, the next n - 1, the last 1)"

const struct rule rule_greedy = GREEDY("greedy", SCORE_VOTES, false, "votes");
const struct rule rule_greedy_density =
    GREEDY("greedy-density", SCORE_VOTES, true, "votes divided by cost");
const struct rule rule_greedy_points =
    GREEDY("greedy-points", SCORE_POINTS, true, "points divided by cost");
const struct rule rule_greedy_points_raw =
    GREEDY("greedy-points-raw", SCORE_POINTS, false, "points");
const struct rule rule_greedy_borda =
    GREEDY("greedy-borda", SCORE_BORDA, true, FROM_0 " divided by cost");
const struct rule rule_greedy_borda_raw =
    GREEDY("greedy-borda-raw", SCORE_BORDA_FROM_1, false, FROM_1);
