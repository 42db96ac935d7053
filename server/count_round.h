/* count_round.h: counts a closed round: its ballots become one .pb file a pot, wardmote-count
 * reads each, and what it says is kept. The published file and program are the count. */
#ifndef WM_COUNT_ROUND_H
#define WM_COUNT_ROUND_H

#include "common/db.h"

/* *result: "counted"; an outcome of api.count_begin or api.count_store that refused; or
 * "count_failed" when the program did not come back with a result (logged). Takes as long as the
 * count; no transaction is open meanwhile. */
enum db_outcome count_round(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                            const char **result);

#endif
