/* maximin_plain.c: the load of a set of projects in rationals: augmenting paths, one by one. */
#include "count/maximin.h"

/* Project k of the set gives cost[k] to its supporters, of which rest[k] is not placed yet; flow
 * goes along supports, in the order of the profile; class c takes room[c] more. */
struct plain {
    const struct profile *p;
    uint32_t *set;
    size_t count;
    mpq_t *rest;
    mpq_t *flow;  /* by place in p->support */
    mpq_t *room;  /* by class */
    bool *met;    /* by member of the set: reached in this search */
    bool *filled; /* by class, likewise */
};

static bool place(struct plain *s, size_t member, mpq_t amount);

/* Has `class` take `amount`, or less, which then stands in it: from its own room, or by moving what
 * it takes of another member elsewhere. */
static bool take(struct plain *s, uint32_t class, mpq_t amount)
{
    if (mpq_sgn(s->room[class]) > 0) {
        if (mpq_cmp(amount, s->room[class]) > 0)
            mpq_set(amount, s->room[class]);
        mpq_sub(s->room[class], s->room[class], amount);
        return true;
    }
    s->filled[class] = true;
    for (size_t k = 0; k < s->count; k++) {
        for (size_t i = s->p->starts[s->set[k]]; i < s->p->starts[s->set[k] + 1]; i++) {
            if (s->p->support[i] != class || s->met[k] || mpq_sgn(s->flow[i]) <= 0)
                continue;
            if (mpq_cmp(amount, s->flow[i]) > 0)
                mpq_set(amount, s->flow[i]);
            if (!place(s, k, amount))
                continue;
            mpq_sub(s->flow[i], s->flow[i], amount);
            return true;
        }
    }
    return false;
}

static bool place(struct plain *s, size_t member, mpq_t amount)
{
    const struct profile *p = s->p;
    bool placed = false;
    mpq_t wanted;
    mpq_init(wanted);
    mpq_set(wanted, amount);
    s->met[member] = true;
    for (size_t i = p->starts[s->set[member]]; i < p->starts[s->set[member] + 1] && !placed; i++) {
        mpq_set(amount, wanted);
        if (s->filled[p->support[i]] || !take(s, p->support[i], amount))
            continue;
        mpq_add(s->flow[i], s->flow[i], amount);
        placed = true;
    }
    mpq_clear(wanted);
    return placed;
}

/* Places as much as can be; false when something is left over, s->met[] being the members that bear
 * too much together. */
static bool place_all(struct plain *s, mpq_srcptr load)
{
    mpq_t amount;
    mpq_init(amount);
    for (size_t c = 0; c < s->p->class_count; c++) {
        mpq_set_ui(s->room[c], s->p->multiplicity[c], 1);
        mpq_mul(s->room[c], s->room[c], load);
    }
    for (size_t i = 0; i < s->p->starts[s->p->project_count]; i++)
        mpq_set_ui(s->flow[i], 0, 1);
    for (size_t k = 0; k < s->count; k++)
        mpq_set(s->rest[k], s->p->e->projects[s->set[k]].cost);
    bool all = true;
    for (size_t k = 0; k < s->count && all; k++) {
        while (all && mpq_sgn(s->rest[k]) > 0) {
            memset(s->met, 0, s->count);
            memset(s->filled, 0, s->p->class_count);
            mpq_set(amount, s->rest[k]);
            all = place(s, k, amount);
            if (all)
                mpq_sub(s->rest[k], s->rest[k], amount);
        }
    }
    mpq_clear(amount);
    return all;
}

/* cost(S) / voters(S) of the members that were met. */
static void ratio_of_met(const struct plain *s, mpq_t out)
{
    const struct profile *p = s->p;
    bool *counted = wm_alloc(p->class_count + 1);
    uint64_t voters = 0;
    mpq_t divisor;
    mpq_init(divisor);
    mpq_set_ui(out, 0, 1);
    for (size_t k = 0; k < s->count; k++) {
        if (!s->met[k])
            continue;
        mpq_add(out, out, p->e->projects[s->set[k]].cost);
        for (size_t i = p->starts[s->set[k]]; i < p->starts[s->set[k] + 1]; i++) {
            voters += counted[p->support[i]] ? 0 : p->multiplicity[p->support[i]];
            counted[p->support[i]] = true;
        }
    }
    mpq_set_ui(divisor, voters, 1);
    mpq_div(out, out, divisor);
    mpq_clear(divisor);
    free(counted);
}

void maximin_plain_load(const struct profile *p, const struct maximin *r, uint32_t project,
                        mpq_t load)
{
    size_t supports = p->starts[p->project_count];
    struct plain s = {.p = p, .count = r->count + 1};
    s.set = wm_alloc(s.count * sizeof(*s.set));
    s.rest = wm_alloc(s.count * sizeof(*s.rest));
    s.flow = wm_alloc((supports + 1) * sizeof(*s.flow));
    s.room = wm_alloc((p->class_count + 1) * sizeof(*s.room));
    s.met = wm_alloc(s.count);
    s.filled = wm_alloc(p->class_count + 1);
    memcpy(s.set, r->projects, r->count * sizeof(*s.set));
    s.set[r->count] = project;
    for (size_t k = 0; k < s.count; k++)
        mpq_init(s.rest[k]);
    for (size_t i = 0; i < supports; i++)
        mpq_init(s.flow[i]);
    for (size_t c = 0; c < p->class_count; c++)
        mpq_init(s.room[c]);
    while (!place_all(&s, load))
        ratio_of_met(&s, load);
    for (size_t k = 0; k < s.count; k++)
        mpq_clear(s.rest[k]);
    for (size_t i = 0; i < supports; i++)
        mpq_clear(s.flow[i]);
    for (size_t c = 0; c < p->class_count; c++)
        mpq_clear(s.room[c]);
    free(s.set);
    free(s.rest);
    free(s.flow);
    free(s.room);
    free(s.met);
    free(s.filled);
}
