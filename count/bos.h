/* bos.h: Equal Shares with Bounded Overspending, in rationals, by two independent paths.
 *
 * Every voter gets the same part of the budget. For a project of cost c and a level L, a supporter
 * with utility u and e left offers min(e, L u); together they offer the part alpha of c (1 at
 * most). Of all projects that fit into what is left of the budget, and all levels, the one with the
 * lowest L / alpha^2 is bought (with UTILITY_COST, L / c / alpha^2); each supporter pays min(e, L u
 * / alpha), and what is missing is paid from the money of voters who would not spend it. It ends
 * when nothing fits that anybody who has money left supports. Papasotiropoulos, Pishbin, Skibski,
 * Skowron, Was: Method of Equal Shares with Bounded Overspending; as in pabutools 1.2.3
 * (bos_equal_shares.py), whose doubles and ties are not followed.
 *
 * Between two levels at which a supporter runs out alpha is A + B L, and L / (A + B L)^2 has no
 * minimum inside: it is enough to look at those levels and the one with alpha = 1. Of levels that
 * are equally good the one with the greatest alpha stands.
 *
 * Supported projects that cost nothing win first. Ties go to the lower rank (profile.h). */
#ifndef COUNT_BOS_H
#define COUNT_BOS_H

#include "count/profile.h"

#define BOS_NONE UINT32_MAX

struct bos {
    size_t count;
    size_t room;
    uint32_t *projects; /* in the order bought */
    uint32_t *tied;     /* how many were equally good at that step, itself included */
    uint32_t *rival;    /* of those, the next by rank; BOS_NONE when there was none */
    mpq_t *pay;         /* each supporter's price per unit of utility */
    mpq_t *part;        /* alpha */
    mpq_t *paid;        /* by its supporters together */
    mpq_t cost;         /* of all of them */
    mpq_t endowment;
};

/* With `plain` every voter's money is kept apart and everything weighed at every step; otherwise
 * voters with the same history are one, and a project is weighed only when its last price, which
 * can only have risen, is the lowest. bos_free frees the outcome. */
void bos_count(const struct profile *p, bool plain, struct bos *out);
void bos_free(struct bos *r);

#endif
