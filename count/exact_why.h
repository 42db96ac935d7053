/* exact_why.h: what exact equal shares took from whom, replayed step by step in rationals. */
#ifndef COUNT_EXACT_WHY_H
#define COUNT_EXACT_WHY_H

#include "count/exact_shares.h"

/* Payments of a run. */
struct exact_why {
    const struct profile *p;
    const struct exact_log *log;
    mpq_t *paid;      /* by class: by each of its voters, at the end */
    uint32_t *payers; /* classes that paid: at step i from payer_ends[i - 1] to payer_ends[i] - 1 */
    size_t *payer_ends;
    bool *supports; /* by class, while one project is looked at */
};

void exact_why_init(struct exact_why *w, const struct profile *p, const mpq_t endowment,
                    const struct exact_log *log);
void exact_why_free(struct exact_why *w);

/* For a project that somebody supports and that was not bought: the endowment with which some of
 * its supporters could have paid it in equal shares after all that they paid. */
void exact_why_needed(struct exact_why *w, uint32_t project, mpq_t out);
/* What its supporters paid at each step: out[log->count], initialised. */
void exact_why_taken(struct exact_why *w, uint32_t project, mpq_t *out);

#endif
