/* store_count_job.c: counts that wait or run, and the database. */
#include "server/store_count_job.h"

#include "server/store_kit.h"

DB_STATEMENT(count_job_ask, "select api.count_ask($1, $2)");

enum db_outcome count_ask(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                          const char **result)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_text(&p, slug);
    return store_answer(db, &count_job_ask, arena, &p, result, NULL);
}

DB_STATEMENT(count_job_correct, "select api.desk_correct($1, $2, $3)");

enum db_outcome count_correct(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                              const char *reason, const char **result)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_text(&p, slug);
    db_put_text(&p, reason);
    return store_answer(db, &count_job_correct, arena, &p, result, NULL);
}

DB_STATEMENT(count_job_take, "select job, attempt, officer, slug from api.count_take()");

enum db_outcome count_take(struct db *db, struct arena *arena, struct count_job **job)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = db_run(db, &count_job_take, NULL, &rows);
    *job = NULL;
    if (outcome == DB_OK && db_count(rows) > 0) {
        *job = arena_alloc(arena, sizeof **job);
        **job = (struct count_job){.id = db_int4(rows, 0, 0),
                                   .attempt = db_int4(rows, 0, 1),
                                   .officer = db_int4(rows, 0, 2),
                                   .slug = store_text(arena, rows, 0, 3)};
    }
    db_rows_free(rows);
    return outcome;
}

static void put_job(struct db_params *p, const struct count_job *job)
{
    *p = db_params_new();
    db_put_int4(p, job->id);
    db_put_int4(p, job->attempt);
}

DB_STATEMENT(count_job_step, "select api.count_step($1, $2, $3, $4, $5)");

enum db_outcome count_step(struct db *db, const struct count_job *job, const char *step, int part,
                           int parts, bool *mine)
{
    struct db_params p;
    struct db_rows *rows = NULL;
    put_job(&p, job);
    db_put_text(&p, step);
    db_put_int4(&p, part);
    db_put_int4(&p, parts);
    enum db_outcome outcome = db_run(db, &count_job_step, &p, &rows);
    *mine = outcome == DB_OK && db_bool(rows, 0, 0);
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

DB_STATEMENT(count_job_end, "select api.count_end($1, $2, $3)");

enum db_outcome count_end(struct db *db, const struct count_job *job, const char *result)
{
    struct db_params p;
    put_job(&p, job);
    db_put_text(&p, result);
    enum db_outcome outcome = db_run(db, &count_job_end, &p, NULL);
    db_params_free(&p);
    return outcome;
}

DB_STATEMENT(count_job_state, "select asked_by, asked_at, running, step, part, parts, outcome"
                              " from api.desk_count_job($1, $2)");

enum db_outcome count_state_find(struct db *db, struct arena *arena, int32_t officer,
                                 const char *slug, struct count_state **state)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = store_ask_desk(db, &count_job_state, officer, slug, &rows);
    *state = NULL;
    if (outcome == DB_OK && db_count(rows) > 0) {
        *state = arena_alloc(arena, sizeof **state);
        **state = (struct count_state){.asked_by = store_text(arena, rows, 0, 0),
                                       .asked_at = db_time(rows, 0, 1),
                                       .running = db_bool(rows, 0, 2),
                                       .step = store_text(arena, rows, 0, 3),
                                       .part = db_int4(rows, 0, 4),
                                       .parts = db_int4(rows, 0, 5),
                                       .outcome = store_text(arena, rows, 0, 6)};
    }
    db_rows_free(rows);
    return outcome;
}
