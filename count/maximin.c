/* maximin.c: see maximin.h. */
#include "count/maximin.h"

struct state {
    const struct profile *p;
    struct maximin *out;
    struct maximin_flow *flow; /* NULL on the plain path */
    bool *closed;
    bool *fresh;  /* its load is that of this step */
    mpq_t *loads; /* by project: lower bounds */
    mpq_t left;
};

static void weigh(struct state *s, uint32_t project)
{
    s->fresh[project] = true;
    if (s->flow != NULL)
        maximin_flow_load(s->flow, project, s->loads[project]);
    else
        maximin_plain_load(s->p, s->out, project, s->loads[project]);
}

/* The open project with the lowest load; of equal ones, those whose load may be higher first. */
static uint32_t lowest(const struct state *s)
{
    uint32_t best = MAXIMIN_NONE;
    for (uint32_t i = 0; i < s->p->project_count; i++) {
        if (s->closed[i])
            continue;
        int order = best == MAXIMIN_NONE ? -1 : mpq_cmp(s->loads[i], s->loads[best]);
        if (order == 0 && s->fresh[i] != s->fresh[best])
            order = s->fresh[best] ? -1 : 1;
        if (order == 0)
            order = s->p->rank[i] < s->p->rank[best] ? -1 : 1;
        best = order < 0 ? i : best;
    }
    return best;
}

static uint32_t choose(struct state *s)
{
    struct maximin *out = s->out;
    uint32_t best;
    memset(s->fresh, 0, s->p->project_count);
    for (uint32_t i = 0; s->flow == NULL && i < s->p->project_count; i++) {
        if (!s->closed[i])
            weigh(s, i);
    }
    while ((best = lowest(s)) != MAXIMIN_NONE && !s->fresh[best])
        weigh(s, best);
    out->tied[out->count] = 0;
    out->rival[out->count] = MAXIMIN_NONE;
    for (uint32_t i = 0; best != MAXIMIN_NONE && i < s->p->project_count; i++) {
        uint32_t *rival = &out->rival[out->count];
        if (s->closed[i] || mpq_equal(s->loads[i], s->loads[best]) == 0)
            continue;
        out->tied[out->count]++;
        if (i != best && (*rival == MAXIMIN_NONE || s->p->rank[i] < s->p->rank[*rival]))
            *rival = i;
    }
    return best;
}

/* What was loaded to bear the others bears the new one too: its load is a bound for all. */
static void add(struct state *s, uint32_t project)
{
    struct maximin *out = s->out;
    const struct profile *p = s->p;
    mpq_set(out->loads[out->count], s->loads[project]);
    out->projects[out->count++] = project;
    mpq_add(out->cost, out->cost, p->e->projects[project].cost);
    mpq_sub(s->left, s->left, p->e->projects[project].cost);
    profile_close(p, project, s->closed);
    if (s->flow != NULL)
        maximin_flow_add(s->flow, project);
    for (size_t i = 0; i < p->project_count; i++) {
        s->closed[i] = s->closed[i] || mpq_cmp(p->e->projects[i].cost, s->left) > 0;
        if (mpq_cmp(s->loads[i], s->loads[project]) < 0)
            mpq_set(s->loads[i], s->loads[project]);
    }
}

void maximin_count(const struct profile *p, bool plain, struct maximin *out)
{
    size_t room = p->project_count + 1;
    struct state s = {.p = p, .out = out};
    uint32_t best;
    *out = (struct maximin){.room = room};
    out->projects = wm_alloc(room * sizeof(*out->projects));
    out->tied = wm_alloc(room * sizeof(*out->tied));
    out->rival = wm_alloc(room * sizeof(*out->rival));
    out->loads = wm_alloc(room * sizeof(*out->loads));
    s.loads = wm_alloc(room * sizeof(*s.loads));
    s.closed = wm_alloc(room);
    s.fresh = wm_alloc(room);
    s.flow = plain ? NULL : maximin_flow_new(p);
    mpq_inits(out->cost, s.left, NULL);
    mpq_set(s.left, p->e->budget);
    for (size_t i = 0; i < room; i++)
        mpq_inits(out->loads[i], s.loads[i], NULL);
    for (size_t i = 0; i < p->project_count; i++)
        s.closed[i] = p->supporters[i] == 0 || mpq_cmp(p->e->projects[i].cost, s.left) > 0;
    while ((best = choose(&s)) != MAXIMIN_NONE)
        add(&s, best);
    for (size_t i = 0; i < room; i++)
        mpq_clear(s.loads[i]);
    mpq_clear(s.left);
    if (s.flow != NULL)
        maximin_flow_free(s.flow);
    free(s.loads);
    free(s.closed);
    free(s.fresh);
}

void maximin_free(struct maximin *r)
{
    for (size_t i = 0; i < r->room; i++)
        mpq_clear(r->loads[i]);
    mpq_clear(r->cost);
    free(r->projects);
    free(r->tied);
    free(r->rival);
    free(r->loads);
}
