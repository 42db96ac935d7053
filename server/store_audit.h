/* store_audit.h: the record of what officers did. Texts and lists live in the arena. Thread: a
 * worker's, with its own connection (role wardmote_desk). */
#ifndef WM_SERVER_STORE_AUDIT_H
#define WM_SERVER_STORE_AUDIT_H

#include "common/buf.h"
#include "common/db.h"

struct audit_row {
    int64_t id, at;                             /* at: unix microseconds, UTC */
    const char *who, *action, *object, *detail; /* detail: JSON, or "" */
};
struct audit_rows {
    struct audit_row *row;
    int n; /* at most 51: one more than a page shows */
};
/* The newest first: all to an administrator, their own to others. `words` "" for any; `before` 0
 * for the newest, else ids below it. */
enum db_outcome desk_audit(struct db *db, struct arena *a, int32_t officer, const char *words,
                           int64_t before, struct audit_rows *out);

struct audit_state {
    bool asked;              /* false: the officer is no administrator, and the rest is empty */
    int64_t checked, broken; /* rows; the id of the first broken one, 0: none */
    const char *head;        /* hexadecimal, "" before the first row */
};
enum db_outcome desk_audit_check(struct db *db, struct arena *a, int32_t officer,
                                 struct audit_state *out);

#endif
