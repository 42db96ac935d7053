/* shares_run.c: one run of equal shares where doubles decide what they can, see shares_inside.h. */
#include <math.h>

#include "count/shares_inside.h"

struct shares *shares_new(const struct profile *p)
{
    struct shares *s = wm_alloc(sizeof(*s));
    size_t projects = p->project_count + 1;
    s->p = p;
    s->cost = wm_alloc(projects * sizeof(*s->cost));
    s->cost_error = wm_alloc(projects * sizeof(*s->cost_error));
    s->closed = wm_alloc(projects * sizeof(*s->closed));
    s->owners = wm_alloc((p->class_count + 1) * sizeof(*s->owners));
    for (size_t i = 0; i < p->class_count; i++)
        s->owners[i].voters = p->multiplicity[i];
    s->heap = wm_alloc(projects * sizeof(*s->heap));
    s->met = wm_alloc(projects * sizeof(*s->met));
    s->payments = wm_alloc(projects * sizeof(*s->payments));
    mpq_init(s->rho_exact);
    mpq_t back;
    mpq_init(back);
    for (size_t i = 0; i < p->project_count; i++) {
        s->cost[i] = mpq_get_d(p->e->projects[i].cost);
        mpq_set_d(back, s->cost[i]);
        bool same = mpq_equal(back, p->e->projects[i].cost) != 0;
        s->cost_error[i] = same ? 0 : 2 * UNIT * s->cost[i] * SLACK;
    }
    mpq_clear(back);
    return s;
}

void shares_free(struct shares *s)
{
    for (size_t i = 0; i < s->exact_room; i++)
        mpq_clear(s->exacts[i]);
    mpq_clear(s->rho_exact);
    free(s->cost);
    free(s->cost_error);
    free(s->closed);
    free(s->owners);
    free(s->place_of);
    free(s->met_purses);
    free(s->met_voters);
    free(s->purses);
    free(s->v);
    free(s->d);
    free(s->exacts);
    free(s->groups);
    free(s->heap);
    free(s->met);
    free(s->payments);
    free(s->poor);
    free(s);
}

struct shares_stats shares_stats(const struct shares *s)
{
    return s->stats;
}

void shares_distrust(struct shares *s, bool always)
{
    s->distrust = always;
}

/* --- a heap of projects by the lower bound of rho: rho only grows, so old bounds hold ------------
 */

static void push(struct shares *s, struct candidate c)
{
    size_t at = s->heap_count++;
    for (; at > 0 && s->heap[(at - 1) / 2].lo > c.lo; at = (at - 1) / 2)
        s->heap[at] = s->heap[(at - 1) / 2];
    s->heap[at] = c;
}

static struct candidate pop(struct shares *s)
{
    struct candidate top = s->heap[0];
    struct candidate last = s->heap[--s->heap_count];
    size_t at = 0;
    for (;;) {
        size_t child = 2 * at + 1;
        if (child + 1 < s->heap_count && s->heap[child + 1].lo < s->heap[child].lo)
            child++;
        if (child >= s->heap_count || s->heap[child].lo >= last.lo)
            break;
        s->heap[at] = s->heap[child];
        at = child;
    }
    s->heap[at] = last;
    return top;
}

/* What projects are compared by: rho, or rho / cost. */
static struct candidate as_compared(const struct shares *s, uint32_t project)
{
    double lo = s->rho - s->rho_error;
    double hi = s->rho + s->rho_error;
    if (s->p->utility == UTILITY_COST) {
        double cost = s->cost[project];
        lo = lo / (cost + s->cost_error[project]);
        hi = hi / (cost - s->cost_error[project]);
    }
    return (struct candidate){
        .lo = lo - 8 * UNIT * fabs(lo), .hi = hi + 8 * UNIT * fabs(hi), .project = project};
}

static void buy_for_nothing(struct shares *s, uint32_t project)
{
    struct shares_log *log = s->log;
    mpq_set_ui(log->rho[log->count], 0, 1);
    s->payments[log->count] = (struct payment){.known = true};
    log->tied[log->count] = 1;
    log->rival[log->count] = SHARES_NONE;
    log->in_full_weight[log->count] = s->p->weight[project];
    log->projects[log->count++] = project;
    profile_close(s->p, project, s->closed);
}

/* No project costs its supporters less than its cost shared by all of them in full. */
static void start(struct shares *s, uint32_t skip)
{
    const struct profile *p = s->p;
    s->heap_count = 0;
    for (size_t k = 0; k < p->project_count; k++)
        s->closed[k] = p->weight[k] == 0 || k == skip;
    for (size_t k = 0; k < p->project_count; k++) {
        uint32_t i = p->by_rank[k];
        if (s->closed[i])
            continue;
        if (mpq_sgn(p->e->projects[i].cost) == 0) {
            buy_for_nothing(s, i);
            continue;
        }
        s->rho = s->cost[i] / (double)p->weight[i];
        s->rho_error = (s->cost_error[i] / (double)p->weight[i] + 4 * UNIT * s->rho) * SLACK;
        push(s, as_compared(s, i));
    }
}

/* The exact rho, as projects are compared by it. */
static void compare_exactly(struct shares *s, uint32_t project, mpq_t out)
{
    bool enough = price_exactly(s, project);
    if (!enough)
        abort(); /* it was found affordable a moment ago */
    mpq_set(out, s->rho_exact);
    if (s->p->utility == UTILITY_COST)
        mpq_div(out, out, s->p->e->projects[project].cost);
}

/* Among equally good ones the lowest rank wins; the next by rank is remembered as its rival. */
static void note_tie(struct shares *s, uint32_t *best, uint32_t other, uint32_t *rival)
{
    const uint32_t *rank = s->p->rank;
    uint32_t loser = rank[other] < rank[*best] ? *best : other;
    *best = rank[other] < rank[*best] ? other : *best;
    if (*rival == SHARES_NONE || rank[loser] < rank[*rival])
        *rival = loser;
    s->log->tied[s->log->count]++;
}

/* s->met[0 .. count) overlap: rationals decide. */
static uint32_t choose_exactly(struct shares *s, size_t count)
{
    struct shares_log *log = s->log;
    uint32_t best = s->met[0].project;
    mpq_t lowest;
    mpq_t other;
    mpq_init(lowest);
    mpq_init(other);
    s->stats.exact_choices++;
    compare_exactly(s, best, lowest);
    for (size_t i = 1; i < count; i++) {
        compare_exactly(s, s->met[i].project, other);
        int order = mpq_cmp(other, lowest);
        if (order < 0) {
            mpq_swap(lowest, other);
            best = s->met[i].project;
            log->tied[log->count] = 1;
            log->rival[log->count] = SHARES_NONE;
        } else if (order == 0) {
            note_tie(s, &best, s->met[i].project, &log->rival[log->count]);
        }
    }
    mpq_clear(lowest);
    mpq_clear(other);
    return best;
}

/* Weighs projects until the rest cannot be better; false when no project can be paid. */
bool run_choose(struct shares *s, uint32_t *best)
{
    double bound = INFINITY;
    size_t contenders = 0;
    s->met_count = 0;
    while (s->heap_count > 0 && s->heap[0].lo <= bound) {
        struct candidate c = pop(s);
        if (s->closed[c.project] || !price_project(s, c.project))
            continue;
        c = as_compared(s, c.project);
        s->met[s->met_count++] = c;
        bound = c.hi < bound ? c.hi : bound;
    }
    if (s->met_count == 0)
        return false;
    for (size_t i = 0; i < s->met_count; i++) {
        if (s->met[i].lo <= bound) {
            struct candidate c = s->met[i];
            s->met[i] = s->met[contenders];
            s->met[contenders++] = c;
        }
    }
    s->log->tied[s->log->count] = 1;
    s->log->rival[s->log->count] = SHARES_NONE;
    *best = contenders == 1 ? s->met[0].project : choose_exactly(s, contenders);
    for (size_t i = 0; i < s->met_count; i++) {
        if (s->met[i].project != *best)
            push(s, s->met[i]);
    }
    return true;
}

static void remember_poor(struct shares *s)
{
    if (s->poor_count + s->poor_groups > s->poor_room) {
        s->poor_room = s->poor_room * 2 + s->poor_groups + 256;
        s->poor = wm_realloc(s->poor, s->poor_room * sizeof(*s->poor));
    }
    for (size_t i = 0; i < s->poor_groups; i++)
        s->poor[s->poor_count++] =
            (struct poor){.purse = s->groups[i].purse, .voters = s->groups[i].voters};
}

/* A purse for each group after the payment. */
static void pay_groups(struct shares *s)
{
    for (size_t i = 0; i < s->group_count; i++) {
        struct group *g = &s->groups[i];
        uint32_t utility = (uint32_t)g->utility;
        if (i < s->poor_groups || g->spent) {
            g->target = purse_add_empty(s, g->purse, utility) | EMPTY;
            continue;
        }
        double share = s->rho * g->utility;
        double left = g->v > share ? g->v - share : 0; /* the exact value is not below 0 */
        double error = g->d + s->rho_error * g->utility + 2 * UNIT * (share + g->v);
        g->target = purse_add(s, g->purse, utility, left, error * SLACK);
    }
}

static int compare_groups(const void *left, const void *right)
{
    const struct group *a = left;
    const struct group *b = right;
    return a->utility < b->utility ? -1 : a->utility > b->utility;
}

/* Supporters and groups both by utility, so that a purse and its utility name one group. */
static void pay(struct shares *s, uint32_t project)
{
    const struct profile *p = s->p;
    uint32_t utility = 0;
    size_t group = 0;
    pay_groups(s);
    if (p->utilities != NULL)
        qsort(s->groups, s->group_count, sizeof(*s->groups), compare_groups);
    for (size_t i = p->starts[project]; i < p->starts[project + 1]; i++) {
        uint32_t *purse = &s->owners[p->support[i]].purse;
        if (profile_utility(p, i) != utility) {
            utility = profile_utility(p, i);
            for (; group < s->group_count && s->groups[group].utility == utility; group++)
                s->place_of[s->groups[group].purse] = (uint32_t)group;
        }
        if ((*purse & EMPTY) == 0)
            *purse = s->groups[s->place_of[*purse]].target;
    }
}

void run_buy(struct shares *s, uint32_t project)
{
    struct shares_log *log = s->log;
    if (s->priced != project && !price_project(s, project))
        abort(); /* it was found affordable a moment ago */
    s->payments[log->count] = (struct payment){.rho = s->rho,
                                               .rho_error = s->rho_error,
                                               .weight = s->rich_weight,
                                               .poor = s->poor_count,
                                               .poor_count = s->poor_groups,
                                               .known = s->rho_is_exact};
    if (s->rho_is_exact)
        mpq_set(log->rho[log->count], s->rho_exact);
    else
        remember_poor(s);
    log->in_full_weight[log->count] = s->rich_weight;
    log->in_full = log->in_full && s->everyone && s->poor_groups == 0;
    pay(s, project);
    s->priced = SHARES_NONE;
    log->projects[log->count++] = project;
    profile_close(s->p, project, s->closed);
    mpq_add(log->cost, log->cost, s->p->e->projects[project].cost);
}

void run_begin(struct shares *s, const mpq_t endowment, uint32_t skip, struct shares_log *log)
{
    s->log = log;
    log->count = 0;
    log->in_full = true;
    mpq_set_ui(log->cost, 0, 1);
    s->priced = SHARES_NONE;
    purses_reset(s, endowment);
    start(s, skip);
}

void run_on(struct shares *s)
{
    uint32_t project;
    while (run_choose(s, &project))
        run_buy(s, project);
}

void shares_run(struct shares *s, const mpq_t endowment, uint32_t skip, struct shares_log *log)
{
    run_begin(s, endowment, skip, log);
    run_on(s);
}

void shares_settle(struct shares *s, struct shares_log *log)
{
    s->log = log;
    steps_exact(s, log->count);
}
