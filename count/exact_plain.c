/* exact_plain.c: exact equal shares in rationals, written as it is defined, and its log. */
#include "count/exact_shares.h"

void exact_log_init(struct exact_log *log, size_t projects)
{
    *log = (struct exact_log){.room = projects};
    log->projects = wm_alloc((projects + 1) * sizeof(*log->projects));
    log->payers = wm_alloc((projects + 1) * sizeof(*log->payers));
    log->tied = wm_alloc((projects + 1) * sizeof(*log->tied));
    log->rival = wm_alloc((projects + 1) * sizeof(*log->rival));
    mpq_inits(log->cost, log->next, NULL);
}

void exact_log_free(struct exact_log *log)
{
    free(log->projects);
    free(log->payers);
    free(log->tied);
    free(log->rival);
    mpq_clears(log->cost, log->next, NULL);
}

int exact_compare(const struct profile *p, uint32_t project, uint64_t payers, uint32_t other,
                  uint64_t others)
{
    if (p->utility == UTILITY_COST || project == other)
        return (payers > others) - (payers < others);
    mpq_t left, right;
    mpq_inits(left, right, NULL);
    mpz_set_ui(mpq_numref(left), payers);
    mpz_set_ui(mpq_numref(right), others);
    mpq_mul(left, left, p->e->projects[other].cost);
    mpq_mul(right, right, p->e->projects[project].cost);
    int order = mpq_cmp(left, right);
    mpq_clears(left, right, NULL);
    return order;
}

bool exact_better(const struct profile *p, uint32_t project, uint64_t payers, uint32_t other,
                  uint64_t others)
{
    if (other == EXACT_NONE)
        return true;
    int order = exact_compare(p, project, payers, other, others);
    return order > 0 || (order == 0 && p->rank[project] < p->rank[other]);
}

struct plain {
    const struct profile *p;
    mpq_srcptr endowment;
    struct exact_log *log;
    mpq_t *paid;     /* by class: by each of its voters */
    bool *closed;    /* by project */
    uint32_t *least; /* supporters of one project by what they paid, least first */
};

static int compare_paid(const void *left, const void *right, void *context)
{
    const struct plain *s = context;
    return mpq_cmp(s->paid[*(const uint32_t *)left], s->paid[*(const uint32_t *)right]);
}

/* The next group of supporters who paid the same: *at moves behind it, *voters grows, and out is
 * the endowment from which all up to it can pay. False when there is none. */
static bool next_group(const struct plain *s, uint32_t project, size_t *at, uint64_t *voters,
                       mpq_t out)
{
    size_t count = profile_supports(s->p, project);
    if (*at == count)
        return false;
    mpq_srcptr paid = s->paid[s->least[*at]];
    for (; *at < count && mpq_equal(s->paid[s->least[*at]], paid) != 0; ++*at)
        *voters += s->p->multiplicity[s->least[*at]];
    mpq_set_ui(out, *voters, 1);
    mpq_div(out, s->p->e->projects[project].cost, out);
    mpq_add(out, out, paid);
    return true;
}

static void sort_supporters(const struct plain *s, uint32_t project)
{
    size_t count = profile_supports(s->p, project);
    memcpy(s->least, s->p->support + s->p->starts[project], count * sizeof(*s->least));
    qsort_r(s->least, count, sizeof(*s->least), compare_paid, (void *)(uintptr_t)s);
}

/* The most supporters who can pay equal shares; 0 when none can. */
static uint64_t most_payers(const struct plain *s, uint32_t project)
{
    uint64_t voters = 0;
    uint64_t most = 0;
    size_t at = 0;
    mpq_t needed;
    mpq_init(needed);
    sort_supporters(s, project);
    while (next_group(s, project, &at, &voters, needed))
        most = mpq_cmp(needed, s->endowment) <= 0 ? voters : most;
    mpq_clear(needed);
    return most;
}

static void find_next(const struct plain *s, uint32_t project, uint32_t best, uint64_t payers)
{
    struct exact_log *log = s->log;
    uint64_t voters = 0;
    size_t at = 0;
    mpq_t needed;
    mpq_init(needed);
    sort_supporters(s, project);
    while (next_group(s, project, &at, &voters, needed)) {
        if (mpq_cmp(needed, s->endowment) <= 0 ||
            !exact_better(s->p, project, voters, best, payers))
            continue;
        if (!log->has_next || mpq_cmp(needed, log->next) < 0)
            mpq_set(log->next, needed);
        log->has_next = true;
    }
    mpq_clear(needed);
}

static void note_choice(struct exact_log *log, const struct profile *p, uint32_t best,
                        const uint64_t *payers)
{
    log->projects[log->count] = best;
    log->payers[log->count] = payers[best];
    log->tied[log->count] = 1;
    log->rival[log->count] = EXACT_NONE;
    for (uint32_t i = 0; i < p->project_count; i++) {
        if (i == best || payers[i] == 0 || exact_compare(p, i, payers[i], best, payers[best]) != 0)
            continue;
        uint32_t *rival = &log->rival[log->count];
        log->tied[log->count]++;
        if (*rival == EXACT_NONE || p->rank[i] < p->rank[*rival])
            *rival = i;
    }
}

static void pay(struct plain *s, uint32_t project, uint64_t payers)
{
    mpq_t share, needed;
    mpq_inits(share, needed, NULL);
    mpq_set_ui(share, payers, 1);
    mpq_div(share, s->p->e->projects[project].cost, share);
    for (size_t i = s->p->starts[project]; i < s->p->starts[project + 1]; i++) {
        mpq_ptr paid = s->paid[s->p->support[i]];
        mpq_add(needed, paid, share);
        if (mpq_cmp(needed, s->endowment) <= 0)
            mpq_set(paid, needed);
    }
    mpq_clears(share, needed, NULL);
}

static bool buy_best(struct plain *s)
{
    const struct profile *p = s->p;
    uint64_t *payers = wm_alloc((p->project_count + 1) * sizeof(*payers));
    uint32_t best = EXACT_NONE;
    for (uint32_t i = 0; i < p->project_count; i++) {
        payers[i] = s->closed[i] ? 0 : most_payers(s, i);
        if (payers[i] > 0 &&
            exact_better(p, i, payers[i], best, best != EXACT_NONE ? payers[best] : 0))
            best = i;
    }
    for (uint32_t i = 0; i < p->project_count; i++) {
        if (!s->closed[i])
            find_next(s, i, best, best != EXACT_NONE ? payers[best] : 0);
    }
    if (best != EXACT_NONE) {
        note_choice(s->log, p, best, payers);
        pay(s, best, payers[best]);
        profile_close(p, best, s->closed);
        s->log->count++;
        mpq_add(s->log->cost, s->log->cost, p->e->projects[best].cost);
    }
    free(payers);
    return best != EXACT_NONE;
}

void exact_plain(const struct profile *p, const mpq_t endowment, struct exact_log *log)
{
    struct plain s = {.p = p, .endowment = endowment, .log = log};
    s.paid = wm_alloc((p->class_count + 1) * sizeof(*s.paid));
    s.closed = wm_alloc(p->project_count + 1);
    s.least = wm_alloc((p->class_count + 1) * sizeof(*s.least));
    for (size_t i = 0; i < p->class_count; i++)
        mpq_init(s.paid[i]);
    exact_begin(p, log, s.closed);
    while (buy_best(&s))
        ;
    for (size_t i = 0; i < p->class_count; i++)
        mpq_clear(s.paid[i]);
    free(s.paid);
    free(s.closed);
    free(s.least);
}

void exact_begin(const struct profile *p, struct exact_log *log, bool *closed)
{
    log->count = 0;
    log->has_next = false;
    mpq_set_ui(log->cost, 0, 1);
    for (size_t i = 0; i < p->project_count; i++)
        closed[i] = p->supporters[i] == 0;
    for (size_t k = 0; k < p->project_count; k++) {
        uint32_t project = p->by_rank[k];
        if (closed[project] || mpq_sgn(p->e->projects[project].cost) != 0)
            continue;
        log->payers[log->count] = p->supporters[project];
        log->tied[log->count] = 1;
        log->rival[log->count] = EXACT_NONE;
        log->projects[log->count++] = project;
        profile_close(p, project, closed);
    }
}
