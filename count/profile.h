/* profile.h: an election as rules of shared payment see it: who supports a project, and how much.
 *
 * Equal ballots are merged into one class with a number of voters, which is what makes a hundred
 * thousand ballots as cheap as the different ones among them. Plain numbers, without opinions on
 * how to count; in integers, so that nothing is rounded. */
#ifndef COUNT_PROFILE_H
#define COUNT_PROFILE_H

#include "count/refusal.h"
#include "count/tally.h"

/* What one voter gains from a project: nothing but its price (cost), one (card), the points that
 * the ballot gives it, or Borda's score: as many points as projects stand below it on the ballot,
 * so that the last one gets none (pabutools 1.2.3, Additive_Borda_Sat). */
enum utility { UTILITY_COST, UTILITY_CARD, UTILITY_POINTS, UTILITY_BORDA };

struct profile {
    const struct election *e;
    enum utility utility;
    size_t project_count;
    uint64_t voters; /* all ballots, also those that support nothing */
    enum reason
        *barred; /* by project: REASON_WON, or why it takes no part; then nobody supports it */

    size_t class_count;
    uint32_t *multiplicity; /* by class: its voters, 1 at least */

    /* Project p is supported by classes support[starts[p]] .. support[starts[p + 1] - 1], each
     * with the utility at the same index of `utilities`, above 0, lowest utility first. With
     * UTILITY_COST and UTILITY_CARD every utility is 1 and `utilities` is NULL. */
    size_t *starts;
    uint32_t *support;
    uint32_t *utilities;

    uint64_t *supporters; /* by project: its voters */
    uint64_t *weight;     /* by project: the sum of its voters' utilities */
    uint32_t *rank;       /* by project: ties go to the lower one; see below */
    uint32_t *by_rank;    /* projects in that order */
};

/* False, with *why, when the ballots have no such utility. The election must outlive the profile;
 * profile_free frees it, also after a refusal. */
bool profile_build(struct profile *p, const struct election *e, const struct terms *terms,
                   enum utility utility, struct refusal *why);
void profile_free(struct profile *p);

/* rank[] numbers all projects by lowest cost, then most votes, then lot (or, without a seed,
 * natural order of id), so that a tie is settled by comparing two numbers. Why a comes before b: */
enum tie_break profile_tie_break(const struct profile *p, size_t a, size_t b, bool has_seed);

/* Marks a project that was bought, and all of its group of exclusions, which cannot be any more. */
void profile_close(const struct profile *p, size_t project, bool *closed);

/* The number of supporters of p that are a class of its own; for loops over them. */
static inline size_t profile_supports(const struct profile *p, size_t project)
{
    return p->starts[project + 1] - p->starts[project];
}

/* In how many parts a point of utility is: those of the election, where they are its points. */
static inline uint32_t profile_parts(const struct profile *p)
{
    return p->utility == UTILITY_POINTS ? p->e->points_scale : 1;
}

static inline uint32_t profile_utility(const struct profile *p, size_t at)
{
    return p->utilities != NULL ? p->utilities[at] : 1;
}

#endif
