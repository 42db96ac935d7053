/* exact_shares.c: exact equal shares where doubles decide what they can.
 *
 * Voters who paid at the same steps have paid the same; they are one purse. What they paid is a sum
 * of shares cost / payers: as a double, n additions of numbers within 4 u of themselves (u = 2^-53,
 * costs to doubles 2 u, the division u) are within (n + 4) u of the sum (Higham, Accuracy and
 * Stability of Numerical Algorithms, 2nd ed., section 4.2), so that with n < 2^14 projects 2^-38 of
 * the sum covers it, the share that is added to it, and comparisons. Where two sums, or a sum and
 * the endowment, are closer than that, the project is weighed in rationals. Payers only get fewer
 * from step to step, so that old numbers of them are upper bounds. */
#include "count/exact_shares.h"

#include <math.h>

#define DOUBT 0x1p-38

struct purse {
    uint32_t parent;
    uint32_t step; /* at which the last share was paid */
    double paid;
    bool known; /* exact[] has it */
};

struct part {
    double paid;
    uint64_t voters;
    uint32_t purse;
};

/* An endowment that may be the next: x(purse) + cost / payers, for what was sold at a step. */
struct coming {
    double endowment;
    uint64_t payers;
    uint32_t project;
    uint32_t purse;
};

struct exact_shares {
    const struct profile *p;
    struct exact_log *log;
    mpq_srcptr endowment;
    double limit; /* the endowment, as a double */
    double *cost;
    bool *closed;
    uint64_t *payers; /* by project: how many can pay it, or could at an earlier step */
    bool *weighed;    /* at this step */

    uint32_t *purse_of; /* by class */
    struct purse *purses;
    mpq_t *exact;
    uint32_t *seen, *part_of; /* by purse: the gathering that met it, and its part there */
    uint32_t *heir;           /* by purse: what its owners have after they pay, or EXACT_NONE */
    size_t purse_count, purse_room;
    uint32_t gathering;

    struct part *parts; /* of the project that is weighed, who paid least first */
    size_t part_count;

    struct coming *coming;
    size_t coming_count, coming_room;
    double soonest; /* no endowment above this is the next */
    bool distrust;
};

struct exact_shares *exact_shares_new(const struct profile *p)
{
    struct exact_shares *s = wm_alloc(sizeof(*s));
    s->p = p;
    s->cost = wm_alloc((p->project_count + 1) * sizeof(*s->cost));
    s->closed = wm_alloc(p->project_count + 1);
    s->payers = wm_alloc((p->project_count + 1) * sizeof(*s->payers));
    s->weighed = wm_alloc(p->project_count + 1);
    s->purse_of = wm_alloc((p->class_count + 1) * sizeof(*s->purse_of));
    s->parts = wm_alloc((p->class_count + 1) * sizeof(*s->parts));
    for (size_t i = 0; i < p->project_count; i++)
        s->cost[i] = mpq_get_d(p->e->projects[i].cost);
    return s;
}

void exact_shares_free(struct exact_shares *s)
{
    for (size_t i = 0; i < s->purse_room; i++)
        mpq_clear(s->exact[i]);
    free(s->cost);
    free(s->closed);
    free(s->payers);
    free(s->weighed);
    free(s->purse_of);
    free(s->purses);
    free(s->exact);
    free(s->seen);
    free(s->part_of);
    free(s->heir);
    free(s->parts);
    free(s->coming);
    free(s);
}

void exact_distrust(struct exact_shares *s, bool always)
{
    s->distrust = always;
}

/* exact_compare and exact_better by doubles where they can tell. */
static int compare(const struct exact_shares *s, uint32_t project, uint64_t payers, uint32_t other,
                   uint64_t others)
{
    double left = (double)payers * s->cost[other];
    double right = (double)others * s->cost[project];
    if (s->p->utility == UTILITY_COST || fabs(left - right) <= DOUBT * left)
        return exact_compare(s->p, project, payers, other, others);
    return left > right ? 1 : -1;
}

static bool better(const struct exact_shares *s, uint32_t project, uint64_t payers, uint32_t other)
{
    if (other == EXACT_NONE)
        return true;
    int order = compare(s, project, payers, other, s->payers[other]);
    return order > 0 || (order == 0 && s->p->rank[project] < s->p->rank[other]);
}

/* --- purses --------------------------------------------------------------------------------------
 */

static void grow_purses(struct exact_shares *s)
{
    size_t room = s->purse_room + s->purse_room / 2 + 1024;
    s->purses = wm_realloc(s->purses, room * sizeof(*s->purses));
    s->exact = wm_realloc(s->exact, room * sizeof(*s->exact));
    s->seen = wm_realloc(s->seen, room * sizeof(*s->seen));
    s->part_of = wm_realloc(s->part_of, room * sizeof(*s->part_of));
    s->heir = wm_realloc(s->heir, room * sizeof(*s->heir));
    for (size_t i = s->purse_room; i < room; i++)
        mpq_init(s->exact[i]);
    s->purse_room = room;
}

static uint32_t add_purse(struct exact_shares *s, struct purse purse)
{
    if (s->purse_count == s->purse_room)
        grow_purses(s);
    s->purses[s->purse_count] = purse;
    s->seen[s->purse_count] = 0;
    return (uint32_t)s->purse_count++;
}

static mpq_srcptr paid_exactly(struct exact_shares *s, uint32_t purse)
{
    struct purse *it = &s->purses[purse];
    if (it->known)
        return s->exact[purse];
    mpq_srcptr before = paid_exactly(s, it->parent);
    mpq_ptr out = s->exact[purse];
    mpq_set_ui(out, s->log->payers[it->step], 1);
    mpq_div(out, s->p->e->projects[s->log->projects[it->step]].cost, out);
    mpq_add(out, out, before);
    it->known = true;
    return out;
}

/* The endowment with which owners of `purse` can pay their part of the project. */
static void needed_exactly(struct exact_shares *s, uint32_t project, uint32_t purse,
                           uint64_t payers, mpq_t out)
{
    mpq_set_ui(out, payers, 1);
    mpq_div(out, s->p->e->projects[project].cost, out);
    mpq_add(out, out, paid_exactly(s, purse));
}

/* --- weighing one project ------------------------------------------------------------------------
 */

static int compare_parts(const void *left, const void *right)
{
    const struct part *a = left;
    const struct part *b = right;
    return (a->paid > b->paid) - (a->paid < b->paid);
}

static int compare_parts_exactly(const void *left, const void *right, void *context)
{
    const struct part *a = left;
    const struct part *b = right;
    struct exact_shares *s = context;
    return mpq_cmp(paid_exactly(s, a->purse), paid_exactly(s, b->purse));
}

static void gather(struct exact_shares *s, uint32_t project)
{
    const struct profile *p = s->p;
    s->gathering++;
    s->part_count = 0;
    for (size_t i = p->starts[project]; i < p->starts[project + 1]; i++) {
        uint32_t purse = s->purse_of[p->support[i]];
        if (s->seen[purse] != s->gathering) {
            s->seen[purse] = s->gathering;
            s->part_of[purse] = (uint32_t)s->part_count;
            s->parts[s->part_count++] =
                (struct part){.paid = s->purses[purse].paid, .purse = purse};
        }
        s->parts[s->part_of[purse]].voters += p->multiplicity[p->support[i]];
    }
    qsort(s->parts, s->part_count, sizeof(*s->parts), compare_parts);
    bool close = s->distrust;
    for (size_t i = 1; i < s->part_count && !close; i++)
        close = s->parts[i].paid - s->parts[i - 1].paid <= DOUBT * s->parts[i].paid;
    if (close)
        qsort_r(s->parts, s->part_count, sizeof(*s->parts), compare_parts_exactly, s);
}

/* Whether part i and the next paid the same, so that no number of payers ends between them. */
static bool is_joined(struct exact_shares *s, size_t i)
{
    if (i + 1 == s->part_count)
        return false;
    const struct part *a = &s->parts[i];
    const struct part *b = &s->parts[i + 1];
    if (!s->distrust && b->paid - a->paid > DOUBT * b->paid)
        return false;
    return mpq_equal(paid_exactly(s, a->purse), paid_exactly(s, b->purse)) != 0;
}

/* Whether the endowment is enough for the j who paid least; `needed` is how much as a double. */
static bool is_enough(struct exact_shares *s, uint32_t project, size_t i, uint64_t payers,
                      double needed)
{
    if (!s->distrust && needed < s->limit * (1 - DOUBT))
        return true;
    if (!s->distrust && needed > s->limit * (1 + DOUBT))
        return false;
    mpq_t exactly;
    mpq_init(exactly);
    needed_exactly(s, project, s->parts[i].purse, payers, exactly);
    bool enough = mpq_cmp(exactly, s->endowment) <= 0;
    mpq_clear(exactly);
    return enough;
}

static void weigh(struct exact_shares *s, uint32_t project)
{
    uint64_t voters = 0;
    gather(s, project);
    s->weighed[project] = true;
    s->payers[project] = 0;
    for (size_t i = 0; i < s->part_count; i++) {
        voters += s->parts[i].voters;
        double needed = s->parts[i].paid + s->cost[project] / (double)voters;
        if (!is_joined(s, i) && is_enough(s, project, i, voters, needed))
            s->payers[project] = voters;
    }
}

/* --- the next endowment --------------------------------------------------------------------------
 */

static void add_coming(struct exact_shares *s, struct coming coming)
{
    if (coming.endowment * (1 + DOUBT) < s->soonest) {
        size_t kept = 0;
        s->soonest = coming.endowment * (1 + DOUBT);
        for (size_t i = 0; i < s->coming_count; i++) {
            if (s->coming[i].endowment * (1 - DOUBT) <= s->soonest)
                s->coming[kept++] = s->coming[i];
        }
        s->coming_count = kept;
    }
    if (s->coming_count == s->coming_room) {
        s->coming_room = s->coming_room * 2 + 64;
        s->coming = wm_realloc(s->coming, s->coming_room * sizeof(*s->coming));
    }
    s->coming[s->coming_count++] = coming;
}

/* What more of its supporters could pay than what was bought at this step (EXACT_NONE: nothing). */
static void look_ahead(struct exact_shares *s, uint32_t project, uint32_t best)
{
    uint64_t voters = 0;
    uint64_t all = s->p->supporters[project];
    if (s->cost[project] / (double)all * (1 - DOUBT) > s->soonest || !better(s, project, all, best))
        return;
    gather(s, project);
    for (size_t i = 0; i < s->part_count; i++) {
        voters += s->parts[i].voters;
        double needed = s->parts[i].paid + s->cost[project] / (double)voters;
        if (needed * (1 - DOUBT) > s->soonest || is_joined(s, i) ||
            !better(s, project, voters, best) || is_enough(s, project, i, voters, needed))
            continue;
        add_coming(s, (struct coming){.endowment = needed,
                                      .payers = voters,
                                      .project = project,
                                      .purse = s->parts[i].purse});
    }
}

static void settle_next(struct exact_shares *s)
{
    struct exact_log *log = s->log;
    mpq_t needed;
    mpq_init(needed);
    for (size_t i = 0; i < s->coming_count; i++) {
        const struct coming *c = &s->coming[i];
        needed_exactly(s, c->project, c->purse, c->payers, needed);
        if (!log->has_next || mpq_cmp(needed, log->next) < 0)
            mpq_set(log->next, needed);
        log->has_next = true;
    }
    mpq_clear(needed);
}

/* --- steps ---------------------------------------------------------------------------------------
 */

/* Of those not weighed at this step the one that may be best; EXACT_NONE when all were. */
static uint32_t most_promising(const struct exact_shares *s)
{
    uint32_t best = EXACT_NONE;
    for (uint32_t i = 0; i < s->p->project_count; i++) {
        if (!s->closed[i] && !s->weighed[i] && s->payers[i] > 0 && better(s, i, s->payers[i], best))
            best = i;
    }
    return best;
}

/* Weighs projects until the rest cannot be as good as the best; that one, or EXACT_NONE. */
static uint32_t choose(struct exact_shares *s)
{
    struct exact_log *log = s->log;
    uint32_t best = EXACT_NONE;
    memset(s->weighed, 0, s->p->project_count);
    for (;;) {
        uint32_t i = most_promising(s);
        if (i == EXACT_NONE ||
            (best != EXACT_NONE && compare(s, i, s->payers[i], best, s->payers[best]) < 0))
            break;
        weigh(s, i);
        if (s->payers[i] > 0 && better(s, i, s->payers[i], best))
            best = i;
    }
    log->tied[log->count] = 0;
    log->rival[log->count] = EXACT_NONE;
    for (uint32_t i = 0; best != EXACT_NONE && i < s->p->project_count; i++) {
        uint32_t *rival = &log->rival[log->count];
        if (s->closed[i] || !s->weighed[i] || s->payers[i] == 0 ||
            compare(s, i, s->payers[i], best, s->payers[best]) != 0)
            continue;
        log->tied[log->count]++;
        if (i != best && (*rival == EXACT_NONE || s->p->rank[i] < s->p->rank[*rival]))
            *rival = i;
    }
    return best;
}

/* The parts of the project that pay, who are its first `payers` supporters, get new purses. */
static void buy(struct exact_shares *s, uint32_t project)
{
    struct exact_log *log = s->log;
    const struct profile *p = s->p;
    uint64_t payers = s->payers[project];
    uint64_t voters = 0;
    double share = s->cost[project] / (double)payers;
    gather(s, project);
    for (size_t i = 0; i < s->part_count; i++) {
        uint32_t purse = s->parts[i].purse;
        voters += s->parts[i].voters;
        uint32_t heir = EXACT_NONE;
        if (voters <= payers)
            heir = add_purse(s, (struct purse){.parent = purse,
                                               .step = (uint32_t)log->count,
                                               .paid = s->parts[i].paid + share});
        s->heir[purse] = heir;
    }
    for (size_t i = p->starts[project]; i < p->starts[project + 1]; i++) {
        uint32_t *purse = &s->purse_of[p->support[i]];
        *purse = s->heir[*purse] != EXACT_NONE ? s->heir[*purse] : *purse;
    }
    log->payers[log->count] = payers;
    log->projects[log->count++] = project;
    mpq_add(log->cost, log->cost, p->e->projects[project].cost);
    profile_close(p, project, s->closed);
}

static void start(struct exact_shares *s, const mpq_t endowment, struct exact_log *log)
{
    s->log = log;
    s->endowment = endowment;
    s->limit = mpq_get_d(endowment);
    s->purse_count = 0;
    s->gathering = 0;
    s->coming_count = 0;
    s->soonest = INFINITY;
    memset(s->purse_of, 0, s->p->class_count * sizeof(*s->purse_of));
    memcpy(s->payers, s->p->supporters, s->p->project_count * sizeof(*s->payers));
    add_purse(s, (struct purse){.parent = EXACT_NONE, .known = true});
    mpq_set_ui(s->exact[0], 0, 1);
    exact_begin(s->p, log, s->closed);
}

void exact_run(struct exact_shares *s, const mpq_t endowment, struct exact_log *log)
{
    uint32_t best;
    start(s, endowment, log);
    do {
        best = choose(s);
        for (uint32_t i = 0; i < s->p->project_count; i++) {
            if (!s->closed[i])
                look_ahead(s, i, best);
        }
        if (best != EXACT_NONE)
            buy(s, best);
    } while (best != EXACT_NONE);
    settle_next(s);
}
