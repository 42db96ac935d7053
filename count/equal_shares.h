/* equal_shares.h: the Method of Equal Shares as cities use it: runs of shares.h at one endowment or
 * at rising ones, and what is done with the money that is left. */
#ifndef COUNT_EQUAL_SHARES_H
#define COUNT_EQUAL_SHARES_H

#include "count/shares.h"

/* The first endowment: the budget divided by all voters, or that rounded down to whole units. */
enum shares_start { START_INTEGRAL, START_EXACT };
/* Rising endowments end before the first outcome that costs more than the budget; or also with the
 * first one after which no supported project fits any more. */
enum shares_stop { STOP_OVERSPEND, STOP_EXHAUSTIVE };
/* What is done with the money that one run leaves: nothing; greedy by votes with the rest; the
 * endowment is raised by the increment as long as the outcome fits (Add1); Add1, then greedy. */
enum completion { COMPLETION_NONE, COMPLETION_UTIL, COMPLETION_ADD1, COMPLETION_ADD1U };
/* COMPARISON_GREEDY: greedy by votes is funded instead if strictly more voters have more of their
 * projects under it than under equal shares; a voter with none counts as having 0. */
enum comparison { COMPARISON_NONE, COMPARISON_GREEDY };

struct shares_terms {
    enum shares_start start;
    enum shares_stop stop;
    enum completion completion;
    enum comparison comparison;
    uint64_t increment;    /* whole units of the currency, 1 at least */
    bool fund_unsupported; /* greedy completion takes what nobody chose, if it fits */
    bool plain;            /* rationals throughout, see shares.h */
};

struct equal_shares {
    mpq_t endowment;       /* of the outcome */
    struct shares_log log; /* its steps */
    uint64_t runs;
    uint32_t *added; /* by greedy completion, in its order */
    size_t added_count;
    mpq_t cost; /* of log and added */

    /* COMPARISON_GREEDY only. */
    uint64_t prefer_shares; /* voters with more winners under equal shares, */
    uint64_t prefer_greedy; /* and under greedy by votes */
    bool greedy_won;
    uint32_t *greedy; /* its winners in order */
    size_t greedy_count;
    mpq_t greedy_cost;

    struct shares *shares; /* as the run of the outcome left it; NULL after the plain path */
};

/* The profile must outlive the result, which equal_shares_free frees. */
void equal_shares_count(const struct profile *p, const struct shares_terms *terms,
                        struct equal_shares *out);
void equal_shares_free(struct equal_shares *r);

/* An empty result, to be freed with equal_shares_free. */
void equal_shares_init(struct equal_shares *r, const struct profile *p);
/* For rules that buy r->log.projects by another method: whether nothing more that is supported
 * fits; and completion and comparison, which fill in the rest of `r` (out->added has room for all).
 */
bool equal_shares_exhaustive(const struct profile *p, const uint32_t *projects, size_t count,
                             const mpq_t cost);
void equal_shares_complete(struct equal_shares *r, const struct profile *p,
                           const struct shares_terms *terms);

/* Greedy by votes with `left` to spend, among projects for which !closed[i]: most votes first (ties
 * by rank), skipping what does not fit. Puts winners into `out` (room for all) and closes them;
 * `left` is reduced. Returns their number. */
size_t greedy_fill(const struct profile *p, bool fund_unsupported, bool *closed, mpq_t left,
                   uint32_t *out);

#endif
