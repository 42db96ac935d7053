/* welfare.h: the set of projects that fits the budget and has the greatest welfare, by two paths.
 *
 * Welfare is the sum over all voters of what they gain from the winners; a project adds its own
 * (votes, votes times cost, points), so this is the 0-1 knapsack problem, with at most one of each
 * group of exclusions. Of sets with the greatest welfare the cheapest wins; of those, the one that
 * has the first project, by rank, in which they differ. Projects that add nothing take no part.
 *
 * Both paths add group after group to a list of sets from which those are left out that cost no
 * less than another and are worth no more (Nemhauser, Ullmann: Discrete dynamic programming and
 * capital allocation, 1969), and that cannot reach the best set known even if what is left of the
 * budget were filled with parts of the remaining projects (Dantzig's bound). */
#ifndef COUNT_WELFARE_H
#define COUNT_WELFARE_H

#include "count/profile.h"

/* More sets than this at a time are refused. */
#define WELFARE_SETS_MAX ((size_t)4 * 1000 * 1000)

struct welfare {
    bool *won; /* by project */
    size_t count;
    mpq_t welfare, cost;
};

/* What one project adds. */
void welfare_of(const struct profile *p, uint32_t project, mpq_t out);

/* With `plain`, rationals throughout; otherwise 128-bit integers (where amounts are too long for
 * them, rationals), and bounds as doubles that err on the safe side. False, with *why: too many
 * sets. welfare_free frees the outcome of either. */
bool welfare_count(const struct profile *p, bool plain, struct welfare *out, struct refusal *why);
void welfare_free(struct welfare *r);

/* One path each; `out` is initialised. WELFARE_TOO_LONG: amounts do not fit into integers. */
enum welfare_outcome { WELFARE_DONE, WELFARE_TOO_MANY, WELFARE_TOO_LONG };
enum welfare_outcome welfare_plain(const struct profile *p, struct welfare *out);
enum welfare_outcome welfare_fast(const struct profile *p, struct welfare *out);

/* For both: projects that can win, best welfare for the money first (by `compare`, of two indices),
 * with those of one group of exclusions next to each other behind its best. Returns their number.
 */
size_t welfare_candidates(const struct profile *p, uint32_t *out,
                          int (*compare)(const void *, const void *, void *), void *context);

#endif
