/* shares.h: one run of the Method of Equal Shares at a given endowment, by two independent paths.
 *
 * Every voter gets the same endowment. Again and again, of the projects that their supporters can
 * still pay, the one that costs least per unit of utility (`rho`) is bought; each supporter pays
 * rho times their utility, or all they have left where that is less. Peters, Pierczynski, Skowron:
 * Proportional Participatory Budgeting with Additive Utilities (NeurIPS 2021), section 3. With
 * UTILITY_COST and UTILITY_CARD `rho` is the greatest amount that one supporter pays; projects are
 * compared by rho / cost and by rho.
 *
 * Supported projects that cost nothing win first. Ties go to the lower rank (profile.h). */
#ifndef COUNT_SHARES_H
#define COUNT_SHARES_H

#include "count/profile.h"

#define SHARES_NONE UINT32_MAX

/* What a run did, step by step. */
struct shares_log {
    size_t count;
    size_t room;
    uint32_t *projects; /* in the order bought */
    uint32_t *tied;     /* how many projects were equally good at that step, itself included */
    uint32_t *rival;    /* of those, the next by rank; SHARES_NONE when there was none */
    mpq_t *rho;         /* exact; by the filtered path only after shares_settle() */
    uint64_t *in_full_weight; /* the utilities of those who paid rho times theirs, added up */
    mpq_t cost;               /* of all of them */
    bool in_full;             /* no supporter of any of them was too poor to pay their full share */
};

void shares_log_init(struct shares_log *log, size_t projects);
void shares_log_free(struct shares_log *log);

/* The plain path: rationals throughout, every project weighed at every step, nothing reused. What
 * the other path is held against. `skip` is a project to leave out, or SHARES_NONE. */
void shares_plain(const struct profile *p, const mpq_t endowment, uint32_t skip,
                  struct shares_log *log);

/* The filtered path: doubles with error bounds, rationals wherever those cannot decide. The struct
 * is reused from run to run. */
struct shares;
struct shares *shares_new(const struct profile *p);
void shares_free(struct shares *s);
void shares_run(struct shares *s, const mpq_t endowment, uint32_t skip, struct shares_log *log);
/* Runs, and also from each step on without the project that is bought there, to the end: then `ask`
 * is called, with that project and `context`, while `s` and `log` are those of the run without it.
 * As before that step both runs are the same, the log is that of a run that skips the project; only
 * `tied` and `rival` may count it. At last `s` and `log` are those of the run itself. Projects that
 * cost nothing are not asked for. */
void shares_run_without_each(struct shares *s, const mpq_t endowment, struct shares_log *log,
                             void (*ask)(void *context, uint32_t project), void *context);
/* Fills in log->rho of the run that `s` made last. */
void shares_settle(struct shares *s, struct shares_log *log);

/* How often rationals had to decide since shares_new: which project is cheapest, and whether or
 * how supporters can pay. For tests and benchmarks. */
struct shares_stats {
    uint64_t exact_choices;
    uint64_t exact_prices;
    uint64_t prices;
};
struct shares_stats shares_stats(const struct shares *s);
/* Makes the filter distrust every number, so that rationals decide everything. */
void shares_distrust(struct shares *s, bool always);

#endif
