/* shares_without.c: what would have happened without each winner, from where it was bought on. */
#include "count/shares_inside.h"

/* A run before a step. Purses made later are forgotten; what was found out exactly about earlier
 * ones and earlier steps stays true. */
struct mark {
    struct owner *owners;
    bool *closed;
    struct candidate *heap;
    size_t heap_count;
    size_t purse_count;
    size_t exact_count;
    size_t poor_count;
    size_t step;
    bool in_full;
    mpq_t cost;
};

static struct mark mark_new(const struct profile *p)
{
    struct mark m = {.heap_count = 0};
    m.owners = wm_alloc((p->class_count + 1) * sizeof(*m.owners));
    m.closed = wm_alloc((p->project_count + 1) * sizeof(*m.closed));
    m.heap = wm_alloc((p->project_count + 1) * sizeof(*m.heap));
    mpq_init(m.cost);
    return m;
}

static void mark_free(struct mark *m)
{
    free(m->owners);
    free(m->closed);
    free(m->heap);
    mpq_clear(m->cost);
}

static void save(struct mark *m, const struct shares *s)
{
    memcpy(m->owners, s->owners, s->p->class_count * sizeof(*m->owners));
    memcpy(m->closed, s->closed, s->p->project_count * sizeof(*m->closed));
    memcpy(m->heap, s->heap, s->heap_count * sizeof(*m->heap));
    m->heap_count = s->heap_count;
    m->purse_count = s->purse_count;
    m->exact_count = s->exact_count;
    m->poor_count = s->poor_count;
    m->step = s->log->count;
    m->in_full = s->log->in_full;
    mpq_set(m->cost, s->log->cost);
}

static void go_back(const struct mark *m, struct shares *s)
{
    memcpy(s->owners, m->owners, s->p->class_count * sizeof(*m->owners));
    memcpy(s->closed, m->closed, s->p->project_count * sizeof(*m->closed));
    memcpy(s->heap, m->heap, m->heap_count * sizeof(*m->heap));
    s->heap_count = m->heap_count;
    s->purse_count = m->purse_count;
    for (size_t i = 0; s->exact_count > m->exact_count && i < s->purse_count; i++) {
        if (s->purses[i].exact != SHARES_NONE && s->purses[i].exact >= m->exact_count)
            s->purses[i].exact = SHARES_NONE;
    }
    s->exact_count = m->exact_count;
    s->poor_count = m->poor_count;
    s->priced = SHARES_NONE;
    s->log->count = m->step;
    s->log->in_full = m->in_full;
    mpq_set(s->log->cost, m->cost);
}

void shares_run_without_each(struct shares *s, const mpq_t endowment, struct shares_log *log,
                             void (*ask)(void *context, uint32_t project), void *context)
{
    uint32_t project;
    struct mark mark = mark_new(s->p);
    run_begin(s, endowment, SHARES_NONE, log);
    while (run_choose(s, &project)) {
        save(&mark, s);
        s->closed[project] = true;
        run_on(s);
        ask(context, project);
        go_back(&mark, s);
        run_buy(s, project);
    }
    mark_free(&mark);
}
