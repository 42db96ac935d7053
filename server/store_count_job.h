/* store_count_job.h: counts that officers ask for and that workers do. Role wardmote_desk; texts
 * live in the arena. */
#ifndef WM_STORE_COUNT_JOB_H
#define WM_STORE_COUNT_JOB_H

#include "common/db.h"

/* A count that this worker took. */
struct count_job {
    int32_t id, attempt;
    int32_t officer; /* who asked for it, by whose right it is done */
    const char *slug;
};

/* Asks for a count. *result: an outcome of api.count_ask. */
enum db_outcome count_ask(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                          const char **result);

/* Asks for a published result to be corrected. *result: an outcome of api.desk_correct. */
enum db_outcome count_correct(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                              const char *reason, const char **result);

/* Takes the oldest count that nobody works on; *job NULL: there is none. It stays this connection's
 * until count_end, or until the connection is gone: give it a connection that does nothing else. */
enum db_outcome count_take(struct db *db, struct arena *arena, struct count_job **job);
/* How far it is: "counting" part 1 of 2. *mine false: it was taken over, and what is done for it is
 * in vain. */
enum db_outcome count_step(struct db *db, const struct count_job *job, const char *step, int part,
                           int parts, bool *mine);
/* Ends it: `result` is an outcome of api.count_begin or api.count_store, or "count_failed". */
enum db_outcome count_end(struct db *db, const struct count_job *job, const char *result);

/* The latest count of a round, as its officers see it. */
struct count_state {
    const char *asked_by;
    int64_t asked_at;
    bool running;
    const char *step;    /* waiting, reading, counting, explaining, keeping */
    int32_t part, parts; /* of the pots, from 1; parts 0: not known yet */
    const char *outcome; /* once it ended */
};
/* *state NULL: none was asked for, or it is another officer's round. */
enum db_outcome count_state_find(struct db *db, struct arena *arena, int32_t officer,
                                 const char *slug, struct count_state **state);

#endif
