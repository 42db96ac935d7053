/* db_pipeline.c: a transaction's first statement together with its BEGIN, its last one together
 * with its COMMIT. A batch of ballots is two statements: two round trips instead of four. */
#include "common/db_private.h"

#include "common/log.h"

/* What is sent together, and what came back. */
struct trip {
    const struct prepared *statement;
    const struct db_params *params;
    bool begin, commit;
    PGresult *began, *done, *committed;
    bool whole; /* all came back, and the connection is as it was */
    bool ended; /* COMMIT was tried */
};

static bool send_command(struct db *db, const char *command)
{
    return PQsendQueryParams(db->conn, command, 0, NULL, NULL, NULL, NULL, 0) == 1;
}

static bool send_trip(struct db *db, const struct trip *t)
{
    struct db_wire w;
    db_wire_fill(&w, t->statement, t->params);
    return PQenterPipelineMode(db->conn) == 1 && (!t->begin || send_command(db, DB_BEGIN)) &&
           PQsendQueryPrepared(db->conn, t->statement->name, t->statement->n, w.values, w.lengths,
                               w.formats, 1) == 1 &&
           (!t->commit || send_command(db, "commit")) && PQpipelineSync(db->conn) == 1;
}

/* The one result of a command; what follows it is read to its end. */
static PGresult *receive_one(struct db *db)
{
    PGresult *result = PQgetResult(db->conn), *more;
    while (result != NULL && db_is_open(db) && (more = PQgetResult(db->conn)) != NULL)
        PQclear(more);
    return result;
}

static void receive_trip(struct db *db, struct trip *t)
{
    if (t->begin)
        t->began = receive_one(db);
    if (db_is_open(db))
        t->done = receive_one(db);
    if (t->commit && db_is_open(db))
        t->committed = receive_one(db);
    if (!db_is_open(db))
        return;
    PGresult *sync = PQgetResult(db->conn);
    t->whole = PQresultStatus(sync) == PGRES_PIPELINE_SYNC && PQexitPipelineMode(db->conn) == 1;
    PQclear(sync);
}

/* The first that failed says what happened: the rest was not tried. */
static enum db_outcome judge_trip(struct db *db, struct trip *t, const char *name)
{
    enum db_outcome outcome = DB_OK;
    if (t->begin)
        outcome = db_judge(db, t->began, "begin");
    if (outcome == DB_OK)
        outcome = db_judge(db, t->done, name);
    t->ended = outcome == DB_OK && t->commit;
    if (t->ended)
        outcome = db_judge_commit(db, t->committed);
    return outcome;
}

static enum db_outcome go(struct db *db, struct trip *t, const struct db_statement *statement,
                          struct db_rows **rows)
{
    bool sent = send_trip(db, t);
    if (sent)
        receive_trip(db, t);
    enum db_outcome outcome = sent ? judge_trip(db, t, statement->name) : DB_LOST;
    if (!t->whole && outcome != DB_LOST) {
        log_warn("database: connection lost at %s", statement->name);
        outcome = DB_LOST;
    }
    if (outcome == DB_LOST)
        db_close(db);
    if (outcome == DB_OK) {
        db_done(db, statement->name);
        *rows = wm_alloc(sizeof(**rows));
        (*rows)->result = t->done;
        t->done = NULL;
    }
    PQclear(t->began);
    PQclear(t->done);
    PQclear(t->committed);
    return outcome;
}

enum db_outcome db_begin_and_run(struct db *db, const struct db_statement *statement,
                                 const struct db_params *params, struct db_rows **rows)
{
    struct prepared *p = NULL;
    struct trip trip = {.params = params, .begin = true};
    MUST(!db->in_transaction);
    *rows = NULL;
    db->sync_cancelled = false;
    enum db_outcome outcome = db_open_idle(db);
    if (outcome == DB_OK)
        outcome = db_prepare(db, statement, params, &p);
    if (outcome != DB_OK)
        return outcome;
    trip.statement = p;
    outcome = go(db, &trip, statement, rows);
    db->in_transaction = outcome != DB_LOST;
    return outcome;
}

enum db_outcome db_run_and_commit(struct db *db, const struct db_statement *statement,
                                  const struct db_params *params, struct db_rows **rows)
{
    struct prepared *p = NULL;
    struct trip trip = {.params = params, .commit = true};
    MUST(db->in_transaction);
    *rows = NULL;
    if (!db_is_open(db)) {
        db->in_transaction = false;
        return DB_LOST;
    }
    enum db_outcome outcome = db_prepare(db, statement, params, &p);
    if (outcome != DB_OK)
        return outcome;
    trip.statement = p;
    outcome = go(db, &trip, statement, rows);
    if (trip.ended || outcome == DB_LOST)
        db->in_transaction = false;
    return outcome;
}
