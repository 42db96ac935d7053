/* store_audit.h: the record of what officers did. Texts and lists live in the arena. Thread: a
 * worker's, with its own connection (role wardmote_desk). */
#ifndef WM_SERVER_STORE_AUDIT_H
#define WM_SERVER_STORE_AUDIT_H

#include "common/buf.h"
#include "common/db.h"

struct audit_change {
    const char *what, *before, *after; /* "pot 1 amount"; "" where there was, or is, nothing */
};
struct audit_row {
    int64_t id, at; /* at: unix microseconds, UTC */
    const char *who, *action, *object;
    const char *thing;  /* what people call the object; "": not told, or it has no name */
    const char *area;   /* "": the service as a whole */
    const char *from;   /* the network that it was done from; "": not known, or not told */
    const char *detail; /* JSON, or ""; "" where told */
    struct audit_change *change, *fact; /* facts are `detail` where told: what, and `before` */
    int changes, facts;
};
struct audit_rows {
    struct audit_row *row;
    int n;
};
struct audit_wanted {
    const char *words;        /* "" for any */
    const char *actions;      /* codes whose words hold `words`, commas between; "" for none */
    const char *from, *until; /* days as YYYY-MM-DD in London, both included; NULL: any */
    int64_t before;           /* ids below it; 0 for the newest */
    int32_t most;             /* rows, at most 20,000 */
    bool told; /* for people: names, and values as api.audit_told has them (audit_words.h) */
};
/* The newest first: all to administrators and auditors; to others what is about their areas, and
 * what they did. */
enum db_outcome desk_audit(struct db *db, struct arena *a, int32_t officer,
                           const struct audit_wanted *wanted, struct audit_rows *out);

struct audit_state {
    bool asked;              /* false: not for this officer, and the rest is empty */
    int64_t from, to, total; /* places that were checked now (from > to: none), and all there are */
    int64_t broken;          /* the id of the first broken row, 0: none */
    int64_t whole_at, whole_to; /* when, and up to which place, all was checked from its beginning;
                                   DB_NO_TIME: never */
    const char *head;           /* hexadecimal, "" before the first row */
};
/* Goes on from where the chain held last, or `whole`: begins anew. */
enum db_outcome desk_audit_check(struct db *db, struct arena *a, int32_t officer, bool whole,
                                 struct audit_state *out);

#endif
