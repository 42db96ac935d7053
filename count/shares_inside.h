/* shares_inside.h: what the files of the filtered path share, and the proof of its bounds.
 *
 * Purses. Voters with the same endowment who paid the same shares at the same steps have the same
 * money left; they are one `purse`. A purse is made from its parent by one payment, so its exact
 * value can be found at any time, from the exact rho of the steps behind it. Until somebody needs
 * that, it is a double `v` with a bound `d`: |v - exact| <= d.
 *
 * Bounds. Let u = 2^-53. Each operation on doubles here is +, -, * or / of IEEE 754 in double
 * precision, rounded to nearest: fl(x op y) = (x op y)(1 + e), |e| <= u (no overflow, as amounts
 * are below 10^18 and counts below 2^64; no underflow that matters, as amounts are 0 or above
 * 10^-40). Then (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., section 4.2):
 *   sums      n products m_i v_i >= 0 added up: |computed - sum m_i v_i| <= (n + 2) u computed,
 *             to first order, and the purses' own errors add sum m_i d_i;
 *   rho       (c - S) / den with |c - exact c| <= dc and S within eS:
 *             error <= (dc + eS + u |c - S|) / den + 4 u rho (division, den to double);
 *   purse     v - rho w: d + erho w + u rho w + u v.
 * All terms of second order, and the rounding of the bounds themselves, are covered by SLACK =
 * 1 + 2^-20: n < 2^25 here, so that they are below a factor of 1 + 2^-27.
 *
 * Decisions. A comparison x < y is taken from doubles only where x + ex < y - ey. Whoever is found
 * too poor for rho of a set of payers is too poor for the final rho, as rho only grows when a
 * payer turns out too poor; so a purse is put among the poor only where that is certain, and the
 * price stands only when every other purse certainly is not. Otherwise the price is computed in
 * rationals. Projects whose intervals of rho overlap the lowest are compared in rationals. */
#ifndef COUNT_SHARES_INSIDE_H
#define COUNT_SHARES_INSIDE_H

#include "count/shares.h"

#define UNIT  0x1p-53
#define SLACK (1 + 0x1p-20)

/* Marks a purse that is empty, in owners[]: its owners pay no more. */
#define EMPTY 0x80000000u

/* The voters of one class, who always have the same purse. */
struct owner {
    uint32_t purse;
    uint32_t voters;
};

struct purse {
    uint32_t parent;
    uint32_t step; /* at which the last payment was made */
    uint32_t utility;
    uint32_t exact; /* index into exacts, or SHARES_NONE */
};

/* The supporters of the project that is being weighed, by purse and utility. */
struct group {
    double v, d;     /* of the purse */
    double voters;   /* exact, as there are fewer than 2^53 */
    double utility;  /* of each; exact */
    uint64_t weight; /* voters * utility */
    uint32_t purse;
    bool spent;      /* pays all it has */
    uint32_t target; /* the purse after the payment */
};

/* How a step was paid, so that its exact rho can be found later. */
struct payment {
    double rho, rho_error;
    uint64_t weight; /* of those who paid in full */
    size_t poor;     /* the others: poor[...] of `poor_count`, who gave all they had */
    size_t poor_count;
    bool known; /* log->rho is set */
};

struct poor {
    uint32_t purse;
    double voters;
};

struct candidate {
    double lo, hi; /* of rho as it is compared */
    uint32_t project;
};

struct shares {
    const struct profile *p;
    double *cost, *cost_error; /* by project */

    bool *closed;         /* by project: bought, excluded by one that was, or left out */
    struct owner *owners; /* by class */
    struct purse *purses;
    double *v, *d;
    uint32_t *place_of; /* by purse: its place among those met, or its group; see gather() */
    size_t purse_count, purse_room;
    uint32_t *met_purses; /* of the supporters that are gathered, each once, */
    uint32_t *met_voters; /* and how many own it; group_room of them */
    mpq_t *exacts;
    size_t exact_count, exact_room;

    struct group *groups; /* the poor first */
    size_t group_count, group_room, poor_groups;
    uint64_t rich_weight;
    bool everyone;   /* no supporter had an empty purse */
    uint32_t priced; /* whose groups these are, SHARES_NONE when they are being changed */
    double rho, rho_error;
    bool rho_is_exact; /* then rho_exact holds it */
    mpq_t rho_exact;

    struct candidate *heap;
    size_t heap_count;
    struct candidate *met;
    size_t met_count;

    struct payment *payments;
    struct poor *poor;
    size_t poor_count, poor_room;

    struct shares_log *log;
    struct shares_stats stats;
    bool distrust;
};

/* Purses (shares_purse.c). */
void purses_reset(struct shares *s, const mpq_t endowment);
uint32_t purse_add(struct shares *s, uint32_t parent, uint32_t utility, double v, double d);
/* A purse of which nothing is left. */
uint32_t purse_add_empty(struct shares *s, uint32_t parent, uint32_t utility);
/* The exact value; valid until the next call. Finds the exact rho of steps as far as needed. */
mpq_srcptr purse_exact(struct shares *s, uint32_t purse);
/* The exact rho of every step up to and without `end` is put into the log. */
void steps_exact(struct shares *s, size_t end);

/* A run in pieces (shares_run.c): its beginning, then at each step the project to buy, false when
 * there is none, and its purchase; or all the rest of it. */
void run_begin(struct shares *s, const mpq_t endowment, uint32_t skip, struct shares_log *log);
bool run_choose(struct shares *s, uint32_t *best);
void run_buy(struct shares *s, uint32_t project);
void run_on(struct shares *s);

/* Prices (shares_price.c). Sets s->groups, rho and the rest; false: its supporters have too little
 * for it, and as money only goes, they always will. */
bool price_project(struct shares *s, uint32_t project);
/* The same, by rationals: s->rho_exact is set. */
bool price_exactly(struct shares *s, uint32_t project);

#endif
