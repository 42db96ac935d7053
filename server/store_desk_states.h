/* store_desk_states.h: a round's way from draft to archive, where two officers are needed. Role
 * wardmote_desk. Scheduling is in store_desk_round.h, counting in store_desk_count.h. */
#ifndef WM_STORE_DESK_STATES_H
#define WM_STORE_DESK_STATES_H

#include "common/db.h"

enum desk_step {
    STEP_SUBMIT,        /* a draft, to be approved */
    STEP_APPROVE,       /* by another officer */
    STEP_SUBMIT_RESULT, /* a count, to be published */
    STEP_ARCHIVE,
    STEPS
};

/* *result: an outcome of the step's function (api.desk_submit, desk_approve, result_submit,
 * desk_archive), *detail what it adds or "". In the arena. */
enum db_outcome desk_step_take(struct db *db, struct arena *arena, int32_t officer,
                               const char *slug, enum desk_step step, const char **result,
                               const char **detail);
/* Sends a round back to draft, or a result back to counted. *result: an outcome of
 * api.desk_return. */
enum db_outcome desk_return(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                            const char *note, const char **result);

/* Publishes a result, or a correction. `at`: when it becomes public, as "2026-12-14 21:00:00" in
 * Europe/London; NULL: now. *result: an outcome of api.result_publish. */
enum db_outcome desk_publish(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                             const char *at, const char **result);
/* Brings such a moment forward to now, or calls it off. *result: an outcome of
 * api.result_embargo. */
enum db_outcome desk_embargo(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                             bool now, const char *reason, const char **result);

#endif
