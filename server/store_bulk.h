/* store_bulk.h: what the desk asks about a round's bulk texts. Role wardmote_desk. */
#ifndef WM_STORE_BULK_H
#define WM_STORE_BULK_H

#include "common/db.h"

enum { BULK_OCCASIONS = 3 };

struct bulk_occasion {
    const char *occasion; /* "opened", "closing", "result"; lives in the arena */
    bool on, over;
    int64_t first_at;          /* when it goes at the earliest; DB_NO_TIME: not known, or over */
    int64_t ends;              /* until when it is true; DB_NO_TIME: not known */
    int64_t people;            /* who asked so far and are still to get it */
    int64_t pence;             /* what that costs; -1: no daemon has sent yet */
    int64_t sent, waits, lost; /* texts so far */
};
struct bulk_occasions {
    struct bulk_occasion one[BULK_OCCASIONS];
    int n; /* 0: not this officer's round; 2: too short for "closing" */
};
enum db_outcome desk_bulk(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                          struct bulk_occasions *out);
/* *result: the outcome's word (schema/functions/desk_bulk_set.sql). */
enum db_outcome desk_bulk_set(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                              const char *occasion, bool on, const char **result);

#endif
