/* export_pb.h: one pot of a round, or a yes/no question, as a file in Pabulib's format (.pb).
 *
 * Format: pabulib.org, "Format". Written so that its checker accepts it: a knapsack ballot is
 * `approval` with max_sum_cost; points are `cumulative`, most first; a ranking is `ordinal`, best
 * first; a question is `choose-1` between the projects "yes" and "no", cost
 * 1 each, budget 1. Ballots without a pick in this pot are left out; a pick of a proposal that was
 * withdrawn is not there, and ranks close up. voter_id is a running number within this file and
 * tells nothing, no ballot says how or when it was cast, and they are ordered by what they say in
 * this file: rows of two pots' files cannot be joined. Pure, any thread. */
#ifndef WM_EXPORT_PB_H
#define WM_EXPORT_PB_H

#include "common/ballot.h"
#include "common/buf.h"

enum { PB_MAX = 256 << 20 };

enum pb_kind { PB_APPROVAL, PB_KNAPSACK, PB_POINTS, PB_RANKING, PB_YES_NO };

struct pb_pot {
    int32_t ordinal;
    const char *name;
    int64_t amount;  /* pence */
    int64_t carried; /* pence that the pot before left over, where the round says so */
};

struct pb_proposal {
    uint16_t number;
    int32_t pot; /* ordinal */
    const char *title;
    int64_t cost;      /* pence */
    int32_t exclusion; /* the group of which one at most can win; 0: none */
    const char *theme; /* the file's category; "": none */
};

struct pb_ballot {
    struct ballot_pick *picks;
    uint16_t n_picks;
};

struct pb_round {
    const char *unit, *area, *title;  /* "City of York", "Westfield", "Westfield 2026" */
    const char *opens_on, *closes_on; /* "14.12.2026", in Europe/London */
    const char *question;             /* PB_YES_NO */
    const char *rules_sha256;         /* of the frozen rules, in hex; NULL: not said */
    const char *rule;                 /* as wardmote-count calls it */
    const char *settings;             /* of the rule: "minimum-votes=0 utility=cost" */
    const char *changes;              /* made by two officers since; NULL or "": none */
    enum pb_kind kind;
    int32_t max_picks, minimum_votes;
    int32_t points_sum, points_max; /* PB_POINTS */
    bool carry;                     /* what a pot leaves goes on to the next */
    const struct pb_pot *pot;
    int pots;
    const struct pb_proposal *proposal; /* ascending by number */
    int proposals;
    const struct pb_ballot *ballot;
    size_t ballots;
};

/* Groups of exclusions are a line "exclusions" of META, "1275+1359,1580+1700"; money that came over
 * is in the budget. Appends the file of `pot` (NULL for a question). Returns how many votes it
 * holds. */
size_t export_pb(struct buf *out, const struct pb_round *round, const struct pb_pot *pot);

#endif
