/* db.h: the only door to PostgreSQL, and the only file that knows libpq.
 *
 * A `struct db` is one connection and belongs to one thread. Statements are constants with
 * $1…$n, prepared on first use, and again after a reconnect. Values are parameters, sent in
 * binary; results come back in binary. Nothing here formats SQL.
 *
 * Every call returns an outcome that the caller switches on, without `default:`. */
#ifndef WM_DB_H
#define WM_DB_H

#include "common/buf.h"

enum db_outcome {
    DB_OK,     /* done; rows, if any, in the result */
    DB_RETRY,  /* 40001 or 40P01: the transaction is gone, run it again (db_transaction does) */
    DB_LOST,   /* connection lost: outcome of an open COMMIT is unknown; else nothing happened */
    DB_REFUSED /* the database refused for another reason: see db_sqlstate; logged as a bug unless
                  it is a constraint or a raise that the caller names */
};

struct db;      /* one connection */
struct db_rows; /* one result */

/* A connection that is not opened yet. `conninfo` is libpq's (for example "host=/run/pg
 * dbname=wardmote"); `role` replaces its user; `name` shows in pg_stat_activity. Copies all. */
struct db *db_new(const char *conninfo, const char *role, const char *name);
void db_free(struct db *db);
/* Opens or reopens the connection when it is not good. DB_OK or DB_LOST. Session settings:
 * idle_in_transaction_session_timeout 5 s, no statement_timeout, timezone UTC, client_encoding
 * UTF8, synchronous_commit as the server has it. */
enum db_outcome db_open(struct db *db);
bool db_is_open(const struct db *db);
/* For whom it works from now on: "" (at first) or the address of a client, copied, which stands in
 * the session's setting wardmote.from. Here it is only kept, for every connection that is opened
 * from now on; one that is open is told by the statement that begins the client's request. */
void db_from(struct db *db, const char *address);
/* SQLSTATE of the last refusal, five characters, or ""; 08001 when it cannot be reached. */
const char *db_sqlstate(const struct db *db);
/* After DB_LOST: it was because the server's disk is full (53100). The server is there, but nothing
 * that must be written can be; later it may. */
bool db_full(const struct db *db);
/* After an outcome but DB_OK: it was the server's or its operator's doing, and says nothing of what
 * was asked: it could not be reached or ended the connection with a word, lacks room or memory, can
 * only read, broke a deadlock, was told to cancel. False where a connection ended without a word:
 * the statement may have done it. (SQLSTATE 08, 25P03, 25006, 40001, 40P01, 53, 55P03, 57, 58) */
bool db_own_trouble(const struct db *db);
/* True when the server warned in the last transaction that waiting for a synchronous standby was
 * cancelled: what was committed must not be acknowledged. Cleared by db_begin. */
bool db_sync_cancelled(const struct db *db);

/* --- parameters --------------------------------------------------------------------------- */
/* Built in place, used for one call: struct db_params p = db_params_new(); db_put_int8(&p, 7); …
 * Buffers are reused by db_params_clear, freed by db_params_free. Values are copied in. */
enum { DB_PARAMS_MAX = 40 };
struct db_params {
    struct buf bytes; /* all values one after another */
    struct {
        size_t at; /* offset in bytes */
        int len;   /* -1: NULL */
        uint32_t oid;
    } value[DB_PARAMS_MAX];
    int n;
};
struct db_params db_params_new(void);
void db_params_clear(struct db_params *p);
void db_params_free(struct db_params *p);
void db_put_null(struct db_params *p); /* of unknown type: the statement must cast it */
void db_put_bool(struct db_params *p, bool v);
void db_put_int2(struct db_params *p, int16_t v);
void db_put_int4(struct db_params *p, int32_t v);
void db_put_int8(struct db_params *p, int64_t v);
void db_put_text(struct db_params *p, const char *v);              /* NULL: SQL NULL */
void db_put_bytes(struct db_params *p, const void *v, size_t len); /* bytea; v NULL: SQL NULL */
void db_put_uuid(struct db_params *p, const uint8_t v[16]);
void db_put_time(struct db_params *p, int64_t unix_us); /* timestamptz; DB_NO_TIME: SQL NULL */
#define DB_NO_TIME INT64_MIN
/* One-dimensional arrays: begin names the element's type, then one db_item_* an element (of that
 * type), then end. Element type oids below. */
enum db_type {
    DB_BOOL = 16,
    DB_BYTEA = 17,
    DB_INT8 = 20,
    DB_INT2 = 21,
    DB_INT4 = 23,
    DB_TEXT = 25,
    DB_TIME = 1184,
    DB_UUID = 2950
};
void db_array_begin(struct db_params *p, enum db_type element);
void db_item_null(struct db_params *p);
void db_item_bool(struct db_params *p, bool v);
void db_item_int2(struct db_params *p, int16_t v);
void db_item_int4(struct db_params *p, int32_t v);
void db_item_int8(struct db_params *p, int64_t v);
void db_item_text(struct db_params *p, const char *v);
void db_item_bytes(struct db_params *p, const void *v, size_t len);
void db_item_uuid(struct db_params *p, const uint8_t v[16]);
void db_item_time(struct db_params *p, int64_t unix_us);
void db_array_end(struct db_params *p);

/* --- statements --------------------------------------------------------------------------- */
/* A statement is a static constant; its address is its identity in each connection. */
struct db_statement {
    const char *name; /* unique, for example "round_by_slug" */
    const char *sql;
};
#define DB_STATEMENT(variable, text)                                                               \
    static const struct db_statement variable = {#variable, "" text ""}

/* Runs one statement. `params` NULL: none. `rows` NULL: the result is dropped; else *rows is set
 * on DB_OK and freed by the caller with db_rows_free. Outside a transaction it commits by itself
 * and DB_RETRY is retried inside, up to three times. */
enum db_outcome db_run(struct db *db, const struct db_statement *statement,
                       const struct db_params *params, struct db_rows **rows);
enum db_outcome db_begin(struct db *db);  /* read committed */
enum db_outcome db_commit(struct db *db); /* DB_LOST: unknown whether it was committed */
void db_rollback(struct db *db);          /* never fails; closes a bad connection */

/* The same in one round trip each (libpq's pipeline mode): db_begin and the first statement; the
 * last statement and db_commit, which is not tried when the statement fails. After DB_LOST from the
 * latter it is unknown whether the transaction was committed; after any other outcome but DB_OK
 * roll back. (db_pipeline.c) */
enum db_outcome db_begin_and_run(struct db *db, const struct db_statement *statement,
                                 const struct db_params *params, struct db_rows **rows);
enum db_outcome db_run_and_commit(struct db *db, const struct db_statement *statement,
                                  const struct db_params *params, struct db_rows **rows);

/* Runs `body` in a transaction: begin, body, commit; again from the start on DB_RETRY, up to five
 * times with a short random pause. When body returns anything but DB_OK, rolls back and returns
 * that. */
enum db_outcome db_transaction(struct db *db, enum db_outcome (*body)(struct db *db, void *context),
                               void *context);

/* --- many rows at once (db_copy.c) ---------------------------------------------------------- */
/* Rows for COPY … FROM STDIN (FORMAT BINARY), sent in one go: db_copy_begin, the rows, db_copy_end.
 * A row is put together in the caller's memory, which holds 2 bytes, and 4 for each field besides
 * its value: the db_field_* write at `at` and return where the next one goes. */
void db_copy_begin(struct buf *rows);
void db_copy_row(struct buf *rows, const uint8_t *row, const uint8_t *end);
uint8_t *db_fields(uint8_t *at, int16_t n); /* first: how many fields the row has */
uint8_t *db_field_null(uint8_t *at);
uint8_t *db_field_int4(uint8_t *at, int32_t v);
uint8_t *db_field_int8(uint8_t *at, int64_t v);
uint8_t *db_field_bytes(uint8_t *at, const void *v, size_t len); /* text, bytea, uuid */
/* Ends the rows and has the statement take them, in the transaction that is open. A `rows` that
 * overflowed is a bug and aborts. */
enum db_outcome db_copy(struct db *db, const struct db_statement *statement, struct buf *rows);

/* --- results ------------------------------------------------------------------------------ */
int db_count(const struct db_rows *rows);
bool db_null(const struct db_rows *rows, int row, int column);
/* Each aborts when the column's type is another (a bug). NULL reads as 0, "" or DB_NO_TIME. */
bool db_bool(const struct db_rows *rows, int row, int column);
int32_t db_int4(const struct db_rows *rows, int row, int column); /* int2 and int4 */
int64_t db_int8(const struct db_rows *rows, int row, int column); /* int2, int4 and int8 */
int64_t db_time(const struct db_rows *rows, int row, int column); /* unix microseconds, UTC */
/* text, varchar, name, json, jsonb (without its version byte); owned by rows. */
const char *db_text(const struct db_rows *rows, int row, int column);
/* bytea, uuid; owned by rows; *len may be NULL. */
const uint8_t *db_bytes(const struct db_rows *rows, int row, int column, size_t *len);
void db_rows_free(struct db_rows *rows); /* NULL is fine */

/* --- notifications ------------------------------------------------------------------------ */
/* LISTEN on a channel, a literal of lower-case letters and underscores. Own connection advised. */
enum db_outcome db_listen(struct db *db, const char *channel);
/* Waits up to `timeout_ms` for a notification or until `wake_fd` (or -1) is readable. Returns
 * DB_OK (look at *notified) or DB_LOST. Several notifications count as one. */
enum db_outcome db_wait(struct db *db, int timeout_ms, int wake_fd, bool *notified);

/* The schema version that this program was built for against the database's: DB_OK when equal;
 * else DB_REFUSED or DB_LOST with a line for the operator in `error`. */
enum db_outcome db_check_schema(struct db *db, int wanted, struct buf *error);

#endif
