/* welfare.c: what both paths begin and end with. */
#include "count/welfare.h"

void welfare_of(const struct profile *p, uint32_t project, mpq_t out)
{
    mpq_set_ui(out, p->weight[project], 1);
    if (p->utility == UTILITY_COST)
        mpq_mul(out, out, p->e->projects[project].cost);
}

size_t welfare_candidates(const struct profile *p, uint32_t *out,
                          int (*compare)(const void *, const void *, void *), void *context)
{
    const struct project *projects = p->e->projects;
    size_t count = 0;
    for (uint32_t i = 0; i < p->project_count; i++) {
        bool gains =
            p->weight[i] > 0 && (p->utility != UTILITY_COST || mpq_sgn(projects[i].cost) > 0);
        if (gains && mpq_cmp(projects[i].cost, p->e->budget) <= 0)
            out[count++] = i;
    }
    qsort_r(out, count, sizeof(*out), compare, context);
    for (size_t i = 0; i < count; i++) {
        uint32_t group = projects[out[i]].exclusion;
        size_t next = i + 1;
        for (size_t k = next; group != 0 && k < count; k++) {
            uint32_t project = out[k];
            if (projects[project].exclusion != group)
                continue;
            memmove(out + next + 1, out + next, (k - next) * sizeof(*out));
            out[next++] = project;
        }
        i = next - 1;
    }
    return count;
}

bool welfare_count(const struct profile *p, bool plain, struct welfare *out, struct refusal *why)
{
    *out = (struct welfare){.count = 0};
    out->won = wm_alloc(p->project_count + 1);
    mpq_inits(out->welfare, out->cost, NULL);
    enum welfare_outcome outcome = plain ? WELFARE_TOO_LONG : welfare_fast(p, out);
    if (outcome == WELFARE_TOO_LONG)
        outcome = welfare_plain(p, out);
    if (outcome == WELFARE_TOO_MANY)
        return refuse(why, 0, "more than %zu sets of projects are as good as others for their cost",
                      WELFARE_SETS_MAX);
    mpq_t gain;
    mpq_init(gain);
    for (uint32_t i = 0; i < p->project_count; i++) {
        if (!out->won[i])
            continue;
        out->count++;
        welfare_of(p, i, gain);
        mpq_add(out->welfare, out->welfare, gain);
        mpq_add(out->cost, out->cost, p->e->projects[i].cost);
    }
    mpq_clear(gain);
    return true;
}

void welfare_free(struct welfare *r)
{
    free(r->won);
    mpq_clears(r->welfare, r->cost, NULL);
}
