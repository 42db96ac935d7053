/* store_audit.c: the record of what officers did. */
#include "server/store_audit.h"

#include "server/store_kit.h"

DB_STATEMENT(desk_audit_rows, "select id, at, who, action, object, detail"
                              " from api.desk_audit($1, $2, $3)");
DB_STATEMENT(desk_audit_checks, "select checked, broken, head from api.desk_audit_check($1)");

enum db_outcome desk_audit(struct db *db, struct arena *a, int32_t officer, const char *words,
                           int64_t before, struct audit_rows *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    db_put_text(&p, words);
    db_put_int8(&p, before);
    enum db_outcome outcome = db_run(db, &desk_audit_rows, &p, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->row = arena_alloc(a, sizeof *out->row * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++)
        out->row[i] = (struct audit_row){.id = db_int8(rows, i, 0),
                                         .at = db_time(rows, i, 1),
                                         .who = store_text(a, rows, i, 2),
                                         .action = store_text(a, rows, i, 3),
                                         .object = store_text(a, rows, i, 4),
                                         .detail = store_text(a, rows, i, 5)};
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome desk_audit_check(struct db *db, struct arena *a, int32_t officer,
                                 struct audit_state *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    enum db_outcome outcome = db_run(db, &desk_audit_checks, &p, &rows);
    *out = (struct audit_state){.head = ""};
    if (outcome == DB_OK && db_count(rows) == 1)
        *out = (struct audit_state){.asked = true,
                                    .checked = db_int8(rows, 0, 0),
                                    .broken = db_int8(rows, 0, 1),
                                    .head = store_text(a, rows, 0, 2)};
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}
