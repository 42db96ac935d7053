/* equal_shares.c: endowments that rise, completion, and the comparison with greedy. */
#include "count/equal_shares.h"

/* --- greedy --------------------------------------------------------------------------------------
 */

static int compare_votes(const void *left, const void *right, void *context)
{
    const struct profile *p = context;
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    uint64_t x = p->e->projects[a].votes;
    uint64_t y = p->e->projects[b].votes;
    if (x != y)
        return x > y ? -1 : 1;
    return p->rank[a] < p->rank[b] ? -1 : 1;
}

size_t greedy_fill(const struct profile *p, bool fund_unsupported, bool *closed, mpq_t left,
                   uint32_t *out)
{
    size_t candidates = 0;
    size_t count = 0;
    for (uint32_t i = 0; i < p->project_count; i++) {
        if (!closed[i] && p->barred[i] == REASON_WON &&
            (fund_unsupported || p->e->projects[i].votes > 0))
            out[candidates++] = i;
    }
    qsort_r(out, candidates, sizeof(*out), compare_votes, (void *)(uintptr_t)p);
    for (size_t i = 0; i < candidates; i++) {
        uint32_t project = out[i];
        if (closed[project] || mpq_cmp(p->e->projects[project].cost, left) > 0)
            continue;
        mpq_sub(left, left, p->e->projects[project].cost);
        profile_close(p, project, closed);
        out[count++] = project;
    }
    return count;
}

/* --- rising endowments ---------------------------------------------------------------------------
 */

static void run(struct equal_shares *r, const struct profile *p, const mpq_t endowment,
                struct shares_log *log)
{
    r->runs++;
    if (r->shares != NULL)
        shares_run(r->shares, endowment, SHARES_NONE, log);
    else
        shares_plain(p, endowment, SHARES_NONE, log);
}

/* What was bought, and what that excludes. */
static bool *closed_by(const struct profile *p, const uint32_t *projects, size_t count)
{
    bool *closed = wm_alloc(p->project_count + 1);
    for (size_t i = 0; i < count; i++)
        profile_close(p, projects[i], closed);
    return closed;
}

bool equal_shares_exhaustive(const struct profile *p, const uint32_t *projects, size_t count,
                             const mpq_t cost)
{
    bool *closed = closed_by(p, projects, count);
    bool exhaustive = true;
    mpq_t left;
    mpq_init(left);
    mpq_sub(left, p->e->budget, cost);
    for (size_t i = 0; i < p->project_count && exhaustive; i++)
        exhaustive = closed[i] || p->weight[i] == 0 || mpq_cmp(p->e->projects[i].cost, left) > 0;
    mpq_clear(left);
    free(closed);
    return exhaustive;
}

/* The lowest endowment at which one of the projects that were not bought (but perhaps excluded)
 * could be paid by its supporters, had they spent nothing on others; false when all others are
 * excluded. */
static bool next_affordable(const struct profile *p, const struct shares_log *log, mpq_t out)
{
    bool *closed = closed_by(p, log->projects, log->count);
    bool *bought = wm_alloc(p->project_count + 1);
    bool found = false;
    bool any = false;
    mpq_t each;
    mpq_init(each);
    for (size_t i = 0; i < log->count; i++)
        bought[log->projects[i]] = true;
    for (size_t i = 0; i < p->project_count; i++) {
        if (bought[i] || p->supporters[i] == 0)
            continue;
        any = any || !closed[i];
        mpq_set_ui(each, p->supporters[i], 1);
        mpq_div(each, p->e->projects[i].cost, each);
        if (!found || mpq_cmp(each, out) < 0)
            mpq_set(out, each);
        found = true;
    }
    mpq_clear(each);
    free(closed);
    free(bought);
    return any;
}

/* Raises the endowment by one increment, or by as many as certainly change nothing.
 *
 * Where nobody was too poor for a full share, and each project that was not bought costs more than
 * all its supporters were given, the same projects are bought at every higher endowment up to the
 * one at which the cheapest of the others could be paid: by induction over the steps, everybody
 * has more left than before, so that again all pay in full and each rho is cost / weight, as it
 * was; and the others still cannot be paid. False when nothing is left that could change. */
static bool raise(const struct profile *p, const struct shares_terms *terms,
                  const struct shares_log *log, mpq_t endowment)
{
    mpq_t needed, step;
    mpz_t steps;
    mpq_inits(needed, step, NULL);
    mpz_init_set_ui(steps, 1);
    mpq_set_ui(step, terms->increment, 1);
    bool more = next_affordable(p, log, needed);
    if (more && log->in_full && mpq_cmp(needed, endowment) > 0) {
        mpq_sub(needed, needed, endowment);
        mpq_div(needed, needed, step);
        mpz_cdiv_q(steps, mpq_numref(needed), mpq_denref(needed));
    }
    mpq_set_z(needed, steps);
    mpq_mul(step, step, needed);
    mpq_add(endowment, endowment, step);
    mpq_clears(needed, step, NULL);
    mpz_clear(steps);
    return more;
}

static void swap_logs(struct shares_log *a, struct shares_log *b)
{
    struct shares_log kept = *a;
    *a = *b;
    *b = kept;
}

/* The last endowment that fitted: what raise() passes over has the outcome it started from. */
static void one_back(const struct shares_terms *terms, const mpq_t endowment, mpq_t out)
{
    mpq_t step;
    mpq_init(step);
    mpq_set_ui(step, terms->increment, 1);
    mpq_sub(out, endowment, step);
    mpq_clear(step);
}

/* From the outcome at r->endowment, which fits, to the last one that does. */
static void add1(struct equal_shares *r, const struct profile *p, const struct shares_terms *terms)
{
    struct shares_log next;
    mpq_t endowment;
    mpq_init(endowment);
    mpq_set(endowment, r->endowment);
    shares_log_init(&next, p->project_count);
    for (;;) {
        if (terms->stop == STOP_EXHAUSTIVE &&
            equal_shares_exhaustive(p, r->log.projects, r->log.count, r->log.cost))
            break;
        if (!raise(p, terms, &r->log, endowment))
            break;
        run(r, p, endowment, &next);
        if (mpq_cmp(next.cost, p->e->budget) > 0) {
            one_back(terms, endowment, r->endowment);
            break;
        }
        mpq_set(r->endowment, endowment);
        swap_logs(&r->log, &next);
    }
    shares_log_free(&next);
    mpq_clear(endowment);
}

/* --- comparison ----------------------------------------------------------------------------------
 */

static void compare_with_greedy(struct equal_shares *r, const struct profile *p,
                                const struct shares_terms *terms)
{
    bool *closed = wm_alloc(p->project_count + 1);
    int *gain = wm_alloc((p->project_count + 1) * sizeof(*gain)); /* 1 by greedy, -1 by shares */
    mpq_t left;
    mpq_init(left);
    mpq_set(left, p->e->budget);
    r->greedy = wm_alloc((p->project_count + 1) * sizeof(*r->greedy));
    r->greedy_count = greedy_fill(p, terms->fund_unsupported, closed, left, r->greedy);
    for (size_t i = 0; i < r->greedy_count; i++)
        gain[r->greedy[i]]++;
    for (size_t i = 0; i < r->log.count; i++)
        gain[r->log.projects[i]]--;
    for (size_t i = 0; i < r->added_count; i++)
        gain[r->added[i]]--;
    mpq_sub(r->greedy_cost, p->e->budget, left);
    for (size_t i = 0; i < p->e->ballot_count; i++) {
        struct ballot ballot = election_ballot(p->e, i);
        int64_t more = 0;
        for (size_t k = 0; k < ballot.count; k++)
            more += gain[ballot.picks[k]];
        r->prefer_greedy += more > 0 ? 1 : 0;
        r->prefer_shares += more < 0 ? 1 : 0;
    }
    r->greedy_won = r->prefer_greedy > r->prefer_shares;
    mpq_clear(left);
    free(closed);
    free(gain);
}

void equal_shares_complete(struct equal_shares *r, const struct profile *p,
                           const struct shares_terms *terms)
{
    bool *closed = closed_by(p, r->log.projects, r->log.count);
    mpq_t left;
    mpq_init(left);
    mpq_sub(left, p->e->budget, r->log.cost);
    if (terms->completion == COMPLETION_UTIL || terms->completion == COMPLETION_ADD1U)
        r->added_count = greedy_fill(p, terms->fund_unsupported, closed, left, r->added);
    mpq_sub(r->cost, p->e->budget, left);
    if (terms->comparison == COMPARISON_GREEDY)
        compare_with_greedy(r, p, terms);
    mpq_clear(left);
    free(closed);
}

static void first_endowment(const struct profile *p, enum shares_start start, mpq_t out)
{
    mpq_set_ui(out, p->voters, 1);
    if (p->voters > 0)
        mpq_div(out, p->e->budget, out);
    if (start == START_INTEGRAL) {
        mpz_fdiv_q(mpq_numref(out), mpq_numref(out), mpq_denref(out));
        mpz_set_ui(mpq_denref(out), 1);
    }
}

void equal_shares_init(struct equal_shares *r, const struct profile *p)
{
    *r = (struct equal_shares){.runs = 0};
    mpq_inits(r->endowment, r->cost, r->greedy_cost, NULL);
    shares_log_init(&r->log, p->project_count);
    r->added = wm_alloc((p->project_count + 1) * sizeof(*r->added));
}

void equal_shares_count(const struct profile *p, const struct shares_terms *terms,
                        struct equal_shares *out)
{
    equal_shares_init(out, p);
    out->shares = terms->plain ? NULL : shares_new(p);
    bool rising = terms->completion == COMPLETION_ADD1 || terms->completion == COMPLETION_ADD1U;
    first_endowment(p, rising ? terms->start : START_EXACT, out->endowment);
    run(out, p, out->endowment, &out->log);
    if (rising)
        add1(out, p, terms);
    if (out->shares != NULL) {
        shares_run(out->shares, out->endowment, SHARES_NONE, &out->log); /* as it was */
        shares_settle(out->shares, &out->log);
    }
    equal_shares_complete(out, p, terms);
}

void equal_shares_free(struct equal_shares *r)
{
    shares_log_free(&r->log);
    free(r->added);
    free(r->greedy);
    if (r->shares != NULL)
        shares_free(r->shares);
    mpq_clears(r->endowment, r->cost, r->greedy_cost, NULL);
}
