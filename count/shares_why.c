/* shares_why.c: effective support and takers, from the purses of the last run.
 *
 * Sums are doubles with the bounds of shares_inside.h; a figure is printed from them where the
 * bounds leave no doubt about its last digit, and computed in rationals otherwise. */
#include "count/shares_why.h"

#include "count/shares_inside.h"

/* A sum of terms >= 0, each within its error. */
struct sum {
    double value, error;
    size_t terms;
};

struct asker {
    const struct profile *p;
    struct shares *s;
    const struct shares_log *log;
    double *rho, *rho_error; /* by step, as the one asked for may pay it */
    struct sum *sums;        /* by step, and one for the end */
    struct sum *taken;       /* by step: what supporters paid there */
};

static void add_term(struct sum *sum, double value, double error)
{
    sum->value += value;
    sum->error += error;
    sum->terms++;
}

/* floor(sum * scale), where the bounds leave no doubt. */
static bool floor_of(const struct sum *sum, double scale, double scale_error, uint64_t *out)
{
    double value = sum->value * scale;
    double error = sum->error + (double)(sum->terms + 4) * UNIT * sum->value;
    error = (error * scale + sum->value * scale_error + 4 * UNIT * value) * SLACK;
    if (value - error < 0 || value + error > 0x1p52)
        return false;
    *out = (uint64_t)(value - error);
    return *out == (uint64_t)(value + error);
}

/* The purse that owners of `purse` had before step `step`. */
static uint32_t purse_before(const struct shares *s, uint32_t purse, size_t step)
{
    while (s->purses[purse].parent != SHARES_NONE && s->purses[purse].step >= step)
        purse = s->purses[purse].parent;
    return purse;
}

/* For each step what supporters of `project` could pay there, and what they had at the end. */
static void sum_support(struct asker *a, uint32_t project)
{
    const struct profile *p = a->p;
    const struct shares *s = a->s;
    size_t steps = a->log->count;
    memset(a->sums, 0, (steps + 1) * sizeof(*a->sums));
    for (size_t i = p->starts[project]; i < p->starts[project + 1]; i++) {
        double voters = p->multiplicity[p->support[i]];
        double utility = profile_utility(p, i);
        uint32_t purse = s->owners[p->support[i]].purse & ~EMPTY;
        add_term(&a->sums[steps], voters * s->v[purse], voters * s->d[purse]);
        for (size_t step = steps; step-- > 0;) {
            if (s->purses[purse].parent != SHARES_NONE && s->purses[purse].step >= step)
                purse = s->purses[purse].parent;
            double share = a->rho[step] * utility;
            double least = s->v[purse] < share ? s->v[purse] : share;
            double error = s->d[purse] + a->rho_error[step] * utility + 2 * UNIT * share;
            add_term(&a->sums[step], voters * least, voters * error);
        }
    }
}

/* rho at which `project` would have been as good as what was bought at `step`. */
static void as_good(struct asker *a, uint32_t project, size_t step, mpq_t out)
{
    steps_exact(a->s, step + 1);
    mpq_set(out, a->log->rho[step]);
    if (a->p->utility != UTILITY_COST)
        return;
    mpq_mul(out, out, a->p->e->projects[project].cost);
    if (mpq_sgn(out) != 0)
        mpq_div(out, out, a->p->e->projects[a->log->projects[step]].cost);
}

/* The same in doubles. With r = rho c / c', each within a relative error of its own, the relative
 * errors add up, and the two operations add 2 UNIT. */
static void set_terms(struct asker *a, uint32_t project)
{
    const struct shares *s = a->s;
    for (size_t i = 0; i < a->log->count; i++) {
        const struct payment *payment = &s->payments[i];
        uint32_t bought = a->log->projects[i];
        a->rho[i] = payment->rho;
        a->rho_error[i] = payment->rho_error;
        if (a->p->utility != UTILITY_COST || payment->rho == 0)
            continue;
        double ratio = s->cost[project] / s->cost[bought];
        double error = s->cost_error[project] / s->cost[project] +
                       s->cost_error[bought] / s->cost[bought] + 4 * UNIT;
        a->rho[i] *= ratio;
        a->rho_error[i] = (a->rho_error[i] * ratio + a->rho[i] * error) * SLACK;
    }
}

/* The sum of one step (or of the end), in rationals. */
static void exact_sum(struct asker *a, uint32_t project, size_t step, mpq_t out)
{
    const struct profile *p = a->p;
    mpq_t rho, part;
    mpq_inits(rho, part, NULL);
    mpq_set_ui(out, 0, 1);
    if (step < a->log->count)
        as_good(a, project, step, rho);
    for (size_t i = p->starts[project]; i < p->starts[project + 1]; i++) {
        uint32_t class = p->support[i];
        uint32_t purse = purse_before(a->s, a->s->owners[class].purse & ~EMPTY, step);
        mpq_set_ui(part, profile_utility(p, i), 1);
        mpq_mul(part, part, rho);
        mpq_srcptr has = purse_exact(a->s, purse);
        if (step == a->log->count || mpq_cmp(has, part) < 0)
            mpq_set(part, has);
        mpz_mul_ui(mpq_numref(part), mpq_numref(part), p->multiplicity[class]);
        mpq_canonicalize(part);
        mpq_add(out, out, part);
    }
    mpq_clears(rho, part, NULL);
}

/* floor(x * scale) as a number; saturates. */
static uint64_t exact_floor(const mpq_t x, uint64_t scale)
{
    mpz_t whole;
    mpz_init(whole);
    mpz_mul_ui(whole, mpq_numref(x), scale);
    mpz_fdiv_q(whole, whole, mpq_denref(x));
    uint64_t out = mpz_fits_ulong_p(whole) != 0 ? mpz_get_ui(whole) : UINT64_MAX;
    mpz_clear(whole);
    return out;
}

/* The part of the cost at one step, in tenths of a percent. */
static uint64_t support_at(struct asker *a, uint32_t project, size_t step)
{
    uint64_t support;
    double cost = a->s->cost[project];
    double scale = 1000 / cost;
    double scale_error = scale * (a->s->cost_error[project] / cost + 4 * UNIT);
    if (!floor_of(&a->sums[step], scale, scale_error, &support)) {
        mpq_t sum;
        mpq_init(sum);
        exact_sum(a, project, step, sum);
        mpq_div(sum, sum, a->p->e->projects[project].cost);
        support = exact_floor(sum, 1000);
        mpq_clear(sum);
    }
    return support;
}

/* The greatest of all steps. Rounding down keeps order, so steps that the bounds put below the
 * greatest so far need no exact figure. */
static uint64_t effective_support(struct asker *a, uint32_t project)
{
    uint64_t greatest = 0;
    if (mpq_sgn(a->p->e->projects[project].cost) == 0)
        return 1000;
    set_terms(a, project);
    sum_support(a, project);
    for (size_t i = a->log->count + 1; i-- > 0;) {
        const struct sum *sum = &a->sums[i];
        double most = (sum->value + sum->error) * (1 + 0x1p-20) * 1000 / a->s->cost[project];
        if (most < (double)greatest)
            continue;
        uint64_t support = support_at(a, project, i);
        greatest = support > greatest ? support : greatest;
    }
    return greatest;
}

static void set_hundredths(mpq_t out, uint64_t hundredths)
{
    mpq_set_ui(out, hundredths, 100);
    mpq_canonicalize(out);
}

static void sum_taken(struct asker *a, uint32_t project)
{
    const struct profile *p = a->p;
    const struct shares *s = a->s;
    memset(a->taken, 0, (a->log->count + 1) * sizeof(*a->taken));
    for (size_t i = p->starts[project]; i < p->starts[project + 1]; i++) {
        double voters = p->multiplicity[p->support[i]];
        uint32_t purse = s->owners[p->support[i]].purse & ~EMPTY;
        while (s->purses[purse].parent != SHARES_NONE) {
            uint32_t before = s->purses[purse].parent;
            double paid = s->v[before] - s->v[purse];
            double error = s->d[before] + s->d[purse] + 2 * UNIT * s->v[before];
            add_term(&a->taken[s->purses[purse].step], voters * paid, voters * error);
            purse = before;
        }
    }
}

static void exact_taken(struct asker *a, uint32_t project, uint32_t step, mpq_t out)
{
    const struct profile *p = a->p;
    mpq_t part;
    mpq_init(part);
    mpq_set_ui(out, 0, 1);
    for (size_t i = p->starts[project]; i < p->starts[project + 1]; i++) {
        uint32_t class = p->support[i];
        uint32_t purse = purse_before(a->s, a->s->owners[class].purse & ~EMPTY, (size_t)step + 1);
        if (a->s->purses[purse].parent == SHARES_NONE || a->s->purses[purse].step != step)
            continue;
        mpq_set(part, purse_exact(a->s, a->s->purses[purse].parent));
        mpq_sub(part, part, purse_exact(a->s, purse));
        mpz_mul_ui(mpq_numref(part), mpq_numref(part), p->multiplicity[class]);
        mpq_canonicalize(part);
        mpq_add(out, out, part);
    }
    mpq_clear(part);
}

/* In its place among the greatest so far; amounts in hundredths stand in `amounts`. */
static void add_taker(struct asker *a, struct shares_why *why, uint64_t *amounts, uint32_t taker,
                      uint64_t amount)
{
    const uint32_t *rank = a->p->rank;
    size_t at = why->taker_count;
    for (; at > 0; at--) {
        uint32_t other = why->takers[at - 1].project;
        if (amounts[at - 1] > amount || (amounts[at - 1] == amount && rank[other] < rank[taker]))
            break;
        if (at < TAKERS_MAX) {
            why->takers[at].project = other;
            amounts[at] = amounts[at - 1];
        }
    }
    if (at < TAKERS_MAX) {
        why->takers[at].project = taker;
        amounts[at] = amount;
        if (why->taker_count < TAKERS_MAX)
            why->taker_count++;
    }
}

static void find_takers(struct asker *a, uint32_t project, struct shares_why *why)
{
    uint64_t amounts[TAKERS_MAX] = {0};
    sum_taken(a, project);
    for (uint32_t step = 0; step < a->log->count; step++) {
        uint64_t amount;
        if (a->taken[step].terms == 0)
            continue;
        if (!floor_of(&a->taken[step], 100, 0, &amount)) {
            mpq_t sum;
            mpq_init(sum);
            exact_taken(a, project, step, sum);
            amount = exact_floor(sum, 100);
            mpq_clear(sum);
        }
        if (amount > 0)
            add_taker(a, why, amounts, a->log->projects[step], amount);
    }
    for (size_t i = 0; i < why->taker_count; i++)
        set_hundredths(why->takers[i].amount, amounts[i]);
}

/* For a project that was not bought: a->sums are those of effective_support. */
static void find_money(struct asker *a, uint32_t project, const mpq_t endowment,
                       struct shares_why *why)
{
    uint64_t amount;
    mpq_t sum;
    mpq_init(sum);
    mpq_set_ui(sum, a->p->supporters[project], 1);
    mpq_mul(sum, sum, endowment);
    set_hundredths(why->had, exact_floor(sum, 100));
    if (!floor_of(&a->sums[a->log->count], 100, 0, &amount)) {
        exact_sum(a, project, a->log->count, sum);
        amount = exact_floor(sum, 100);
    }
    set_hundredths(why->left, amount);
    mpq_clear(sum);
}

static void explain_losers(struct asker *a, const struct equal_shares *r, struct shares_why *why)
{
    bool *bought = wm_alloc(a->p->project_count + 1);
    for (size_t i = 0; i < r->log.count; i++)
        bought[r->log.projects[i]] = true;
    for (uint32_t i = 0; i < a->p->project_count; i++) {
        if (bought[i] || a->p->weight[i] == 0 || mpq_sgn(a->p->e->projects[i].cost) == 0)
            continue;
        why[i].support = effective_support(a, i);
        find_money(a, i, r->endowment, &why[i]);
        find_takers(a, i, &why[i]);
    }
    free(bought);
}

struct winners {
    struct asker *a;
    struct shares_why *why;
};

static void explain_winner(void *context, uint32_t winner)
{
    const struct winners *w = context;
    uint64_t support = effective_support(w->a, winner);
    w->why[winner].support = support > 1000 ? support : 1000;
}

/* Each winner is left out once, to see how far it was from losing; `log` is a's. At last the run is
 * the one with all of them. */
static void explain_winners(struct asker *a, const struct equal_shares *r, struct shares_why *why,
                            struct shares_log *log)
{
    struct winners w = {.a = a, .why = why};
    for (size_t i = 0; i < r->log.count; i++)
        why[r->log.projects[i]].support = 1000;
    if (r->log.count > RERUNS_MAX)
        shares_run(a->s, r->endowment, SHARES_NONE, log);
    else
        shares_run_without_each(a->s, r->endowment, log, explain_winner, &w);
}

struct shares_why *shares_why(const struct profile *p, const struct equal_shares *r)
{
    size_t projects = p->project_count + 1;
    struct shares_why *why = wm_alloc(projects * sizeof(*why));
    struct shares_log log;
    struct asker a = {.p = p, .s = shares_new(p), .log = &log};
    shares_log_init(&log, p->project_count);
    a.rho = wm_alloc(projects * sizeof(*a.rho));
    a.rho_error = wm_alloc(projects * sizeof(*a.rho_error));
    a.sums = wm_alloc(projects * sizeof(*a.sums));
    a.taken = wm_alloc(projects * sizeof(*a.taken));
    for (size_t i = 0; i < p->project_count; i++) {
        mpq_inits(why[i].had, why[i].left, NULL);
        for (size_t k = 0; k < TAKERS_MAX; k++)
            mpq_init(why[i].takers[k].amount);
    }
    explain_winners(&a, r, why, &log);
    explain_losers(&a, r, why);
    shares_log_free(&log);
    shares_free(a.s);
    free(a.rho);
    free(a.rho_error);
    free(a.sums);
    free(a.taken);
    return why;
}

void shares_why_free(struct shares_why *why, size_t projects)
{
    for (size_t i = 0; i < projects; i++) {
        mpq_clears(why[i].had, why[i].left, NULL);
        for (size_t k = 0; k < TAKERS_MAX; k++)
            mpq_clear(why[i].takers[k].amount);
    }
    free(why);
}
