/* welfare_fast.c: the knapsack problem in 128-bit integers, bounds in doubles.
 *
 * Costs and the budget are whole multiples of one unit and add up to less than 2^63 of them;
 * welfare is below 2^63 times 2^32. A bound is a sum of numbers each within 2^-52 of itself and one
 * product; with MARGIN it is never too low. The same holds for projects whose welfare for the money
 * a double cannot tell apart, in whatever order they then stand. */
#include "count/welfare.h"

__extension__ typedef unsigned __int128 wide;

#define MARGIN (1 + 0x1p-40)

/* Sets of projects, cheapest first, each worth more than the one before. Set i has the projects
 * whose bits are set in bits[i * words ...], the first by rank being the highest bit of the first
 * word. */
struct list {
    uint64_t *cost;
    wide *welfare;
    uint64_t *bits;
    size_t count, room;
};

struct fast {
    const struct profile *p;
    size_t words;
    uint64_t *cost; /* by project */
    wide *welfare;
    uint32_t *order; /* candidates */
    size_t count;
    uint64_t budget;
    wide best; /* some set is worth this much */

    /* The candidates that are left, best welfare for the money first, summed up. */
    size_t left_count;
    uint64_t *left_cost;
    wide *left_welfare;
    double *density;
    bool left_free; /* none of them excludes another */
};

static bool to_units(const mpz_t unit, const mpq_t amount, uint64_t *out)
{
    mpz_t whole;
    mpz_init(whole);
    mpz_mul(whole, unit, mpq_numref(amount));
    mpz_fdiv_q(whole, whole, mpq_denref(amount));
    bool fits = mpz_sizeinbase(whole, 2) <= 62;
    *out = fits ? mpz_get_ui(whole) : 0;
    mpz_clear(whole);
    return fits;
}

static bool find_amounts(struct fast *f)
{
    const struct profile *p = f->p;
    uint64_t sum = 0;
    bool fits = p->voters < UINT32_MAX;
    mpz_t unit;
    mpz_init_set_ui(unit, 1);
    for (size_t i = 0; i < p->project_count; i++)
        mpz_lcm(unit, unit, mpq_denref(p->e->projects[i].cost));
    for (size_t i = 0; i < p->project_count && fits; i++) {
        fits = to_units(unit, p->e->projects[i].cost, &f->cost[i]) &&
               sum + f->cost[i] < (uint64_t)1 << 62 && p->weight[i] < (uint64_t)1 << 60;
        sum += f->cost[i];
        f->welfare[i] = p->utility == UTILITY_COST ? (wide)p->weight[i] * f->cost[i] : p->weight[i];
    }
    /* More budget than all projects cost is as good as that. */
    if (fits && !to_units(unit, p->e->budget, &f->budget))
        f->budget = sum;
    mpz_clear(unit);
    return fits;
}

static int compare_densities(const void *left, const void *right, void *context)
{
    const struct fast *f = context;
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    double x = (double)f->welfare[a] * (double)f->cost[b];
    double y = (double)f->welfare[b] * (double)f->cost[a];
    if (x != y)
        return x > y ? -1 : 1;
    return f->p->rank[a] < f->p->rank[b] ? -1 : 1;
}

/* --- lists ---------------------------------------------------------------------------------------
 */

static void reserve(const struct fast *f, struct list *list, size_t room)
{
    if (room <= list->room)
        return;
    list->room = room + room / 2;
    list->cost = wm_realloc(list->cost, list->room * sizeof(*list->cost));
    list->welfare = wm_realloc(list->welfare, list->room * sizeof(*list->welfare));
    list->bits = wm_realloc(list->bits, list->room * f->words * sizeof(*list->bits));
}

static void free_list(struct list *list)
{
    free(list->cost);
    free(list->welfare);
    free(list->bits);
}

/* A set of `from`, with one more project (or UINT32_MAX), as it would stand in a list. */
struct place {
    const struct list *from;
    size_t at;
    uint32_t more;
    uint64_t cost;
    wide welfare;
};

static bool look(const struct fast *f, struct place *place)
{
    if (place->at >= place->from->count)
        return false;
    place->cost = place->from->cost[place->at];
    place->welfare = place->from->welfare[place->at];
    if (place->more != UINT32_MAX) {
        place->cost += f->cost[place->more];
        place->welfare += f->welfare[place->more];
    }
    return place->cost <= f->budget;
}

static void write_bits(const struct fast *f, const struct place *place, uint64_t *out)
{
    memcpy(out, place->from->bits + place->at * f->words, f->words * sizeof(*out));
    if (place->more != UINT32_MAX) {
        uint32_t rank = f->p->rank[place->more];
        out[rank / 64] |= (uint64_t)1 << (63 - rank % 64);
    }
}

/* Keeps the set unless a cheaper one is worth as much; of equal ones the first by rank. */
static void keep(const struct fast *f, struct list *out, const struct place *place)
{
    size_t last = out->count - 1;
    bool equal =
        out->count > 0 && out->welfare[last] == place->welfare && out->cost[last] == place->cost;
    if (out->count > 0 && out->welfare[last] >= place->welfare && !equal)
        return;
    uint64_t *bits = out->bits + out->count * f->words;
    write_bits(f, place, bits);
    if (equal) {
        uint64_t *other = out->bits + last * f->words;
        size_t i = 0;
        while (i < f->words && other[i] == bits[i])
            i++;
        if (i < f->words && bits[i] > other[i])
            memcpy(other, bits, f->words * sizeof(*bits));
        return;
    }
    if (out->count > 0 && out->cost[last] == place->cost) {
        memmove(out->bits + last * f->words, bits, f->words * sizeof(*bits));
        out->count--;
    }
    out->cost[out->count] = place->cost;
    out->welfare[out->count++] = place->welfare;
}

/* out = the sets of `all`, and those of `base` with one more project. */
static void merge(const struct fast *f, const struct list *all, const struct list *base,
                  uint32_t more, struct list *out)
{
    struct place a = {.from = all, .more = UINT32_MAX};
    struct place b = {.from = base, .more = more};
    bool has_a = look(f, &a), has_b = look(f, &b);
    reserve(f, out, all->count + base->count + 1);
    out->count = 0;
    while (has_a || has_b) {
        bool first = has_a && (!has_b || a.cost <= b.cost);
        struct place *next = first ? &a : &b;
        keep(f, out, next);
        next->at++;
        if (first)
            has_a = look(f, &a);
        else
            has_b = look(f, &b);
    }
}

/* --- bounds --------------------------------------------------------------------------------------
 */

static void sum_up_left(struct fast *f, size_t from)
{
    uint32_t *left = wm_alloc((f->count + 1) * sizeof(*left));
    f->left_count = f->count - from;
    f->left_free = true;
    memcpy(left, f->order + from, f->left_count * sizeof(*left));
    qsort_r(left, f->left_count, sizeof(*left), compare_densities, f);
    f->left_cost[0] = 0;
    f->left_welfare[0] = 0;
    for (size_t i = 0; i < f->left_count; i++) {
        uint64_t cost = f->cost[left[i]];
        f->left_cost[i + 1] = f->left_cost[i] + cost;
        f->left_welfare[i + 1] = f->left_welfare[i] + f->welfare[left[i]];
        f->density[i] = cost > 0 ? (double)f->welfare[left[i]] / (double)cost : 0;
        f->left_free = f->left_free && f->p->e->projects[left[i]].exclusion == 0;
    }
    free(left);
}

/* How many of those that are left, in their order, fit into `money`. */
static size_t prefix(const struct fast *f, uint64_t money)
{
    size_t low = 0, high = f->left_count;
    while (low < high) {
        size_t middle = (low + high + 1) / 2;
        if (f->left_cost[middle] <= money)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

static void prune(struct fast *f, struct list *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        wide reached = list->welfare[i];
        if (f->left_free)
            reached += f->left_welfare[prefix(f, f->budget - list->cost[i])];
        f->best = reached > f->best ? reached : f->best;
    }
    for (size_t i = 0; i < list->count; i++) {
        uint64_t money = f->budget - list->cost[i];
        size_t fit = prefix(f, money);
        double bound = (double)(list->welfare[i] + f->left_welfare[fit]);
        if (fit < f->left_count)
            bound += (double)(money - f->left_cost[fit]) * f->density[fit];
        if (bound * MARGIN < (double)f->best)
            continue;
        list->cost[kept] = list->cost[i];
        list->welfare[kept] = list->welfare[i];
        memmove(list->bits + kept * f->words, list->bits + i * f->words,
                f->words * sizeof(*list->bits));
        kept++;
    }
    list->count = kept;
}

/* --- stages --------------------------------------------------------------------------------------
 */

static size_t group_end(const struct fast *f, size_t first)
{
    const struct project *projects = f->p->e->projects;
    uint32_t group = projects[f->order[first]].exclusion;
    size_t end = first + 1;
    while (group != 0 && end < f->count && projects[f->order[end]].exclusion == group)
        end++;
    return end;
}

static enum welfare_outcome fill(struct fast *f, struct list *sets, struct list *base,
                                 struct list *next)
{
    reserve(f, sets, 1);
    sets->cost[0] = 0;
    sets->welfare[0] = 0;
    memset(sets->bits, 0, f->words * sizeof(*sets->bits));
    sets->count = 1;
    for (size_t at = 0; at < f->count;) {
        size_t end = group_end(f, at);
        reserve(f, base, sets->count);
        memcpy(base->cost, sets->cost, sets->count * sizeof(*base->cost));
        memcpy(base->welfare, sets->welfare, sets->count * sizeof(*base->welfare));
        memcpy(base->bits, sets->bits, sets->count * f->words * sizeof(*base->bits));
        base->count = sets->count;
        for (; at < end; at++) {
            merge(f, sets, base, f->order[at], next);
            struct list kept = *sets;
            *sets = *next;
            *next = kept;
        }
        sum_up_left(f, at);
        prune(f, sets);
        if (sets->count > WELFARE_SETS_MAX)
            return WELFARE_TOO_MANY;
    }
    return WELFARE_DONE;
}

enum welfare_outcome welfare_fast(const struct profile *p, struct welfare *out)
{
    struct list sets = {.count = 0}, base = {.count = 0}, next = {.count = 0};
    struct fast f = {.p = p, .words = p->project_count / 64 + 1};
    size_t room = p->project_count + 1;
    f.cost = wm_alloc(room * sizeof(*f.cost));
    f.welfare = wm_alloc(room * sizeof(*f.welfare));
    f.order = wm_alloc(room * sizeof(*f.order));
    f.left_cost = wm_alloc(room * sizeof(*f.left_cost));
    f.left_welfare = wm_alloc(room * sizeof(*f.left_welfare));
    f.density = wm_alloc(room * sizeof(*f.density));
    enum welfare_outcome outcome = WELFARE_TOO_LONG;
    if (find_amounts(&f)) {
        f.count = welfare_candidates(p, f.order, compare_densities, &f);
        outcome = fill(&f, &sets, &base, &next);
    }
    for (size_t i = 0; outcome == WELFARE_DONE && i < p->project_count; i++) {
        const uint64_t *bits = sets.bits + (sets.count - 1) * f.words;
        out->won[i] = (bits[p->rank[i] / 64] >> (63 - p->rank[i] % 64) & 1) != 0;
    }
    free_list(&sets);
    free_list(&base);
    free_list(&next);
    free(f.cost);
    free(f.welfare);
    free(f.order);
    free(f.left_cost);
    free(f.left_welfare);
    free(f.density);
    return outcome;
}
