/* db_private.h: what db.c and its siblings (db_*.c) share; no other file may include it. */
#ifndef WM_DB_PRIVATE_H
#define WM_DB_PRIVATE_H

#include "common/db.h"
#include <libpq-fe.h>

/* A statement as one connection has prepared it. */
struct prepared {
    const struct db_statement *statement; /* NULL: a free slot */
    char name[64];
    Oid types[DB_PARAMS_MAX];
    int n;
};

struct db {
    char *conninfo, *role, *name;
    PGconn *conn;              /* NULL: not open */
    struct prepared *prepared; /* open addressing by the statement's address */
    size_t slots, used;        /* slots is a power of two */
    char from[46];             /* see db_from */
    char sqlstate[6];
    char goodbye[6]; /* why the server said that it ends this connection; "" it did not */
    /* The statement that the server had no room or the like for, which was logged, or "", and when,
     * in seconds on CLOCK_MONOTONIC. */
    char needed_at[64];
    int64_t needed_told;
    bool sync_cancelled;
    bool in_transaction;
    bool down; /* the last try to connect failed, and was logged */
};

struct db_rows {
    PGresult *result;
};

/* Microseconds from 1970 to 2000, where PostgreSQL's clock begins. */
#define DB_EPOCH_US INT64_C(946684800000000)

#define DB_BEGIN "begin isolation level read committed read write"

/* Parameters as libpq takes them; they point into the db_params. */
struct db_wire {
    const char *values[DB_PARAMS_MAX];
    int lengths[DB_PARAMS_MAX], formats[DB_PARAMS_MAX];
};
void db_wire_fill(struct db_wire *w, const struct prepared *p, const struct db_params *params);

/* Opens the connection, or opens it anew when its end is noticed. */
enum db_outcome db_open_idle(struct db *db);
/* The statement as this connection has it, prepared now when it was not. */
enum db_outcome db_prepare(struct db *db, const struct db_statement *s,
                           const struct db_params *params, struct prepared **out);
/* What a result means; a lost connection is closed. `what` is for the log. */
enum db_outcome db_judge(struct db *db, const PGresult *result, const char *what);
/* It was done, and not only prepared: that it can be again is logged. */
void db_done(struct db *db, const char *what);
enum db_outcome db_judge_commit(struct db *db, PGresult *result);

/* Closes the connection and forgets what it had prepared. */
void db_close(struct db *db);

#endif
