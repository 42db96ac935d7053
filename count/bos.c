/* bos.c: see bos.h. */
#include "count/bos.h"

/* The best level of a project: what a unit of utility is offered, the part of the cost that this
 * gives, and what projects are compared by. */
struct offer {
    mpq_t level, part, price;
    bool any;
};

/* Supporters with the same money and utility. */
struct group {
    mpq_srcptr left;
    uint64_t voters;
    uint32_t utility;
};

struct state {
    const struct profile *p;
    struct bos *out;
    bool plain;
    bool *closed;
    mpq_t *left;      /* by class, or by purse */
    uint32_t *purse;  /* by class */
    uint32_t *heir;   /* by purse: of its owners who pay for what is being bought, */
    uint32_t *weight; /* with this utility */
    size_t purse_count, purse_room;
    struct group *groups;
    size_t group_count;
    uint32_t *seen;       /* by purse: its place in groups, from 1 */
    struct offer *offers; /* by project: the last that was found */
    bool *fresh;
    mpq_t money; /* of the budget */
};

/* --- offers --------------------------------------------------------------------------------------
 */

static void consider(const struct state *s, uint32_t project, mpq_srcptr level, mpq_srcptr part)
{
    struct offer *best = &s->offers[project];
    mpq_t price;
    mpq_init(price);
    mpq_div(price, level, part);
    mpq_div(price, price, part);
    if (s->p->utility == UTILITY_COST)
        mpq_div(price, price, s->p->e->projects[project].cost);
    int order = best->any ? mpq_cmp(price, best->price) : -1;
    if (order < 0 || (order == 0 && mpq_cmp(part, best->part) > 0)) {
        mpq_set(best->level, level);
        mpq_set(best->part, part);
        mpq_set(best->price, price);
    }
    best->any = true;
    mpq_clear(price);
}

static int compare_groups(const void *left, const void *right)
{
    const struct group *a = left;
    const struct group *b = right;
    if (a->utility == b->utility)
        return mpq_cmp(a->left, b->left);
    mpq_t x, y;
    mpq_inits(x, y, NULL);
    mpq_set_ui(x, b->utility, 1);
    mpq_set_ui(y, a->utility, 1);
    mpq_mul(x, x, a->left);
    mpq_mul(y, y, b->left);
    int order = mpq_cmp(x, y);
    mpq_clears(x, y, NULL);
    return order;
}

/* Groups of supporters who have money left. */
static void gather(struct state *s, uint32_t project)
{
    const struct profile *p = s->p;
    uint32_t utility = 0;
    s->group_count = 0;
    for (size_t i = p->starts[project]; i < p->starts[project + 1]; i++) {
        uint32_t purse = s->purse[p->support[i]];
        if (profile_utility(p, i) != utility)
            memset(s->seen, 0, s->purse_count * sizeof(*s->seen));
        utility = profile_utility(p, i);
        if (mpq_sgn(s->left[purse]) == 0)
            continue;
        if (s->seen[purse] == 0) {
            s->groups[s->group_count++] =
                (struct group){.left = s->left[purse], .utility = utility};
            s->seen[purse] = (uint32_t)s->group_count;
        }
        s->groups[s->seen[purse] - 1].voters += p->multiplicity[p->support[i]];
    }
    qsort(s->groups, s->group_count, sizeof(*s->groups), compare_groups);
}

/* Who runs out first comes first: at each of their levels those before have given all. */
static void find_offer(struct state *s, uint32_t project)
{
    uint64_t weight = 0;
    mpq_srcptr cost = s->p->e->projects[project].cost;
    mpq_t spent, level, part;
    mpq_inits(spent, level, part, NULL);
    gather(s, project);
    for (size_t i = 0; i < s->group_count; i++)
        weight += s->groups[i].voters * s->groups[i].utility;
    for (size_t i = 0; i < s->group_count; i++) {
        const struct group *g = &s->groups[i];
        mpq_set_ui(part, g->utility, 1);
        mpq_div(level, g->left, part);
        mpq_set_ui(part, weight, 1);
        mpq_mul(part, part, level);
        mpq_add(part, part, spent);
        bool full = mpq_cmp(part, cost) >= 0;
        if (full) {
            mpq_sub(level, cost, spent);
            mpq_set_ui(part, weight, 1);
            mpq_div(level, level, part);
            mpq_set(part, cost);
        }
        mpq_div(part, part, cost);
        consider(s, project, level, part);
        if (full)
            break;
        mpq_set_ui(part, g->voters, 1);
        mpq_mul(part, part, g->left);
        mpq_add(spent, spent, part);
        weight -= g->voters * g->utility;
    }
    mpq_clears(spent, level, part, NULL);
}

/* What all supporters offer at a level, up to the cost. */
static void offered_plainly(const struct state *s, uint32_t project, mpq_srcptr level, mpq_t out)
{
    const struct profile *p = s->p;
    mpq_t share;
    mpq_init(share);
    mpq_set_ui(out, 0, 1);
    for (size_t i = p->starts[project]; i < p->starts[project + 1]; i++) {
        uint32_t class = p->support[i];
        mpq_set_ui(share, profile_utility(p, i), 1);
        mpq_mul(share, share, level);
        if (mpq_cmp(share, s->left[class]) > 0)
            mpq_set(share, s->left[class]);
        mpz_mul_ui(mpq_numref(share), mpq_numref(share), p->multiplicity[class]);
        mpq_canonicalize(share);
        mpq_add(out, out, share);
    }
    mpq_clear(share);
}

/* The level at which exactly the cost is offered, by supporters who have enough for it: everything
 * of those who have less than the level, which only makes it rise, and from the others the same for
 * a unit. */
static void full_level(const struct state *s, uint32_t project, mpq_t level)
{
    const struct profile *p = s->p;
    mpq_t rest, share, before;
    mpq_inits(rest, share, before, NULL);
    mpq_set_ui(share, p->weight[project], 1);
    mpq_div(level, p->e->projects[project].cost, share);
    do {
        uint64_t weight = 0;
        mpq_set(before, level);
        mpq_set(rest, p->e->projects[project].cost);
        for (size_t i = p->starts[project]; i < p->starts[project + 1]; i++) {
            uint32_t class = p->support[i];
            mpq_set_ui(share, profile_utility(p, i), 1);
            mpq_mul(share, share, level);
            if (mpq_cmp(s->left[class], share) >= 0) {
                weight += (uint64_t)profile_utility(p, i) * p->multiplicity[class];
                continue;
            }
            mpq_set_ui(share, p->multiplicity[class], 1);
            mpq_mul(share, share, s->left[class]);
            mpq_sub(rest, rest, share);
        }
        mpq_set_ui(share, weight, 1);
        mpq_div(level, rest, share);
    } while (mpq_equal(before, level) == 0);
    mpq_clears(rest, share, before, NULL);
}

static int compare_levels(const void *left, const void *right)
{
    return mpq_cmp(*(const mpq_t *)left, *(const mpq_t *)right);
}

static void try_level(struct state *s, uint32_t project, mpq_t level)
{
    mpq_srcptr cost = s->p->e->projects[project].cost;
    mpq_t part;
    mpq_init(part);
    offered_plainly(s, project, level, part);
    if (mpq_cmp(part, cost) >= 0) {
        full_level(s, project, level);
        mpq_set(part, cost);
    }
    mpq_div(part, part, cost);
    consider(s, project, level, part);
    mpq_clear(part);
}

/* Every level at which a supporter runs out, each once. */
static void find_offer_plainly(struct state *s, uint32_t project)
{
    const struct profile *p = s->p;
    size_t count = profile_supports(p, project);
    size_t first = p->starts[project];
    mpq_t *levels = wm_alloc((count + 1) * sizeof(*levels));
    mpq_t utility, last;
    mpq_inits(utility, last, NULL);
    for (size_t i = 0; i < count; i++) {
        mpq_init(levels[i]);
        mpq_set_ui(utility, profile_utility(p, first + i), 1);
        mpq_div(levels[i], s->left[p->support[first + i]], utility);
    }
    qsort(levels, count, sizeof(*levels), compare_levels);
    for (size_t i = 0; i < count; i++) {
        bool new = mpq_cmp(levels[i], last) > 0;
        mpq_set(last, levels[i]);
        if (new)
            try_level(s, project, levels[i]);
        mpq_clear(levels[i]);
    }
    mpq_clears(utility, last, NULL);
    free(levels);
}

static void weigh(struct state *s, uint32_t project)
{
    s->offers[project].any = false;
    s->fresh[project] = true;
    if (s->plain)
        find_offer_plainly(s, project);
    else
        find_offer(s, project);
    if (!s->offers[project].any)
        s->closed[project] = true; /* nobody who supports it has money, and nobody will */
}

/* --- steps ---------------------------------------------------------------------------------------
 */

/* Below 0 when a is to be preferred; a project that was never weighed is before all. */
static int compare_offers(const struct state *s, uint32_t a, uint32_t b)
{
    const struct offer *x = &s->offers[a];
    const struct offer *y = &s->offers[b];
    if (!x->any || !y->any)
        return (int)x->any - (int)y->any;
    return mpq_cmp(x->price, y->price);
}

/* The open project with the lowest price; prices that are not fresh may have risen. */
static uint32_t lowest(const struct state *s)
{
    uint32_t best = BOS_NONE;
    for (uint32_t i = 0; i < s->p->project_count; i++) {
        if (s->closed[i])
            continue;
        int order = best == BOS_NONE ? -1 : compare_offers(s, i, best);
        bool first =
            order == 0 &&
            (s->fresh[best] != s->fresh[i] ? s->fresh[best] : s->p->rank[i] < s->p->rank[best]);
        if (order < 0 || first)
            best = i;
    }
    return best;
}

static uint32_t choose(struct state *s)
{
    uint32_t best;
    memset(s->fresh, 0, s->p->project_count);
    for (uint32_t i = 0; s->plain && i < s->p->project_count; i++) {
        if (!s->closed[i])
            weigh(s, i);
    }
    while ((best = lowest(s)) != BOS_NONE && !s->fresh[best])
        weigh(s, best);
    struct bos *out = s->out;
    out->tied[out->count] = 0;
    out->rival[out->count] = BOS_NONE;
    for (uint32_t i = 0; best != BOS_NONE && i < s->p->project_count; i++) {
        uint32_t *rival = &out->rival[out->count];
        if (s->closed[i] || compare_offers(s, i, best) != 0)
            continue;
        out->tied[out->count]++;
        if (i != best && (*rival == BOS_NONE || s->p->rank[i] < s->p->rank[*rival]))
            *rival = i;
    }
    return best;
}

static void close_what_does_not_fit(struct state *s)
{
    for (size_t i = 0; i < s->p->project_count; i++)
        s->closed[i] = s->closed[i] || mpq_cmp(s->p->e->projects[i].cost, s->money) > 0;
}

/* A purse for owners of `purse` who pay this share, all they have if that is less. */
static uint32_t heir_of(struct state *s, uint32_t purse, mpq_srcptr share)
{
    if (s->purse_count == s->purse_room) {
        size_t room = s->purse_room * 2 + 64;
        s->left = wm_realloc(s->left, room * sizeof(*s->left));
        s->heir = wm_realloc(s->heir, room * sizeof(*s->heir));
        s->weight = wm_realloc(s->weight, room * sizeof(*s->weight));
        s->seen = wm_realloc(s->seen, room * sizeof(*s->seen));
        for (size_t i = s->purse_room; i < room; i++)
            mpq_init(s->left[i]);
        s->purse_room = room;
    }
    uint32_t heir = (uint32_t)s->purse_count++;
    s->weight[heir] = 0;
    s->seen[heir] = 0;
    if (mpq_cmp(s->left[purse], share) > 0)
        mpq_sub(s->left[heir], s->left[purse], share);
    else
        mpq_set_ui(s->left[heir], 0, 1);
    return heir;
}

/* Supporters stand in the order of utility, so that an heir is right as long as that is the same.
 */
static void pay(struct state *s, uint32_t project, mpq_srcptr price, mpq_t paid)
{
    const struct profile *p = s->p;
    size_t before = s->purse_count;
    mpq_t share, gone;
    mpq_inits(share, gone, NULL);
    for (size_t i = p->starts[project]; i < p->starts[project + 1]; i++) {
        uint32_t class = p->support[i];
        uint32_t purse = s->purse[class];
        uint32_t utility = profile_utility(p, i);
        mpq_set_ui(share, utility, 1);
        mpq_mul(share, share, price);
        if (s->plain) {
            mpq_set(gone, s->left[class]);
            mpq_sub(s->left[class], s->left[class], share);
            if (mpq_sgn(s->left[class]) < 0)
                mpq_set_ui(s->left[class], 0, 1);
            mpq_sub(gone, gone, s->left[class]);
        } else {
            if (s->weight[purse] != utility) {
                uint32_t heir = heir_of(s, purse, share);
                s->heir[purse] = heir;
                s->weight[purse] = utility;
            }
            s->purse[class] = s->heir[purse];
            mpq_sub(gone, s->left[purse], s->left[s->heir[purse]]);
        }
        mpz_mul_ui(mpq_numref(gone), mpq_numref(gone), p->multiplicity[class]);
        mpq_canonicalize(gone);
        mpq_add(paid, paid, gone);
    }
    memset(s->weight, 0, before * sizeof(*s->weight));
    mpq_clears(share, gone, NULL);
}

static void buy(struct state *s, uint32_t project)
{
    struct bos *out = s->out;
    const struct offer *offer = &s->offers[project];
    mpq_srcptr cost = s->p->e->projects[project].cost;
    if (mpq_sgn(cost) != 0) {
        mpq_div(out->pay[out->count], offer->level, offer->part);
        mpq_set(out->part[out->count], offer->part);
        pay(s, project, out->pay[out->count], out->paid[out->count]);
    } else {
        mpq_set_ui(out->part[out->count], 1, 1);
        out->tied[out->count] = 1;
        out->rival[out->count] = BOS_NONE;
    }
    out->projects[out->count++] = project;
    mpq_add(out->cost, out->cost, cost);
    mpq_sub(s->money, s->money, cost);
    profile_close(s->p, project, s->closed);
    close_what_does_not_fit(s);
}

static void start(struct state *s)
{
    const struct profile *p = s->p;
    struct bos *out = s->out;
    mpq_set_ui(out->endowment, p->voters, 1);
    if (p->voters > 0)
        mpq_div(out->endowment, p->e->budget, out->endowment);
    s->purse_count = s->plain ? p->class_count : 1;
    s->purse_room = s->purse_count + 1;
    s->left = wm_alloc(s->purse_room * sizeof(*s->left));
    s->heir = wm_alloc(s->purse_room * sizeof(*s->heir));
    s->weight = wm_alloc(s->purse_room * sizeof(*s->weight));
    s->seen = wm_alloc(s->purse_room * sizeof(*s->seen));
    s->purse = wm_alloc((p->class_count + 1) * sizeof(*s->purse));
    s->groups = wm_alloc((p->class_count + 1) * sizeof(*s->groups));
    s->closed = wm_alloc(p->project_count + 1);
    s->fresh = wm_alloc(p->project_count + 1);
    s->offers = wm_alloc((p->project_count + 1) * sizeof(*s->offers));
    for (size_t i = 0; i < s->purse_room; i++) {
        mpq_init(s->left[i]);
        mpq_set(s->left[i], out->endowment);
    }
    for (size_t i = 0; i < p->project_count; i++) {
        mpq_inits(s->offers[i].level, s->offers[i].part, s->offers[i].price, NULL);
        s->closed[i] = p->weight[i] == 0;
    }
    mpq_init(s->money);
    mpq_set(s->money, p->e->budget);
    close_what_does_not_fit(s);
    for (size_t k = 0; k < p->project_count; k++) {
        uint32_t project = p->by_rank[k];
        if (!s->closed[project] && mpq_sgn(p->e->projects[project].cost) == 0)
            buy(s, project);
    }
}

static void finish(struct state *s)
{
    for (size_t i = 0; i < s->purse_room; i++)
        mpq_clear(s->left[i]);
    for (size_t i = 0; i < s->p->project_count; i++)
        mpq_clears(s->offers[i].level, s->offers[i].part, s->offers[i].price, NULL);
    mpq_clear(s->money);
    free(s->left);
    free(s->heir);
    free(s->weight);
    free(s->seen);
    free(s->purse);
    free(s->groups);
    free(s->closed);
    free(s->fresh);
    free(s->offers);
}

void bos_count(const struct profile *p, bool plain, struct bos *out)
{
    size_t room = p->project_count + 1;
    struct state s = {.p = p, .out = out, .plain = plain};
    uint32_t best;
    *out = (struct bos){.room = room};
    out->projects = wm_alloc(room * sizeof(*out->projects));
    out->tied = wm_alloc(room * sizeof(*out->tied));
    out->rival = wm_alloc(room * sizeof(*out->rival));
    out->pay = wm_alloc(room * sizeof(*out->pay));
    out->part = wm_alloc(room * sizeof(*out->part));
    out->paid = wm_alloc(room * sizeof(*out->paid));
    for (size_t i = 0; i < room; i++)
        mpq_inits(out->pay[i], out->part[i], out->paid[i], NULL);
    mpq_inits(out->cost, out->endowment, NULL);
    start(&s);
    while ((best = choose(&s)) != BOS_NONE)
        buy(&s, best);
    finish(&s);
}

void bos_free(struct bos *r)
{
    for (size_t i = 0; i < r->room; i++)
        mpq_clears(r->pay[i], r->part[i], r->paid[i], NULL);
    mpq_clears(r->cost, r->endowment, NULL);
    free(r->projects);
    free(r->tied);
    free(r->rival);
    free(r->pay);
    free(r->part);
    free(r->paid);
}
