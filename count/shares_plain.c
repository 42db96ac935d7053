/* shares_plain.c: equal shares in rationals, written as it is defined, and its log. */
#include "count/shares.h"

void shares_log_init(struct shares_log *log, size_t projects)
{
    *log = (struct shares_log){.room = projects};
    log->projects = wm_alloc(projects * sizeof(*log->projects) + 1);
    log->tied = wm_alloc(projects * sizeof(*log->tied) + 1);
    log->rival = wm_alloc(projects * sizeof(*log->rival) + 1);
    log->rho = wm_alloc(projects * sizeof(*log->rho) + 1);
    for (size_t i = 0; i < projects; i++)
        mpq_init(log->rho[i]);
    log->in_full_weight = wm_alloc(projects * sizeof(*log->in_full_weight) + 1);
    mpq_init(log->cost);
}

void shares_log_free(struct shares_log *log)
{
    for (size_t i = 0; i < log->room; i++)
        mpq_clear(log->rho[i]);
    mpq_clear(log->cost);
    free(log->projects);
    free(log->tied);
    free(log->rival);
    free(log->rho);
    free(log->in_full_weight);
}

struct plain {
    const struct profile *p;
    mpq_t *left;    /* by class: of each of its voters */
    bool *gone;     /* by project: bought, skipped, or no longer affordable */
    size_t *payers; /* positions in p->support, sorted by left / utility */
};

/* Compares left / utility of two supporters. */
static int compare_payers(const void *first, const void *second, void *context)
{
    const struct plain *s = context;
    size_t a = *(const size_t *)first;
    size_t b = *(const size_t *)second;
    mpq_t x;
    mpq_t y;
    mpq_init(x);
    mpq_init(y);
    mpq_set_ui(x, profile_utility(s->p, b), 1);
    mpq_set_ui(y, profile_utility(s->p, a), 1);
    mpq_mul(x, x, s->left[s->p->support[a]]);
    mpq_mul(y, y, s->left[s->p->support[b]]);
    int order = mpq_cmp(x, y);
    mpq_clear(x);
    mpq_clear(y);
    return order;
}

/* Poorest first: each either can pay rho times the utility, and so can all behind, or gives all. */
static bool find_rho(struct plain *s, size_t project, mpq_t rho, uint64_t *in_full)
{
    const struct profile *p = s->p;
    size_t count = profile_supports(p, project);
    uint64_t weight = p->weight[project];
    bool found = false;
    mpq_t rest;
    mpq_t part;
    mpq_init(rest);
    mpq_init(part);
    mpq_set(rest, p->e->projects[project].cost);
    for (size_t i = 0; i < count; i++)
        s->payers[i] = p->starts[project] + i;
    qsort_r(s->payers, count, sizeof(*s->payers), compare_payers, s);
    for (size_t i = 0; i < count && !found; i++) {
        uint32_t class = p->support[s->payers[i]];
        uint32_t utility = profile_utility(p, s->payers[i]);
        mpq_set_ui(part, weight, 1);
        mpq_div(rho, rest, part);
        mpq_set_ui(part, utility, 1);
        mpq_mul(part, part, rho);
        found = mpq_cmp(part, s->left[class]) <= 0;
        *in_full = weight;
        mpq_set_ui(part, p->multiplicity[class], 1);
        mpq_mul(part, part, s->left[class]);
        mpq_sub(rest, rest, part);
        weight -= (uint64_t)p->multiplicity[class] * utility;
    }
    mpq_clear(rest);
    mpq_clear(part);
    return found;
}

/* False when no project can be paid. The best's rho is left in log->rho. */
static bool find_best(struct plain *s, struct shares_log *log, uint32_t *best)
{
    const struct profile *p = s->p;
    bool any = false;
    uint64_t in_full = 0;
    mpq_t rho, compared, lowest;
    mpq_inits(rho, compared, lowest, NULL);
    for (uint32_t i = 0; i < p->project_count; i++) {
        if (s->gone[i])
            continue;
        if (!find_rho(s, i, rho, &in_full)) {
            s->gone[i] = true;
            continue;
        }
        mpq_set(compared, rho);
        if (p->utility == UTILITY_COST)
            mpq_div(compared, compared, p->e->projects[i].cost);
        int order = any ? mpq_cmp(compared, lowest) : -1;
        uint32_t *rival = &log->rival[log->count];
        if (order < 0) {
            log->tied[log->count] = 1;
            *rival = SHARES_NONE;
        } else if (order == 0) {
            uint32_t loser = p->rank[i] < p->rank[*best] ? *best : i;
            log->tied[log->count]++;
            if (*rival == SHARES_NONE || p->rank[loser] < p->rank[*rival])
                *rival = loser;
        }
        if (order < 0 || (order == 0 && p->rank[i] < p->rank[*best])) {
            *best = i;
            mpq_set(lowest, compared);
            mpq_set(log->rho[log->count], rho);
            log->in_full_weight[log->count] = in_full;
        }
        any = true;
    }
    mpq_clears(rho, compared, lowest, NULL);
    return any;
}

static void pay_plainly(struct plain *s, struct shares_log *log, uint32_t project)
{
    const struct profile *p = s->p;
    mpq_t share;
    mpq_init(share);
    for (size_t i = p->starts[project]; i < p->starts[project + 1]; i++) {
        mpq_ptr left = s->left[p->support[i]];
        mpq_set_ui(share, profile_utility(p, i), 1);
        mpq_mul(share, share, log->rho[log->count]);
        if (mpq_cmp(share, left) > 0) {
            log->in_full = false;
            mpq_set(share, left);
        }
        mpq_sub(left, left, share);
    }
    mpq_clear(share);
    profile_close(p, project, s->gone);
    log->projects[log->count++] = project;
    mpq_add(log->cost, log->cost, p->e->projects[project].cost);
}

static void buy_what_is_free(struct plain *s, struct shares_log *log)
{
    for (size_t k = 0; k < s->p->project_count; k++) {
        uint32_t i = s->p->by_rank[k];
        if (s->gone[i] || mpq_sgn(s->p->e->projects[i].cost) != 0)
            continue;
        mpq_set_ui(log->rho[log->count], 0, 1);
        log->tied[log->count] = 1;
        log->rival[log->count] = SHARES_NONE;
        log->in_full_weight[log->count] = s->p->weight[i];
        pay_plainly(s, log, i);
    }
}

void shares_plain(const struct profile *p, const mpq_t endowment, uint32_t skip,
                  struct shares_log *log)
{
    struct plain s = {.p = p};
    uint32_t best = 0;
    s.left = wm_alloc((p->class_count + 1) * sizeof(*s.left));
    s.gone = wm_alloc(p->project_count + 1);
    s.payers = wm_alloc((p->class_count + 1) * sizeof(*s.payers));
    for (size_t i = 0; i < p->class_count; i++) {
        mpq_init(s.left[i]);
        mpq_set(s.left[i], endowment);
    }
    for (uint32_t i = 0; i < p->project_count; i++)
        s.gone[i] = p->weight[i] == 0 || i == skip;
    log->count = 0;
    log->in_full = true;
    mpq_set_ui(log->cost, 0, 1);
    buy_what_is_free(&s, log);
    while (find_best(&s, log, &best))
        pay_plainly(&s, log, best);
    for (size_t i = 0; i < p->class_count; i++)
        mpq_clear(s.left[i]);
    free(s.left);
    free(s.gone);
    free(s.payers);
}
