/* welfare_plain.c: the knapsack problem in rationals: sets as they come, compared one with all. */
#include "count/welfare.h"

struct set {
    mpq_t cost, welfare;
    bool *has; /* by project */
};

struct plain {
    const struct profile *p;
    uint32_t *order; /* candidates */
    size_t count;
    struct set *sets; /* cheapest first; of equal ones the most welfare first */
    size_t set_count, set_room;
    mpq_t best; /* some set is worth this much */
};

/* welfare / cost, most first. */
static int compare_densities(const void *left, const void *right, void *context)
{
    const struct profile *p = context;
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    mpq_t x, y;
    mpq_inits(x, y, NULL);
    welfare_of(p, a, x);
    welfare_of(p, b, y);
    mpq_mul(x, x, p->e->projects[b].cost);
    mpq_mul(y, y, p->e->projects[a].cost);
    int order = mpq_cmp(y, x);
    mpq_clears(x, y, NULL);
    return order != 0 ? order : p->rank[a] < p->rank[b] ? -1 : 1;
}

/* The empty set, or set `from` with one more project. */
static struct set *add_set(struct plain *s, size_t from, uint32_t more)
{
    const struct profile *p = s->p;
    if (s->set_count == s->set_room) {
        s->set_room = s->set_room * 2 + 64;
        s->sets = wm_realloc(s->sets, s->set_room * sizeof(*s->sets));
    }
    struct set *set = &s->sets[s->set_count++];
    mpq_inits(set->cost, set->welfare, NULL);
    set->has = wm_alloc(p->project_count + 1);
    if (from < s->set_count - 1) {
        memcpy(set->has, s->sets[from].has, p->project_count);
        set->has[more] = true;
        welfare_of(p, more, set->welfare);
        mpq_add(set->welfare, set->welfare, s->sets[from].welfare);
        mpq_add(set->cost, s->sets[from].cost, p->e->projects[more].cost);
    }
    return set;
}

static void free_set(struct set *set)
{
    mpq_clears(set->cost, set->welfare, NULL);
    free(set->has);
}

/* Cheapest first, then most welfare, then the one that has the first project in which they differ.
 */
static int compare_sets(const void *left, const void *right, void *context)
{
    const struct set *a = left;
    const struct set *b = right;
    const struct profile *p = context;
    int order = mpq_cmp(a->cost, b->cost);
    if (order == 0)
        order = mpq_cmp(b->welfare, a->welfare);
    for (size_t k = 0; order == 0 && k < p->project_count; k++) {
        uint32_t project = p->by_rank[k];
        order = (int)b->has[project] - (int)a->has[project];
    }
    return order;
}

/* What a set is worth if the rest of the budget is filled with the remaining candidates, the best
 * for the money first, and a part of the first that does not fit. */
static void bound_of(const struct plain *s, const struct set *set, const uint32_t *rest,
                     size_t count, mpq_t out)
{
    mpq_t money, gain;
    mpq_inits(money, gain, NULL);
    mpq_set(out, set->welfare);
    mpq_sub(money, s->p->e->budget, set->cost);
    for (size_t i = 0; i < count; i++) {
        mpq_srcptr cost = s->p->e->projects[rest[i]].cost;
        welfare_of(s->p, rest[i], gain);
        if (mpq_cmp(cost, money) <= 0) {
            mpq_sub(money, money, cost);
            mpq_add(out, out, gain);
            continue;
        }
        mpq_mul(gain, gain, money);
        mpq_div(gain, gain, cost);
        mpq_add(out, out, gain);
        break;
    }
    mpq_clears(money, gain, NULL);
}

/* Leaves out sets that cost no less than one before them and are worth no more, and such as cannot
 * reach what one of them is worth already. */
static void prune(struct plain *s, size_t from)
{
    size_t count = s->count - from;
    uint32_t *rest = wm_alloc((count + 1) * sizeof(*rest));
    size_t kept = 0;
    mpq_t bound;
    mpq_init(bound);
    memcpy(rest, s->order + from, count * sizeof(*rest));
    qsort_r(rest, count, sizeof(*rest), compare_densities, (void *)(uintptr_t)s->p);
    qsort_r(s->sets, s->set_count, sizeof(*s->sets), compare_sets, (void *)(uintptr_t)s->p);
    for (size_t i = 0; i < s->set_count; i++) {
        if (mpq_cmp(s->sets[i].welfare, s->best) > 0)
            mpq_set(s->best, s->sets[i].welfare);
    }
    for (size_t i = 0; i < s->set_count; i++) {
        struct set *set = &s->sets[i];
        bound_of(s, set, rest, count, bound);
        if ((kept > 0 && mpq_cmp(set->welfare, s->sets[kept - 1].welfare) <= 0) ||
            mpq_cmp(bound, s->best) < 0)
            free_set(set);
        else
            s->sets[kept++] = *set;
    }
    s->set_count = kept;
    mpq_clear(bound);
    free(rest);
}

/* Candidates `at` .. end - 1 exclude each other. */
static bool add_group(struct plain *s, size_t at, size_t end)
{
    size_t before = s->set_count;
    for (; at < end; at++) {
        for (size_t i = 0; i < before; i++) {
            struct set *set = add_set(s, i, s->order[at]);
            if (mpq_cmp(set->cost, s->p->e->budget) > 0)
                free_set(&s->sets[--s->set_count]);
        }
    }
    prune(s, at);
    return s->set_count <= WELFARE_SETS_MAX;
}

enum welfare_outcome welfare_plain(const struct profile *p, struct welfare *out)
{
    struct plain s = {.p = p};
    bool few = true;
    mpq_init(s.best);
    s.order = wm_alloc((p->project_count + 1) * sizeof(*s.order));
    s.count = welfare_candidates(p, s.order, compare_densities, (void *)(uintptr_t)p);
    add_set(&s, 0, 0);
    for (size_t at = 0; few && at < s.count;) {
        uint32_t group = p->e->projects[s.order[at]].exclusion;
        size_t end = at + 1;
        while (group != 0 && end < s.count && p->e->projects[s.order[end]].exclusion == group)
            end++;
        few = add_group(&s, at, end);
        at = end;
    }
    for (size_t i = 0; few && i < p->project_count; i++)
        out->won[i] = s.sets[s.set_count - 1].has[i];
    for (size_t i = 0; i < s.set_count; i++)
        free_set(&s.sets[i]);
    free(s.sets);
    free(s.order);
    mpq_clear(s.best);
    return few ? WELFARE_DONE : WELFARE_TOO_MANY;
}
