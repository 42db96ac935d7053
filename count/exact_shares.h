/* exact_shares.h: one run of Exact Equal Shares at a given endowment, by two independent paths, and
 * the next endowment at which anything would be different.
 *
 * Every voter gets the same endowment. Again and again, of the projects that some of their
 * supporters can pay in exactly equal shares (cost / payers each), the one with the most utility
 * for the money is bought by as many of its supporters as can pay so: with UTILITY_CARD the one
 * with the lowest share, with UTILITY_COST the one with most payers. Who cannot pay the full share
 * pays nothing. Kraiczy, Robinson, Elkind: Streamlining Equal Shares (arXiv 2502.11797),
 * algorithm 1.
 *
 * Shares do not depend on the endowment. So as long as the same projects are bought by the same
 * voters, voter i has paid x(i) at a step whatever the endowment, and j supporters of a project can
 * pay it from the endowment x(i) + cost / j on, i being the j-th of those who paid least. The
 * lowest such endowment above the present one with which a project, at some step, would be better
 * than what was bought there is the next that changes anything. (Their ADD-OPT finds the next
 * outcome that is not stable; this finds the next run that differs.)
 *
 * Supported projects that cost nothing win first. Ties go to the lower rank (profile.h). */
#ifndef COUNT_EXACT_SHARES_H
#define COUNT_EXACT_SHARES_H

#include "count/profile.h"

#define EXACT_NONE UINT32_MAX

struct exact_log {
    size_t count;
    size_t room;
    uint32_t *projects; /* in the order bought */
    uint64_t *payers;   /* each paid cost / payers */
    uint32_t *tied;     /* how many projects were equally good at that step, itself included */
    uint32_t *rival;    /* of those, the next by rank; EXACT_NONE when there was none */
    mpq_t cost;         /* of all of them */
    bool has_next;      /* some endowment changes something: */
    mpq_t next;         /* the lowest such */
};

void exact_log_init(struct exact_log *log, size_t projects);
void exact_log_free(struct exact_log *log);

/* Rationals throughout. The profile's utility is UTILITY_COST or UTILITY_CARD. */
void exact_plain(const struct profile *p, const mpq_t endowment, struct exact_log *log);

/* Doubles with error bounds, rationals wherever those cannot decide; the struct is reused from run
 * to run. */
struct exact_shares;
struct exact_shares *exact_shares_new(const struct profile *p);
void exact_shares_free(struct exact_shares *s);
void exact_run(struct exact_shares *s, const mpq_t endowment, struct exact_log *log);
/* Makes the filter distrust every number. For tests. */
void exact_distrust(struct exact_shares *s, bool always);

/* For both paths: whether `payers` of `project` are more utility for the money than `others` of
 * `other` (above 0), as much (0), or less. Both cost something. */
int exact_compare(const struct profile *p, uint32_t project, uint64_t payers, uint32_t other,
                  uint64_t others);
/* The same, ties by rank; a project is better than itself with more payers. EXACT_NONE is worse
 * than anything. */
bool exact_better(const struct profile *p, uint32_t project, uint64_t payers, uint32_t other,
                  uint64_t others);

/* For both paths: an empty log but for what costs nothing; what cannot be bought is closed. */
void exact_begin(const struct profile *p, struct exact_log *log, bool *closed);

#endif
