/* rule_greedy.c: greedy by votes, by points and by Borda's score. The greatest first; what does not
 * fit is skipped, and so is what shares a group of exclusions with a winner. */
#include "count/rule.h"

/* Pabulib's sentinel for a project that was withdrawn (checker, load_pb_file.py). */
enum { WITHDRAWN_COST = 999999999 };

static const struct param params[] = {
    {"minimum-votes", PARAM_COUNT, 0, "a proposal with fewer votes is not funded", NULL},
    {"fund-unsupported", PARAM_YES_NO, 1, "fund a proposal that nobody voted for, if it fits",
     NULL},
};

/* What the comparison needs beside two lines; qsort_r hands it on. */
struct order {
    const struct election *e;
    const struct terms *terms;
};

static const struct project *project_of(const struct election *e, const struct tally_line *line)
{
    return &e->projects[line->project];
}

uint64_t rule_score(const struct terms *terms, const struct project *p)
{
    if (terms->rule == &rule_greedy_points)
        return p->points;
    return terms->rule == &rule_greedy_borda ? p->borda : p->votes;
}

static int by_lot(const struct order *o, const struct tally_line *a, const struct tally_line *b)
{
    int order = o->terms->has_seed ? memcmp(a->lot, b->lot, sizeof(a->lot)) : 0;
    return order != 0 ? order : lot_natural(project_of(o->e, a)->id, project_of(o->e, b)->id);
}

/* A total order, as ids differ: the result depends neither on the file's order nor on qsort. */
static int compare(const void *left, const void *right, void *context)
{
    const struct tally_line *a = left;
    const struct tally_line *b = right;
    const struct order *o = context;
    const struct project *p = project_of(o->e, a);
    const struct project *q = project_of(o->e, b);
    uint64_t score = rule_score(o->terms, p), other = rule_score(o->terms, q);
    if (score != other)
        return score > other ? -1 : 1;
    int order = mpq_cmp(p->cost, q->cost);
    return order != 0 ? order : by_lot(o, a, b);
}

static void put_in_order(const struct election *e, const struct terms *terms, struct tally *t)
{
    struct order order = {.e = e, .terms = terms};
    for (size_t i = 0; i < t->line_count; i++) {
        t->lines[i].project = i;
        if (terms->has_seed)
            lot_draw(terms->seed, e->projects[i].id, t->lines[i].lot);
    }
    qsort_r(t->lines, t->line_count, sizeof(*t->lines), compare, &order);
}

/* Why a proposal is not even weighed; REASON_WON when nothing speaks against it. */
static enum reason barred(const struct terms *terms, const struct project *p)
{
    if (p->votes == 0 && terms_get(terms, "fund-unsupported") == 0)
        return REASON_NO_VOTES;
    if (p->votes < terms_get(terms, "minimum-votes"))
        return REASON_BELOW_MINIMUM;
    return REASON_WON;
}

static enum reason weigh(const struct election *e, const struct project *p, const mpq_t left)
{
    if (mpq_cmp(p->cost, left) <= 0)
        return REASON_WON;
    if (mpq_cmp(p->cost, e->budget) <= 0)
        return REASON_NOT_ENOUGH_LEFT;
    return mpq_cmp_ui(p->cost, WITHDRAWN_COST, 1) == 0 ? REASON_WITHDRAWN
                                                       : REASON_COSTS_MORE_THAN_BUDGET;
}

/* The winner of this group of exclusions so far, or NULL. */
static const struct tally_line *rival(const struct election *e, const struct tally *t, size_t end,
                                      const struct project *p)
{
    for (size_t i = 0; p->exclusion != 0 && i < end; i++)
        if (t->lines[i].step > 0 && project_of(e, &t->lines[i])->exclusion == p->exclusion)
            return &t->lines[i];
    return NULL;
}

static void fund(const struct election *e, const struct terms *terms, struct tally *t)
{
    mpq_set(t->left, e->budget);
    for (size_t i = 0; i < t->line_count; i++) {
        struct tally_line *line = &t->lines[i];
        const struct project *p = project_of(e, line);
        const struct tally_line *winner = rival(e, t, i, p);
        line->reason = barred(terms, p);
        if (line->reason == REASON_WON && winner != NULL) {
            line->reason = REASON_EXCLUDED;
            line->excluded_by = winner->project;
        }
        if (line->reason != REASON_WON)
            continue;
        line->weighed = true;
        mpq_set(line->left, t->left);
        line->reason = weigh(e, p, t->left);
        if (line->reason != REASON_WON)
            continue;
        line->step = ++t->winner_count;
        mpq_sub(t->left, t->left, p->cost);
        mpq_add(t->spent, t->spent, p->cost);
    }
}

/* Two of one group of exclusions among equals: the order chose between them. */
static bool order_excluded(const struct tally *t, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        const struct tally_line *a = &t->lines[i];
        if (a->reason == REASON_EXCLUDED)
            for (size_t k = first; k < i; k++)
                if (t->lines[k].project == a->excluded_by)
                    return true;
    }
    return false;
}

/* Those that would fit if they came first compete for what is left when the first of them is
 * reached; if they do not all fit together, the order among them chose the winners. Some of equal
 * points may be barred or excluded, and compete with nobody. */
static bool order_mattered(const struct election *e, const struct tally *t, size_t first,
                           size_t end)
{
    mpq_t wanted;
    bool mattered = order_excluded(t, first, end);
    while (first < end && !t->lines[first].weighed)
        first++;
    mpq_init(wanted);
    for (size_t i = first; !mattered && i < end; i++) {
        const struct project *p = project_of(e, &t->lines[i]);
        if (t->lines[i].weighed && mpq_cmp(p->cost, t->lines[first].left) <= 0)
            mpq_add(wanted, wanted, p->cost);
        mattered = mpq_cmp(wanted, t->lines[first].left) > 0;
    }
    mpq_clear(wanted);
    return mattered;
}

static void add_tie(const struct election *e, struct tally *t, size_t first, size_t end,
                    enum tie_break broken_by)
{
    tally_tie_add(t, (struct tie){.first = first,
                                  .count = end - first,
                                  .broken_by = broken_by,
                                  .decisive = order_mattered(e, t, first, end)});
}

/* The ties within lines first .. end - 1, which all have equal votes. */
static void list_group(const struct election *e, const struct terms *terms, struct tally *t,
                       size_t first, size_t end)
{
    const struct project *lowest = project_of(e, &t->lines[first]);
    const struct project *highest = project_of(e, &t->lines[end - 1]);
    if (mpq_equal(lowest->cost, highest->cost) == 0)
        add_tie(e, t, first, end, TIE_COST);
    for (size_t i = first; i < end;) {
        const struct project *p = project_of(e, &t->lines[i]);
        size_t next = i + 1;
        while (next < end && mpq_equal(p->cost, project_of(e, &t->lines[next])->cost) != 0)
            next++;
        if (next - i > 1)
            add_tie(e, t, i, next, terms->has_seed ? TIE_LOT : TIE_NATURAL);
        i = next;
    }
}

static void list_ties(const struct election *e, const struct terms *terms, struct tally *t)
{
    for (size_t i = 0; i < t->line_count;) {
        uint64_t score = rule_score(terms, project_of(e, &t->lines[i]));
        size_t next = i + 1;
        while (next < t->line_count && rule_score(terms, project_of(e, &t->lines[next])) == score)
            next++;
        list_group(e, terms, t, i, next);
        i = next;
    }
}

static bool count(const struct election *e, const struct terms *terms, struct tally *t,
                  struct refusal *why)
{
    if (terms->rule == &rule_greedy_points && !e->points_whole)
        return refuse(why, 0,
                      "these ballots give no whole points, so they are not counted by points");
    if (terms->rule == &rule_greedy_borda && e->vote_type != VOTE_ORDINAL)
        return refuse(why, 0, "these ballots are no rankings, so they have no Borda score");
    tally_init(t, e->project_count);
    put_in_order(e, terms, t);
    fund(e, terms, t);
    list_ties(e, terms, t);
    tally_count_voters(t, e);
    return true;
}

#define GREEDY(word, unit_word, what)                                                              \
    {                                                                                              \
        .name = word, .kind = RULE_FUNDS, .unit = unit_word,                                       \
        .summary = "Proposals are taken in order of " what                                         \
                   ", most first; one that costs more than what is left is skipped.",              \
        .params = params, .param_count = sizeof(params) / sizeof(params[0]), .count = count,       \
    }

const struct rule rule_greedy = GREEDY("greedy", "votes", "votes");
const struct rule rule_greedy_points = GREEDY("greedy-points", "points", "points");
/* Borda's score as cities use it: of a ballot of n the first gets n points, the last gets one
 * (pabulib's checker counts so; pabutools gives the last none). */
const struct rule rule_greedy_borda =
    GREEDY("greedy-borda", "points",
           "Borda points (of a ballot of n the first gets n, the next n - 1, the last 1)");
