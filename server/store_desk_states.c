/* store_desk_states.c: a round's way from draft to archive, and the database. */
#include "server/store_desk_states.h"

#include "server/store_kit.h"

DB_STATEMENT(step_submit, "select outcome, detail from api.desk_submit($1, $2)");
DB_STATEMENT(step_approve, "select api.desk_approve($1, $2), ''");
DB_STATEMENT(step_submit_result, "select api.result_submit($1, $2), ''");
DB_STATEMENT(step_archive, "select api.desk_archive($1, $2), ''");

enum db_outcome desk_step_take(struct db *db, struct arena *arena, int32_t officer,
                               const char *slug, enum desk_step step, const char **result,
                               const char **detail)
{
    static const struct db_statement *const statements[STEPS] = {
        [STEP_SUBMIT] = &step_submit,
        [STEP_APPROVE] = &step_approve,
        [STEP_SUBMIT_RESULT] = &step_submit_result,
        [STEP_ARCHIVE] = &step_archive,
    };
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    db_put_text(&p, slug);
    enum db_outcome outcome = store_answer(db, statements[step], arena, &p, result, &rows);
    *detail = outcome == DB_OK ? store_text(arena, rows, 0, 1) : "";
    db_rows_free(rows);
    return outcome;
}

DB_STATEMENT(step_return, "select api.desk_return($1, $2, $3)");

enum db_outcome desk_return(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                            const char *note, const char **result)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_text(&p, slug);
    db_put_text(&p, note);
    return store_answer(db, &step_return, arena, &p, result, NULL);
}

DB_STATEMENT(step_publish, "select api.result_publish($1, $2, $3)");

enum db_outcome desk_publish(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                             const char *at, const char **result)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_text(&p, slug);
    db_put_text(&p, at);
    return store_answer(db, &step_publish, arena, &p, result, NULL);
}

DB_STATEMENT(step_embargo, "select api.result_embargo($1, $2, $3, $4)");

enum db_outcome desk_embargo(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                             bool now, const char *reason, const char **result)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_text(&p, slug);
    db_put_bool(&p, now);
    db_put_text(&p, reason);
    return store_answer(db, &step_embargo, arena, &p, result, NULL);
}
