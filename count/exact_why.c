/* exact_why.c: see exact_why.h. */
#include "count/exact_why.h"

void exact_why_init(struct exact_why *w, const struct profile *p, const mpq_t endowment,
                    const struct exact_log *log)
{
    size_t payments = 0;
    mpq_t share, after;
    mpq_inits(share, after, NULL);
    *w = (struct exact_why){.p = p, .log = log};
    w->paid = wm_alloc((p->class_count + 1) * sizeof(*w->paid));
    w->payers = wm_alloc((p->starts[p->project_count] + 1) * sizeof(*w->payers));
    w->payer_ends = wm_alloc((log->count + 1) * sizeof(*w->payer_ends));
    w->supports = wm_alloc(p->class_count + 1);
    for (size_t i = 0; i < p->class_count; i++)
        mpq_init(w->paid[i]);
    for (size_t step = 0; step < log->count; step++) {
        uint32_t project = log->projects[step];
        mpq_set_ui(share, log->payers[step], 1);
        mpq_div(share, p->e->projects[project].cost, share);
        for (size_t i = p->starts[project]; i < p->starts[project + 1]; i++) {
            mpq_add(after, w->paid[p->support[i]], share);
            if (mpq_cmp(after, endowment) > 0)
                continue;
            mpq_set(w->paid[p->support[i]], after);
            w->payers[payments++] = p->support[i];
        }
        w->payer_ends[step] = payments;
    }
    mpq_clears(share, after, NULL);
}

void exact_why_free(struct exact_why *w)
{
    for (size_t i = 0; i < w->p->class_count; i++)
        mpq_clear(w->paid[i]);
    free(w->paid);
    free(w->payers);
    free(w->payer_ends);
    free(w->supports);
}

static int compare_paid(const void *left, const void *right, void *context)
{
    const struct exact_why *w = context;
    return mpq_cmp(w->paid[*(const uint32_t *)left], w->paid[*(const uint32_t *)right]);
}

/* Who paid least first: the first j of them need what the j-th paid and cost / j. */
void exact_why_needed(struct exact_why *w, uint32_t project, mpq_t out)
{
    const struct profile *p = w->p;
    size_t count = profile_supports(p, project);
    uint32_t *least = wm_alloc((count + 1) * sizeof(*least));
    uint64_t voters = 0;
    mpq_t needed;
    mpq_init(needed);
    memcpy(least, p->support + p->starts[project], count * sizeof(*least));
    qsort_r(least, count, sizeof(*least), compare_paid, w);
    for (size_t i = 0; i < count; i++) {
        voters += p->multiplicity[least[i]];
        mpq_set_ui(needed, voters, 1);
        mpq_div(needed, p->e->projects[project].cost, needed);
        mpq_add(needed, needed, w->paid[least[i]]);
        if (i == 0 || mpq_cmp(needed, out) < 0)
            mpq_set(out, needed);
    }
    mpq_clear(needed);
    free(least);
}

void exact_why_taken(struct exact_why *w, uint32_t project, mpq_t *out)
{
    const struct profile *p = w->p;
    const struct exact_log *log = w->log;
    size_t first = 0;
    memset(w->supports, 0, p->class_count);
    for (size_t i = p->starts[project]; i < p->starts[project + 1]; i++)
        w->supports[p->support[i]] = true;
    for (size_t step = 0; step < log->count; step++) {
        uint64_t voters = 0;
        for (size_t i = first; i < w->payer_ends[step]; i++)
            voters += w->supports[w->payers[i]] ? p->multiplicity[w->payers[i]] : 0;
        first = w->payer_ends[step];
        mpq_set_ui(out[step], voters, log->payers[step]);
        mpq_canonicalize(out[step]);
        mpq_mul(out[step], out[step], p->e->projects[log->projects[step]].cost);
    }
}
