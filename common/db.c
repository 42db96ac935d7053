/* db.c: connections, prepared statements, transactions and what their failures mean. */
#include "common/db_private.h"

#include "common/log.h"
#include <poll.h>

enum { FIRST_SLOTS = 64, RUN_TRIES = 3, TRANSACTION_TRIES = 5, NEED_TOLD_S = 600 };

struct db *db_new(const char *conninfo, const char *role, const char *name)
{
    struct db *db = wm_alloc(sizeof(*db));
    db->conninfo = wm_strdup(conninfo);
    db->role = role != NULL ? wm_strdup(role) : NULL;
    db->name = name != NULL ? wm_strdup(name) : NULL;
    return db;
}

void db_free(struct db *db)
{
    if (db == NULL)
        return;
    db_close(db);
    free(db->conninfo);
    free(db->role);
    free(db->name);
    free(db);
}

/* Leaves in_transaction alone: what follows a loss must not run outside the transaction that it
 * belongs to, on a fresh connection. Only commit and rollback end a transaction. */
void db_close(struct db *db)
{
    PQfinish(db->conn);
    free(db->prepared);
    db->conn = NULL;
    db->prepared = NULL;
    db->slots = db->used = 0;
}

void db_from(struct db *db, const char *address)
{
    snprintf(db->from, sizeof(db->from), "%s", address);
}

bool db_is_open(const struct db *db)
{
    return db->conn != NULL && PQstatus(db->conn) == CONNECTION_OK;
}

const char *db_sqlstate(const struct db *db)
{
    return db->sqlstate;
}

static bool begins_with(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool db_sync_cancelled(const struct db *db)
{
    return db->sync_cancelled;
}

/* A cancelled wait for a synchronous standby is recognised by the server's function that warns,
 * since its words depend on lc_messages and its SQLSTATE on why it was cancelled. Why a server ends
 * a connection comes as a notice where no statement ran, or it ends in a hurry. */
static void notice(void *context, const PGresult *result)
{
    struct db *db = context;
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *function = PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION);
    const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    if (state != NULL && begins_with(state, "57P0"))
        snprintf(db->goodbye, sizeof(db->goodbye), "%s", state);
    if (function != NULL && strcmp(function, "SyncRepWaitForLSN") == 0) {
        db->sync_cancelled = true;
        log_warn("database: a commit did not reach its synchronous standby");
    } else if (severity != NULL && strcmp(severity, "WARNING") == 0) {
        log_warn("database warned: %s", state != NULL ? state : "");
    }
}

/* --- opening ------------------------------------------------------------------------------ */

/* Defaults stand before dbname, which expands to the operator's conninfo and may override them;
 * what must hold stands behind it. */
static PGconn *dial(const struct db *db)
{
    const char *keys[10], *values[10];
    int n = 0;
    keys[n] = "connect_timeout", values[n++] = "3";
    keys[n] = "tcp_user_timeout", values[n++] = "5000";
    keys[n] = "dbname", values[n++] = db->conninfo;
    keys[n] = "client_encoding", values[n++] = "UTF8";
    if (db->role != NULL)
        keys[n] = "user", values[n++] = db->role;
    if (db->name != NULL)
        keys[n] = "application_name", values[n++] = db->name;
    keys[n] = NULL, values[n] = NULL;
    return PQconnectdbParams(keys, values, 1);
}

static bool settle(struct db *db)
{
    PGresult *result = PQexec(db->conn, "set idle_in_transaction_session_timeout = '5s';"
                                        "set statement_timeout = 0;"
                                        "set timezone = 'UTC';"
                                        "set jit = off");
    bool fine = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    if (!fine || db->from[0] == '\0')
        return fine;
    const char *from = db->from;
    result = PQexecParams(db->conn, "select set_config('wardmote.from', $1, false)", 1, NULL, &from,
                          NULL, NULL, 1);
    fine = PQresultStatus(result) == PGRES_TUPLES_OK;
    PQclear(result);
    return fine;
}

/* Says once that the server cannot be reached, however often that is tried. */
static enum db_outcome give_up(struct db *db, const char *what)
{
    const char *words = PQerrorMessage(db->conn);
    if (!db->down)
        log_warn("database: %s: %.*s", what, (int)strcspn(words, "\n"), words);
    db->down = true;
    snprintf(db->sqlstate, sizeof(db->sqlstate), "08001"); /* libpq tells no other */
    db_close(db);
    return DB_LOST;
}

enum db_outcome db_open(struct db *db)
{
    if (db_is_open(db))
        return DB_OK;
    if (db->in_transaction)
        return DB_LOST;
    db_close(db);
    db->sqlstate[0] = db->goodbye[0] = '\0';
    db->conn = dial(db);
    if (db->conn == NULL || PQstatus(db->conn) != CONNECTION_OK)
        return give_up(db, "cannot connect");
    PQsetNoticeReceiver(db->conn, notice, db);
    if (!settle(db))
        return give_up(db, "session settings refused");
    if (db->down)
        log_info("database: connected again");
    db->down = false;
    db->slots = FIRST_SLOTS;
    db->prepared = wm_alloc(db->slots * sizeof(*db->prepared));
    return DB_OK;
}

/* An idle connection that became readable holds a notification or its end. Finding out before a
 * transaction starts lets it start on a fresh connection, with nothing lost. */
enum db_outcome db_open_idle(struct db *db)
{
    while (db_is_open(db)) {
        struct pollfd p = {.fd = PQsocket(db->conn), .events = POLLIN};
        if (poll(&p, 1, 0) <= 0)
            break;
        if (PQconsumeInput(db->conn) != 1)
            db_close(db);
    }
    return db_open(db);
}

/* --- outcomes ----------------------------------------------------------------------------- */

/* Refusals that are part of the game: constraints, raises, own error classes, lock timeouts. */
static bool is_expected(const char *state)
{
    return begins_with(state, "23") || begins_with(state, "WM") || strcmp(state, "P0001") == 0 ||
           strcmp(state, "55P03") == 0;
}

/* The server's words are kept out of the log where they quote values (class 22). */
static void log_refusal(const struct db *db, const PGresult *result, const char *what)
{
    const char *words = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    if (is_expected(db->sqlstate))
        log_debug("database refused %s: %s", what, db->sqlstate);
    else
        log_bug("database refused %s: %s %s", what, db->sqlstate,
                words != NULL && !begins_with(db->sqlstate, "22") ? words : "");
}

/* The server's disk is full: what was to be written is good, and must be tried again later. */
static bool is_full(const char *state)
{
    return strcmp(state, "53100") == 0;
}

bool db_full(const struct db *db)
{
    return is_full(db->sqlstate);
}

/* A class of errors that the server has of itself: 53 it lacks something (memory, room, places for
 * connections), 58 its system failed it. */
static bool is_in_need(const char *state)
{
    return begins_with(state, "53") || begins_with(state, "58");
}

bool db_own_trouble(const struct db *db)
{
    static const char *const prefixes[] = {"08", "25P03", "25006", "40001", "40P01", "55P03", "57"};
    for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++)
        if (begins_with(db->sqlstate, prefixes[i]))
            return true;
    return is_in_need(db->sqlstate);
}

/* The connection ended, is about to end, or leads to a server that is no longer the primary or that
 * cannot work now. */
static bool is_lost(const struct db *db, const PGresult *result)
{
    const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    const char *state = db->sqlstate;
    return PQstatus(db->conn) != CONNECTION_OK || state[0] == '\0' ||
           (severity != NULL &&
            (strcmp(severity, "FATAL") == 0 || strcmp(severity, "PANIC") == 0)) ||
           begins_with(state, "08") || begins_with(state, "57P0") || strcmp(state, "25006") == 0 ||
           is_in_need(state);
}

static int64_t now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

/* What the server lacks is told once, and again when that lasts, however often it is tried. */
static void log_loss(struct db *db, const char *what)
{
    int64_t now = now_s();
    if (!is_in_need(db->sqlstate)) {
        log_warn("database: connection lost at %s %s", what, db->sqlstate);
        return;
    }
    if (db->needed_at[0] != '\0' && now - db->needed_told < NEED_TOLD_S)
        return;
    if (db->needed_at[0] == '\0')
        snprintf(db->needed_at, sizeof(db->needed_at), "%s", what);
    db->needed_told = now;
    log_warn("database: %s at %s %s",
             is_full(db->sqlstate) ? "disk full" : "the server lacks something", what,
             db->sqlstate);
}

void db_done(struct db *db, const char *what)
{
    if (db->needed_at[0] == '\0' || strcmp(db->needed_at, what) != 0)
        return;
    log_info("database: %s can be done again", what);
    db->needed_at[0] = '\0';
}

enum db_outcome db_judge(struct db *db, const PGresult *result, const char *what)
{
    ExecStatusType status = PQresultStatus(result);
    db->sqlstate[0] = '\0';
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        return DB_OK;
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    snprintf(db->sqlstate, sizeof(db->sqlstate), "%s", state != NULL ? state : db->goodbye);
    if (is_lost(db, result)) {
        log_loss(db, what);
        db_close(db);
        return DB_LOST;
    }
    if (strcmp(db->sqlstate, "40001") == 0 || strcmp(db->sqlstate, "40P01") == 0)
        return DB_RETRY;
    log_refusal(db, result, what);
    return DB_REFUSED;
}

/* --- statements --------------------------------------------------------------------------- */

static struct prepared *slot(struct prepared *table, size_t slots, const struct db_statement *s)
{
    size_t at = ((uintptr_t)s >> 4) * 0x9E3779B97F4A7C15u >> 20;
    while (table[at & (slots - 1)].statement != NULL && table[at & (slots - 1)].statement != s)
        at++;
    return &table[at & (slots - 1)];
}

static void grow(struct db *db)
{
    size_t slots = db->slots * 2;
    struct prepared *bigger = wm_alloc(slots * sizeof(*bigger));
    for (size_t i = 0; i < db->slots; i++)
        if (db->prepared[i].statement != NULL)
            *slot(bigger, slots, db->prepared[i].statement) = db->prepared[i];
    free(db->prepared);
    db->prepared = bigger;
    db->slots = slots;
}

/* Asks the server which types the statement's parameters have in the end: a first call may have
 * left some unknown. */
static enum db_outcome describe(struct db *db, struct prepared *p)
{
    PGresult *result = PQdescribePrepared(db->conn, p->name);
    enum db_outcome outcome = db_judge(db, result, p->name);
    if (outcome == DB_OK) {
        p->n = PQnparams(result);
        MUST(p->n <= DB_PARAMS_MAX);
        for (int i = 0; i < p->n; i++)
            p->types[i] = PQparamtype(result, i);
    }
    PQclear(result);
    return outcome;
}

enum db_outcome db_prepare(struct db *db, const struct db_statement *s,
                           const struct db_params *params, struct prepared **out)
{
    if (db->used * 2 >= db->slots)
        grow(db);
    struct prepared *p = slot(db->prepared, db->slots, s);
    *out = p;
    if (p->statement == s)
        return DB_OK;
    Oid types[DB_PARAMS_MAX];
    int n = params != NULL ? params->n : 0;
    for (int i = 0; i < n; i++)
        types[i] = params->value[i].oid;
    struct prepared fresh = {.statement = s};
    snprintf(fresh.name, sizeof(fresh.name), "%.48s_%zu", s->name, db->used);
    PGresult *result = PQprepare(db->conn, fresh.name, s->sql, n, types);
    enum db_outcome outcome = db_judge(db, result, s->name);
    PQclear(result);
    if (outcome == DB_OK)
        outcome = describe(db, &fresh);
    if (outcome == DB_OK) {
        *p = fresh;
        db->used++;
    }
    return outcome;
}

/* Binary values under a wrong type would be misread silently: that must never happen. */
static void check_types(const struct prepared *p, const struct db_params *params)
{
    int n = params != NULL ? params->n : 0;
    bool fine = n == p->n && (n == 0 || !params->bytes.overflowed);
    for (int i = 0; fine && i < n; i++)
        fine = params->value[i].oid == 0 || params->value[i].oid == p->types[i];
    if (!fine)
        log_bug("statement %s got other parameters than it has", p->name);
    MUST(fine);
}

void db_wire_fill(struct db_wire *w, const struct prepared *p, const struct db_params *params)
{
    check_types(p, params);
    for (int i = 0; i < p->n; i++) {
        bool is_null = params->value[i].len < 0;
        w->values[i] = is_null ? NULL : buf_str(&params->bytes) + params->value[i].at;
        w->lengths[i] = is_null ? 0 : params->value[i].len;
        w->formats[i] = 1;
    }
}

/* What was answered to what was sent: the first error, which says why a connection ends; PQexec
 * would have the last, which only says that it ended. */
static PGresult *answer(struct db *db, int sent)
{
    PGresult *result = sent == 1 ? PQgetResult(db->conn) : NULL, *more;
    while (sent == 1 && (more = PQgetResult(db->conn)) != NULL)
        PQclear(more);
    return result;
}

static PGresult *command(struct db *db, const char *sql)
{
    return answer(db, PQsendQuery(db->conn, sql));
}

static PGresult *execute(struct db *db, const struct prepared *p, const struct db_params *params)
{
    struct db_wire w;
    db_wire_fill(&w, p, params);
    return answer(db,
                  PQsendQueryPrepared(db->conn, p->name, p->n, w.values, w.lengths, w.formats, 1));
}

static enum db_outcome run_once(struct db *db, const struct db_statement *statement,
                                const struct db_params *params, struct db_rows **rows)
{
    struct prepared *p = NULL;
    enum db_outcome outcome = db_prepare(db, statement, params, &p);
    if (outcome != DB_OK)
        return outcome;
    PGresult *result = execute(db, p, params);
    outcome = db_judge(db, result, statement->name);
    if (outcome == DB_OK)
        db_done(db, statement->name);
    if (outcome == DB_OK && rows != NULL) {
        *rows = wm_alloc(sizeof(**rows));
        (*rows)->result = result;
        return DB_OK;
    }
    PQclear(result);
    return outcome;
}

static void pause_a_little(void)
{
    struct timespec t = {.tv_nsec = (long)(1 + arc4random_uniform(20)) * 1000000};
    nanosleep(&t, NULL);
}

enum db_outcome db_run(struct db *db, const struct db_statement *statement,
                       const struct db_params *params, struct db_rows **rows)
{
    enum db_outcome outcome = DB_LOST;
    if (rows != NULL)
        *rows = NULL;
    if (db->in_transaction)
        return db_is_open(db) ? run_once(db, statement, params, rows) : DB_LOST;
    db->sync_cancelled = false;
    for (int i = 0; i < RUN_TRIES; i++) {
        outcome = db_open_idle(db);
        if (outcome == DB_OK)
            outcome = run_once(db, statement, params, rows);
        if (outcome != DB_RETRY)
            return outcome;
        pause_a_little();
    }
    return outcome;
}

/* --- transactions ------------------------------------------------------------------------- */

enum db_outcome db_begin(struct db *db)
{
    MUST(!db->in_transaction);
    db->sync_cancelled = false;
    if (db_open_idle(db) != DB_OK)
        return DB_LOST;
    PGresult *result = command(db, DB_BEGIN);
    enum db_outcome outcome = db_judge(db, result, "begin");
    PQclear(result);
    db->in_transaction = outcome == DB_OK;
    return outcome;
}

/* COMMIT of a transaction that had failed succeeds as a command and answers ROLLBACK. */
enum db_outcome db_judge_commit(struct db *db, PGresult *result)
{
    enum db_outcome outcome = db_judge(db, result, "commit");
    if (outcome == DB_OK && strcmp(PQcmdStatus(result), "COMMIT") != 0) {
        log_bug("a failed transaction was committed");
        outcome = DB_REFUSED;
    }
    if (outcome == DB_OK)
        db_done(db, "commit");
    return outcome;
}

enum db_outcome db_commit(struct db *db)
{
    if (!db_is_open(db)) {
        db->in_transaction = false;
        return DB_LOST;
    }
    MUST(db->in_transaction);
    PGresult *result = command(db, "commit");
    enum db_outcome outcome = db_judge_commit(db, result);
    PQclear(result);
    db->in_transaction = false;
    return outcome;
}

void db_rollback(struct db *db)
{
    bool open = db->in_transaction;
    db->in_transaction = false;
    if (!db_is_open(db)) {
        db_close(db);
        return;
    }
    if (!open)
        return;
    PGresult *result = PQexec(db->conn, "rollback");
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        db_close(db);
    PQclear(result);
}

enum db_outcome db_transaction(struct db *db, enum db_outcome (*body)(struct db *db, void *context),
                               void *context)
{
    enum db_outcome outcome = DB_LOST;
    for (int i = 0; i < TRANSACTION_TRIES; i++) {
        outcome = db_begin(db);
        if (outcome == DB_OK)
            outcome = body(db, context);
        if (outcome == DB_OK)
            outcome = db_commit(db);
        else
            db_rollback(db);
        if (outcome != DB_RETRY)
            return outcome;
        pause_a_little();
    }
    return outcome;
}
