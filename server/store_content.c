/* store_content.c: what the page cache asks the database. */
#include "server/store_content.h"

enum { FAR_MS = 24 * 3600 * 1000 };

DB_STATEMENT(next_change, "select api.next_change()");

enum db_outcome store_next_change(struct db *db, int64_t *ms)
{
    struct db_rows *rows = NULL;
    *ms = FAR_MS;
    enum db_outcome outcome = db_run(db, &next_change, NULL, &rows);
    if (outcome == DB_OK && db_count(rows) == 1 && !db_null(rows, 0, 0))
        *ms = db_int8(rows, 0, 0);
    db_rows_free(rows);
    return outcome;
}
