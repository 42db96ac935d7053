/* greedy_order.c: see greedy_order.h. */
#include "count/greedy_order.h"

#include "count/rule.h"

/* What the comparison needs beside two lines; qsort_r hands it on. */
struct order {
    const struct election *e;
    const struct terms *terms;
};

static const struct project *project_of(const struct election *e, const struct tally_line *line)
{
    return &e->projects[line->project];
}

/* x / c against y / d in rationals, multiplied out. */
static int compare_exactly(uint64_t x, mpq_srcptr c, uint64_t y, mpq_srcptr d)
{
    mpq_t left, right;
    mpq_inits(left, right, NULL);
    mpz_set_ui(mpq_numref(left), x);
    mpz_set_ui(mpq_numref(right), y);
    mpq_mul(left, left, d);
    mpq_mul(right, right, c);
    int order = mpq_cmp(left, right);
    mpq_clears(left, right, NULL);
    return order;
}

/* The same by doubles where they can tell: x, y, c and d are each within 2^-52 of themselves as
 * doubles (GMP rounds towards zero), so both products are within 2^-50 of theirs. */
static int compare_ratios(const struct terms *terms, uint64_t x, mpq_srcptr c, uint64_t y,
                          mpq_srcptr d)
{
    double left = (double)x * mpq_get_d(d);
    double right = (double)y * mpq_get_d(c);
    double unsure = (left + right) * 0x1p-48;
    if (!terms->exact && left > right + unsure)
        return 1;
    if (!terms->exact && right > left + unsure)
        return -1;
    return compare_exactly(x, c, y, d);
}

/* Below 0 when p has less. Without a score nothing counts, and without a cost any score is more
 * than all that cost something have. */
static int compare_scores(const struct terms *terms, const struct project *p,
                          const struct project *q)
{
    uint64_t x = rule_score(terms, p), y = rule_score(terms, q);
    bool p_free = mpq_sgn(p->cost) == 0, q_free = mpq_sgn(q->cost) == 0;
    if (!terms->rule->per_cost || x == 0 || y == 0)
        return (x > y) - (x < y);
    if (p_free || q_free)
        return (int)p_free - (int)q_free;
    return compare_ratios(terms, x, p->cost, y, q->cost);
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
    int order = compare_scores(o->terms, q, p);
    if (order == 0)
        order = mpq_cmp(p->cost, q->cost);
    if (order == 0)
        order = (p->votes < q->votes) - (p->votes > q->votes);
    return order != 0 ? order : by_lot(o, a, b);
}

/* Again and again the first of those that are left. */
static void select_plainly(struct tally *t, struct order *order)
{
    for (size_t i = 0; i < t->line_count; i++) {
        size_t first = i;
        for (size_t k = i + 1; k < t->line_count; k++)
            first = compare(&t->lines[k], &t->lines[first], order) < 0 ? k : first;
        struct tally_line kept = t->lines[i];
        t->lines[i] = t->lines[first];
        t->lines[first] = kept;
    }
}

void greedy_order(const struct election *e, const struct terms *terms, struct tally *t)
{
    struct order order = {.e = e, .terms = terms};
    for (size_t i = 0; i < t->line_count; i++) {
        t->lines[i].project = i;
        if (terms->has_seed)
            lot_draw(terms->seed, e->projects[i].id, t->lines[i].lot);
    }
    if (terms->exact)
        select_plainly(t, &order);
    else
        qsort_r(t->lines, t->line_count, sizeof(*t->lines), compare, &order);
}

/* --- ties ----------------------------------------------------------------------------------------
 */

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

/* Barred and excluded ones compete with nobody; one after which the count ended does. */
static bool competes(const struct tally_line *line)
{
    return line->weighed || line->reason == REASON_ENDED;
}

/* Whether the first that does not fit changes what happens to those behind it. */
static bool first_misfit_matters(const struct terms *terms)
{
    return terms_get(terms, "skip") == 0 || terms_get(terms, "overshoot") > 0 ||
           terms_get(terms, "part-fund") > 0;
}

/* Those that would fit if they came first compete for what is left when the first of them is
 * reached; if they do not all fit together, the order among them chose the winners. Where the first
 * that does not fit matters, so does who that is. */
static bool order_mattered(const struct election *e, const struct terms *terms,
                           const struct tally *t, size_t first, size_t end)
{
    bool all_compete = first_misfit_matters(terms);
    bool mattered = order_excluded(t, first, end);
    mpq_t wanted;
    size_t competitors = 0;
    while (first < end && !competes(&t->lines[first]))
        first++;
    if (mattered || first == end || t->lines[first].reason == REASON_ENDED)
        return mattered;
    mpq_init(wanted);
    for (size_t i = first; i < end; i++) {
        const struct project *p = project_of(e, &t->lines[i]);
        if (!competes(&t->lines[i]) || (!all_compete && mpq_cmp(p->cost, t->lines[first].left) > 0))
            continue;
        competitors++;
        mpq_add(wanted, wanted, p->cost);
    }
    mattered = competitors > 1 && mpq_cmp(wanted, t->lines[first].left) > 0;
    mpq_clear(wanted);
    return mattered;
}

static void add_tie(const struct election *e, const struct terms *terms, struct tally *t,
                    size_t first, size_t end, enum tie_break broken_by)
{
    tally_tie_add(t, (struct tie){.first = first,
                                  .count = end - first,
                                  .broken_by = broken_by,
                                  .decisive = order_mattered(e, terms, t, first, end)});
}

/* Lines first .. end - 1 have equal scores and equal costs. */
static void list_equal_costs(const struct election *e, const struct terms *terms, struct tally *t,
                             size_t first, size_t end)
{
    if (project_of(e, &t->lines[first])->votes != project_of(e, &t->lines[end - 1])->votes)
        add_tie(e, terms, t, first, end, TIE_VOTES);
    for (size_t i = first; i < end;) {
        size_t next = i + 1;
        while (next < end &&
               project_of(e, &t->lines[i])->votes == project_of(e, &t->lines[next])->votes)
            next++;
        if (next - i > 1)
            add_tie(e, terms, t, i, next, terms->has_seed ? TIE_LOT : TIE_NATURAL);
        i = next;
    }
}

/* The ties within lines first .. end - 1, which all have equal scores. */
static void list_group(const struct election *e, const struct terms *terms, struct tally *t,
                       size_t first, size_t end)
{
    const struct project *lowest = project_of(e, &t->lines[first]);
    const struct project *highest = project_of(e, &t->lines[end - 1]);
    if (mpq_equal(lowest->cost, highest->cost) == 0)
        add_tie(e, terms, t, first, end, TIE_COST);
    for (size_t i = first; i < end;) {
        const struct project *p = project_of(e, &t->lines[i]);
        size_t next = i + 1;
        while (next < end && mpq_equal(p->cost, project_of(e, &t->lines[next])->cost) != 0)
            next++;
        list_equal_costs(e, terms, t, i, next);
        i = next;
    }
}

void greedy_ties(const struct election *e, const struct terms *terms, struct tally *t)
{
    for (size_t i = 0; i < t->line_count;) {
        const struct project *p = project_of(e, &t->lines[i]);
        size_t next = i + 1;
        while (next < t->line_count &&
               compare_scores(terms, p, project_of(e, &t->lines[next])) == 0)
            next++;
        list_group(e, terms, t, i, next);
        i = next;
    }
}
