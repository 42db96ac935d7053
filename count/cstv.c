/* cstv.c: see cstv.h. */
#include "count/cstv.h"

enum { SAME_BITS = 128, SUPPORT_BITS = 64 };

/* What owners of a purse have, and what was computed last for those who gave `points` of `left`. */
struct purse {
    mpz_t money;
    uint64_t points, left;
    uint32_t heir;
    uint32_t stamp;
};

struct state {
    const struct profile *p;
    const struct cstv_terms *terms;
    struct cstv *out;
    bool *open;       /* by project: may still be bought in its turn */
    bool *holds;      /* by project: money stands for it */
    uint64_t *points; /* by class: given to all projects that hold money */
    uint32_t *purse_of;
    struct purse *purses;
    size_t purse_count, purse_room;
    uint32_t stamp;
    mp_bitcnt_t bits;  /* a quantum is 2^-bits */
    mpz_t *cost;       /* by project, in quanta */
    mpz_t *support;    /* likewise, at this step */
    mpz_t *key;        /* what the choice compares */
    uint32_t *put_out; /* projects, in order */
    size_t put_out_count;
    mpq_t money; /* of the budget */
};

/* What one voter pays for a project: from how much in all, given to it. */
struct bill {
    bool all;         /* everything given to it, and those without other projects always */
    mpz_t part, of;   /* EWT: part / of of what was given to it goes back */
    bool whole_purse; /* MT: part / of times what was given, from all that the voter has */
};

static uint32_t add_purse(struct state *s)
{
    if (s->purse_count == s->purse_room) {
        s->purse_room = s->purse_room * 2 + 64;
        s->purses = wm_realloc(s->purses, s->purse_room * sizeof(*s->purses));
    }
    s->purses[s->purse_count] = (struct purse){.stamp = 0};
    mpz_init(s->purses[s->purse_count].money);
    return (uint32_t)s->purse_count++;
}

static void to_quanta(const struct state *s, const mpq_t amount, mpz_t out)
{
    mpz_mul_2exp(out, mpq_numref(amount), s->bits);
    mpz_fdiv_q(out, out, mpq_denref(amount));
}

/* -1, 0 or 1; amounts closer than 2^-SAME_BITS are equal. */
static int compare(const struct state *s, const mpz_t a, const mpz_t b)
{
    mpz_t gap;
    mpz_init(gap);
    mpz_sub(gap, a, b);
    int order = mpz_sizeinbase(gap, 2) <= s->bits - SAME_BITS ? 0 : mpz_sgn(gap);
    mpz_clear(gap);
    return order;
}

/* --- supports ------------------------------------------------------------------------------------
 */

/* On the plain path the points of every voter are added up anew. */
static void find_points(struct state *s)
{
    const struct profile *p = s->p;
    memset(s->points, 0, p->class_count * sizeof(*s->points));
    for (size_t project = 0; project < p->project_count; project++) {
        for (size_t i = p->starts[project]; s->holds[project] && i < p->starts[project + 1]; i++)
            s->points[p->support[i]] += profile_utility(p, i);
    }
}

static void release(struct state *s, uint32_t project)
{
    const struct profile *p = s->p;
    if (!s->holds[project])
        return;
    s->holds[project] = false;
    for (size_t i = p->starts[project]; i < p->starts[project + 1]; i++)
        s->points[p->support[i]] -= profile_utility(p, i);
    if (s->terms->plain)
        find_points(s);
}

/* What a voter of this class gives the project of which `at` is a support. */
static void given(const struct state *s, size_t at, mpz_t out)
{
    uint32_t class = s->p->support[at];
    mpz_set_ui(out, 0);
    if (s->points[class] == 0) /* what excludes it was bought */
        return;
    mpz_mul_ui(out, s->purses[s->purse_of[class]].money, profile_utility(s->p, at));
    mpz_fdiv_q_ui(out, out, s->points[class]);
}

static void find_support(struct state *s, uint32_t project)
{
    const struct profile *p = s->p;
    mpz_t gift;
    mpz_init(gift);
    mpz_set_ui(s->support[project], 0);
    for (size_t i = p->starts[project]; i < p->starts[project + 1]; i++) {
        given(s, i, gift);
        mpz_addmul_ui(s->support[project], gift, p->multiplicity[p->support[i]]);
    }
    switch (s->terms->choice) {
    case CSTV_EXCESS:
        mpz_sub(s->key[project], s->support[project], s->cost[project]);
        break;
    case CSTV_RATIO:
        mpz_mul(s->key[project], s->support[project], mpq_denref(p->e->projects[project].cost));
        mpz_fdiv_q(s->key[project], s->key[project], mpq_numref(p->e->projects[project].cost));
        break;
    case CSTV_SUPPORT:
        mpz_set(s->key[project], s->support[project]);
        break;
    }
    mpz_clear(gift);
}

/* --- choices -------------------------------------------------------------------------------------
 */

/* Adds a step for the best (or worst) of `among`; false when there is none. */
static bool choose(struct state *s, const bool *among, bool worst)
{
    struct cstv_step *step = &s->out->steps[s->out->count];
    step->project = CSTV_NONE;
    step->rival = CSTV_NONE;
    step->tied = 0;
    for (size_t k = 0; k < s->p->project_count; k++) {
        uint32_t i = s->p->by_rank[worst ? s->p->project_count - 1 - k : k];
        if (!among[i])
            continue;
        int order = step->project == CSTV_NONE
                        ? 1
                        : compare(s, s->key[i], s->key[step->project]) * (worst ? -1 : 1);
        if (order > 0) {
            step->project = i;
            step->rival = CSTV_NONE;
            step->tied = 0;
        }
        if (order == 0 && step->rival == CSTV_NONE)
            step->rival = i;
        step->tied += order >= 0 ? 1 : 0;
    }
    if (step->project == CSTV_NONE)
        return false;
    mpz_fdiv_q_2exp(mpq_numref(step->support), s->support[step->project], s->bits - SUPPORT_BITS);
    mpz_set_ui(mpq_denref(step->support), 1);
    mpq_div_2exp(step->support, step->support, SUPPORT_BITS);
    return true;
}

static void note(struct state *s, enum cstv_event event)
{
    struct cstv_step *step = &s->out->steps[s->out->count++];
    mpq_srcptr cost = s->p->e->projects[step->project].cost;
    step->event = event;
    if (event == CSTV_OUT)
        return;
    mpq_sub(s->money, s->money, cost);
    mpq_add(s->out->cost, s->out->cost, cost);
}

/* --- payments ------------------------------------------------------------------------------------
 */

/* What a voter has after paying, who gave `gift` of `money`. */
static void settle(const struct bill *bill, bool others, const mpz_t gift, mpz_t money)
{
    mpz_t back;
    mpz_init(back);
    if (bill->whole_purse) {
        mpz_mul(back, gift, bill->part);
        mpz_cdiv_q(back, back, bill->of);
        mpz_sub(money, money, back);
        if (mpz_sgn(money) < 0)
            mpz_set_ui(money, 0);
    } else {
        mpz_sub(money, money, gift);
        if (!bill->all && others) {
            mpz_mul(back, gift, bill->part);
            mpz_fdiv_q(back, back, bill->of);
            mpz_add(money, money, back);
        }
    }
    mpz_clear(back);
}

static void pay(struct state *s, uint32_t project, const struct bill *bill)
{
    const struct profile *p = s->p;
    mpz_t gift, money;
    mpz_inits(gift, money, NULL);
    s->stamp++;
    for (size_t i = p->starts[project]; i < p->starts[project + 1]; i++) {
        uint32_t class = p->support[i];
        uint32_t purse = s->purse_of[class];
        uint64_t points = profile_utility(p, i);
        struct purse *it = &s->purses[purse];
        if (!s->terms->plain && it->stamp == s->stamp && it->points == points &&
            it->left == s->points[class]) {
            s->purse_of[class] = it->heir;
            continue;
        }
        given(s, i, gift);
        mpz_set(money, it->money);
        settle(bill, points < s->points[class], gift, money);
        uint32_t heir = s->terms->plain ? purse : add_purse(s);
        mpz_set(s->purses[heir].money, money);
        it = &s->purses[purse];
        it->stamp = s->stamp;
        it->points = points;
        it->left = s->points[class];
        it->heir = heir;
        s->purse_of[class] = heir;
    }
    mpz_clears(gift, money, NULL);
}

static void close(struct state *s, uint32_t project)
{
    bool *closed = wm_alloc(s->p->project_count + 1);
    profile_close(s->p, project, closed);
    for (uint32_t i = 0; i < s->p->project_count; i++) {
        if (closed[i]) {
            s->open[i] = false;
            release(s, i);
        }
    }
    free(closed);
}

/* Those who support nothing else pay all they gave; of the others' gifts what is not needed goes
 * back. */
static void buy_supported(struct state *s, uint32_t project)
{
    const struct profile *p = s->p;
    struct bill bill = {.all = false};
    mpz_t gift;
    mpz_inits(bill.part, bill.of, gift, NULL);
    mpz_sub(bill.part, s->support[project], s->cost[project]);
    for (size_t i = p->starts[project]; i < p->starts[project + 1]; i++) {
        if (profile_utility(p, i) == s->points[p->support[i]])
            continue;
        given(s, i, gift);
        mpz_addmul_ui(bill.of, gift, p->multiplicity[p->support[i]]);
    }
    bill.all = compare(s, s->support[project], s->cost[project]) <= 0 || mpz_sgn(bill.of) == 0;
    if (mpz_cmp(bill.part, bill.of) > 0)
        mpz_set(bill.part, bill.of);
    pay(s, project, &bill);
    note(s, CSTV_BOUGHT);
    close(s, project);
    mpz_clears(bill.part, bill.of, gift, NULL);
}

/* part / of = (cost - all that the poor have) / what the others gave, where the poor have less than
 * that times what they gave; again until nobody else is poor. False: all are. */
static bool find_multiple(struct state *s, uint32_t project, struct bill *bill)
{
    const struct profile *p = s->p;
    size_t poor, before = SIZE_MAX;
    mpz_t gift, x, y;
    mpz_inits(gift, x, y, NULL);
    mpz_set_ui(bill->part, 0);
    mpz_set_ui(bill->of, 1);
    for (;;) {
        poor = 0;
        mpz_set(x, s->cost[project]);
        mpz_set_ui(y, 0);
        for (size_t i = p->starts[project]; i < p->starts[project + 1]; i++) {
            uint32_t class = p->support[i];
            mpz_srcptr money = s->purses[s->purse_of[class]].money;
            given(s, i, gift);
            mpz_t left, right;
            mpz_inits(left, right, NULL);
            mpz_mul(left, gift, bill->part);
            mpz_mul(right, money, bill->of);
            bool is_poor = mpz_cmp(left, right) > 0;
            mpz_clears(left, right, NULL);
            poor += is_poor ? 1 : 0;
            if (is_poor)
                mpz_submul_ui(x, money, p->multiplicity[class]);
            else
                mpz_addmul_ui(y, gift, p->multiplicity[class]);
        }
        if (poor == before || mpz_sgn(y) == 0)
            break;
        before = poor;
        mpz_set(bill->part, x);
        mpz_set(bill->of, y);
    }
    bool found = mpz_sgn(y) != 0;
    mpz_clears(gift, x, y, NULL);
    return found;
}

static void buy_by_transfer(struct state *s, uint32_t project)
{
    struct bill bill = {.whole_purse = true};
    mpz_inits(bill.part, bill.of, NULL);
    if (!find_multiple(s, project, &bill)) {
        mpz_set(bill.part, s->cost[project]); /* certainly all that anybody has */
        mpz_set_ui(bill.of, 1);
    }
    pay(s, project, &bill);
    note(s, CSTV_BOUGHT_BY_TRANSFER);
    close(s, project);
    mpz_clears(bill.part, bill.of, NULL);
}

/* --- steps ---------------------------------------------------------------------------------------
 */

static bool can_afford(struct state *s, uint32_t project)
{
    const struct profile *p = s->p;
    mpz_t all;
    mpz_init(all);
    for (size_t i = p->starts[project]; i < p->starts[project + 1]; i++) {
        mpz_srcptr money = s->purses[s->purse_of[p->support[i]]].money;
        mpz_addmul_ui(all, money, p->multiplicity[p->support[i]]);
    }
    bool enough = compare(s, all, s->cost[project]) >= 0;
    mpz_clear(all);
    return enough;
}

static void put_out(struct state *s, uint32_t project)
{
    s->put_out[s->put_out_count++] = project;
    s->open[project] = false;
}

/* Nothing has the support that it needs. False when nothing is left to do. */
static bool eliminate(struct state *s)
{
    if (!choose(s, s->open, true))
        return false;
    uint32_t project = s->out->steps[s->out->count].project;
    note(s, CSTV_OUT);
    put_out(s, project);
    release(s, project);
    return true;
}

static bool transfer(struct state *s)
{
    for (size_t k = 0; k < s->p->project_count; k++) {
        uint32_t project = s->p->by_rank[k];
        if (s->open[project] && !can_afford(s, project))
            put_out(s, project);
    }
    if (!choose(s, s->open, false))
        return false;
    buy_by_transfer(s, s->out->steps[s->out->count].project);
    return true;
}

static bool step(struct state *s)
{
    bool *eligible = wm_alloc(s->p->project_count + 1);
    for (uint32_t i = 0; i < s->p->project_count; i++) {
        if (!s->open[i])
            continue;
        find_support(s, i);
        eligible[i] = compare(s, s->support[i], s->cost[i]) >= 0;
    }
    bool any = choose(s, eligible, false);
    free(eligible);
    if (any) {
        buy_supported(s, s->out->steps[s->out->count].project);
        return true;
    }
    return s->terms->minimal_transfer ? transfer(s) : eliminate(s);
}

static bool fits(const struct state *s, uint32_t project)
{
    return mpq_cmp(s->p->e->projects[project].cost, s->money) <= 0;
}

/* `excluded` are those that share a group with something bought. */
static void buy_at_end(struct state *s, bool *excluded, uint32_t project)
{
    s->out->steps[s->out->count].project = project;
    note(s, CSTV_BOUGHT_AT_END);
    profile_close(s->p, project, excluded);
}

static void fill_up(struct state *s)
{
    bool *excluded = wm_alloc(s->p->project_count + 1);
    bool *waiting = wm_alloc(s->p->project_count + 1);
    for (size_t i = 0; i < s->out->count; i++) {
        if (s->out->steps[i].event != CSTV_OUT)
            profile_close(s->p, s->out->steps[i].project, excluded);
    }
    for (size_t i = 0; i < s->put_out_count; i++) {
        waiting[s->put_out[i]] = s->terms->minimal_transfer;
        if (s->terms->minimal_transfer)
            find_support(s, s->put_out[i]);
    }
    for (size_t i = s->put_out_count; !s->terms->minimal_transfer && i-- > 0;) {
        struct cstv_step *next = &s->out->steps[s->out->count];
        next->tied = 1;
        next->rival = CSTV_NONE;
        mpq_set_ui(next->support, 0, 1);
        if (!excluded[s->put_out[i]] && fits(s, s->put_out[i]))
            buy_at_end(s, excluded, s->put_out[i]);
    }
    while (choose(s, waiting, false)) {
        uint32_t project = s->out->steps[s->out->count].project;
        waiting[project] = false;
        if (!excluded[project] && fits(s, project))
            buy_at_end(s, excluded, project);
    }
    free(excluded);
    free(waiting);
}

/* --- begin and end -------------------------------------------------------------------------------
 */

static void allot(struct state *s)
{
    const struct profile *p = s->p;
    mpq_set_ui(s->out->endowment, p->voters, 1);
    if (p->voters > 0)
        mpq_div(s->out->endowment, p->e->budget, s->out->endowment);
    for (size_t i = 0; i < (s->terms->plain ? p->class_count : 1); i++) {
        uint32_t purse = add_purse(s);
        to_quanta(s, s->out->endowment, s->purses[purse].money);
    }
    for (uint32_t i = 0; s->terms->plain && i < p->class_count; i++)
        s->purse_of[i] = i;
}

static void start(struct state *s)
{
    const struct profile *p = s->p;
    size_t room = p->project_count + 1;
    s->bits = 256 + 40 * room;
    s->open = wm_alloc(room);
    s->holds = wm_alloc(room);
    s->points = wm_alloc((p->class_count + 1) * sizeof(*s->points));
    s->purse_of = wm_alloc((p->class_count + 1) * sizeof(*s->purse_of));
    s->put_out = wm_alloc(room * sizeof(*s->put_out));
    s->cost = wm_alloc(room * sizeof(*s->cost));
    s->support = wm_alloc(room * sizeof(*s->support));
    s->key = wm_alloc(room * sizeof(*s->key));
    mpq_init(s->money);
    mpq_set(s->money, p->e->budget);
    for (uint32_t i = 0; i < p->project_count; i++) {
        mpz_inits(s->cost[i], s->support[i], s->key[i], NULL);
        to_quanta(s, p->e->projects[i].cost, s->cost[i]);
        s->open[i] = p->weight[i] > 0 && fits(s, i);
        s->holds[i] = s->open[i];
    }
    find_points(s);
    allot(s);
    for (size_t k = 0; k < p->project_count; k++) {
        uint32_t project = p->by_rank[k];
        if (!s->open[project] || mpq_sgn(p->e->projects[project].cost) != 0)
            continue;
        s->out->steps[s->out->count].project = project;
        s->out->steps[s->out->count].tied = 1;
        s->out->steps[s->out->count].rival = CSTV_NONE;
        note(s, CSTV_BOUGHT);
        close(s, project);
    }
}

static void finish(struct state *s)
{
    for (size_t i = 0; i < s->p->project_count; i++)
        mpz_clears(s->cost[i], s->support[i], s->key[i], NULL);
    for (size_t i = 0; i < s->purse_count; i++)
        mpz_clear(s->purses[i].money);
    mpq_clear(s->money);
    free(s->open);
    free(s->holds);
    free(s->points);
    free(s->purse_of);
    free(s->purses);
    free(s->put_out);
    free(s->cost);
    free(s->support);
    free(s->key);
}

void cstv_count(const struct profile *p, const struct cstv_terms *terms, struct cstv *out)
{
    struct state s = {.p = p, .terms = terms, .out = out};
    *out = (struct cstv){.room = 2 * p->project_count + 1};
    out->steps = wm_alloc(out->room * sizeof(*out->steps));
    for (size_t i = 0; i < out->room; i++)
        mpq_init(out->steps[i].support);
    mpq_inits(out->endowment, out->cost, NULL);
    start(&s);
    while (step(&s))
        ;
    fill_up(&s);
    finish(&s);
}

void cstv_free(struct cstv *r)
{
    for (size_t i = 0; i < r->room; i++)
        mpq_clear(r->steps[i].support);
    mpq_clears(r->endowment, r->cost, NULL);
    free(r->steps);
}
