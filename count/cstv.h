/* cstv.h: Cumulative Support Transfer Voting: voters give their part of the budget to projects in
 * proportion to their points, and what a project does not get or does not need goes on to others.
 *
 * Skowron, Slinko, Szufa, Talmon: Participatory Budgeting with Cumulative Votes (arXiv 2009.02690),
 * sections 4 and 5, with the choices of pabutools 1.2.3 (cstv.py) by their names:
 *   choice   EWT, MT: most excess (support - cost); EWTC, MTC: most support / cost; EWTS, MTS: most
 *            support. Among projects whose support is at least their cost that one is bought.
 *   excess   goes back to its givers, each in proportion to what they gave; those who support
 * nothing else pay in full. nothing to buy   EWT*: the project that is worst by the same choice is
 * eliminated, and all it had goes back. MT*: of projects whose givers together have enough, the
 * best by the same choice is bought; each of its givers gives the same multiple of what they gave,
 * or all they have, so that it has exactly its cost. Those whose givers have too little are out. at
 * the end   EWT*: eliminated projects that fit are bought, the last eliminated first; MT*: the
 *            projects that are out, best by the same choice first, if they fit.
 * What goes back to a voter stands again for the projects that are left, in proportion to the
 * voter's points: so all that must be known of a voter is what they have left.
 *
 * Exact fractions here double in length with every project that is bought. So money is kept in
 * whole quanta of 2^-(QUANTUM_BITS) of the currency's unit, where QUANTUM_BITS = 256 + 40 a
 * project: every step rounds each voter's money by less than a quantum and makes earlier errors at
 * most (voters + 2) times as great, so that with fewer than 2^38 voters and one step a project all
 * errors stay below 2^-200, and those of support / cost below 2^-160. Amounts closer to each other
 * than 2^-128 count as equal; nothing else can be mistaken.
 *
 * Ties go to the lower rank (profile.h), eliminations to the higher. Supported projects that cost
 * nothing win first. */
#ifndef COUNT_CSTV_H
#define COUNT_CSTV_H

#include "count/profile.h"

#define CSTV_NONE UINT32_MAX

enum cstv_choice { CSTV_EXCESS, CSTV_RATIO, CSTV_SUPPORT };

struct cstv_terms {
    enum cstv_choice choice;
    bool minimal_transfer; /* MT*, otherwise EWT* */
    bool plain;
};

enum cstv_event { CSTV_BOUGHT, CSTV_BOUGHT_BY_TRANSFER, CSTV_OUT, CSTV_BOUGHT_AT_END };

struct cstv_step {
    uint32_t project;
    enum cstv_event event;
    mpq_t support; /* before anything moves, rounded down to 2^-64 */
    size_t tied;   /* how many were equally good (or bad), itself included */
    uint32_t rival;
};

struct cstv {
    size_t count;
    size_t room;
    struct cstv_step *steps; /* in order: one a project that was bought or put out */
    mpq_t endowment;
    mpq_t cost;
};

/* The profile's utility is UTILITY_POINTS, or UTILITY_CARD for approval ballots (one point each).
 * With `plain` every class of voters is kept apart; otherwise those who have the same money and the
 * same points for what is left are one. cstv_free frees the outcome. */
void cstv_count(const struct profile *p, const struct cstv_terms *terms, struct cstv *out);
void cstv_free(struct cstv *r);

#endif
