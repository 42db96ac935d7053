/* count_round.h: counts a closed round: its ballots become one .pb file a pot, wardmote-count
 * reads each, and what it says is kept. The published file and program are the count. */
#ifndef WM_COUNT_ROUND_H
#define WM_COUNT_ROUND_H

#include "common/db.h"

/* Does the oldest count that was asked for and that nobody works on; *worked false: there is none.
 * Takes as long as the count; no transaction is open meanwhile. How it ended is with the job
 * (api.desk_count_job). When `cancel_fd` (-1: none) becomes readable it is broken off; then, and
 * when the database does not answer (not DB_OK), the count stays asked for. The connection does
 * nothing else until it returns. */
enum db_outcome count_next(struct db *db, int cancel_fd, bool *worked);

#endif
