/* shares_why.h: why equal shares bought a project or did not: whose money went where. */
#ifndef COUNT_SHARES_WHY_H
#define COUNT_SHARES_WHY_H

#include "count/equal_shares.h"

enum { TAKERS_MAX = 5, RERUNS_MAX = 300 };

/* Where the money of a project's supporters went: to this other project, so much of it. */
struct shares_taker {
    uint32_t project;
    mpq_t amount; /* whole hundredths, rounded down */
};

struct shares_why {
    /* Effective support in tenths of a percent, rounded down: the greatest part of the project's
     * cost that its supporters could have paid at any step on terms as good as those of the
     * project that was bought there, or at the end with all they had left. From 1000 on it is
     * bought (at 1000 exactly a tie may have been lost). A project that was bought is taken out
     * and the rest counted without it, where there are at most RERUNS_MAX; otherwise it says 1000.
     * (pabutools 1.2.3, calculate_effective_supports, in rationals.) */
    uint64_t support;
    mpq_t had;  /* by its supporters at the start; whole hundredths, rounded down */
    mpq_t left; /* at the end, likewise */
    struct shares_taker takers[TAKERS_MAX]; /* most first, then by rank; projects not bought only */
    size_t taker_count;
};

/* One for each project, to be freed with shares_why_free. */
struct shares_why *shares_why(const struct profile *p, const struct equal_shares *r);
void shares_why_free(struct shares_why *why, size_t projects);

#endif
