/* local.h: what cities add to a rule: who can be funded at all. The same for every rule that funds
 * proposals. */
#ifndef COUNT_LOCAL_H
#define COUNT_LOCAL_H

#include "count/rule.h"

/* Rows of a table of struct param. */
#define LOCAL_PARAMS                                                                               \
    {"minimum-votes", PARAM_COUNT, 0, "a proposal with fewer votes is not funded", NULL},          \
        {"minimum-share", PARAM_PERCENT, 0,                                                        \
         "a proposal that a smaller part of all ballots names is not funded", NULL},               \
    {                                                                                              \
        "maximum-cost", PARAM_PERCENT, PERCENT_ALL,                                                \
            "a proposal that costs more than this part of the budget is not funded", NULL          \
    }

/* Why this project cannot be funded, whatever its turn; REASON_WON when nothing speaks against it.
 * A project that costs more than the budget is not judged here. */
enum reason local_barred(const struct election *e, const struct terms *terms,
                         const struct project *p);

/* Whether `amount` is at least this part of `whole`. */
bool local_is_part(const mpq_t amount, uint64_t percent, const mpq_t whole);

#endif
