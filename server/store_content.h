/* store_content.h: what the page cache asks the database. */
#ifndef WM_STORE_CONTENT_H
#define WM_STORE_CONTENT_H

#include "common/db.h"

/* Milliseconds until the next round opens or closes; a very large number when none will. */
enum db_outcome store_next_change(struct db *db, int64_t *ms);

#endif
