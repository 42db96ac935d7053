/* store_import_seen.c: what a file would add and what is wrong with it, and the officer's no. */
#include "server/store_import.h"

#include "server/store_kit.h"

DB_STATEMENT(import_one, "select register, name, sha256, persons, rows, bad, whole, voters"
                         " from api.desk_import($1, $2)");

enum db_outcome import_load(struct db *db, struct arena *arena, int32_t officer, int32_t id,
                            struct import_seen *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    *out = (struct import_seen){.found = false};
    db_put_int4(&p, officer);
    db_put_int4(&p, id);
    enum db_outcome outcome = db_run(db, &import_one, &p, &rows);
    if (outcome == DB_OK && db_count(rows) == 1) {
        *out = (struct import_seen){.found = true,
                                    .register_id = db_int4(rows, 0, 0),
                                    .name = store_text(arena, rows, 0, 1),
                                    .persons = db_bool(rows, 0, 3),
                                    .rows = db_int4(rows, 0, 4),
                                    .bad = db_int4(rows, 0, 5),
                                    .whole = db_bool(rows, 0, 6),
                                    .voters = db_int8(rows, 0, 7)};
        store_sha256(rows, 0, 2, out->sha256);
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

DB_STATEMENT(import_some, "select n, address, postcode, uprn, area, code, phone, problem"
                          " from api.desk_import_sample($1, $2)");

enum db_outcome import_sample(struct db *db, struct arena *arena, int32_t officer, int32_t id,
                              struct import_row **out, int *n)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    db_put_int4(&p, id);
    enum db_outcome outcome = db_run(db, &import_some, &p, &rows);
    *n = outcome == DB_OK ? db_count(rows) : 0;
    *out = arena_alloc(arena, sizeof **out * (size_t)(*n + 1));
    for (int i = 0; i < *n; i++)
        (*out)[i] = (struct import_row){.n = db_int4(rows, i, 0),
                                        .address = store_text(arena, rows, i, 1),
                                        .postcode = store_text(arena, rows, i, 2),
                                        .uprn = store_text(arena, rows, i, 3),
                                        .area = store_text(arena, rows, i, 4),
                                        .code = db_bool(rows, i, 5),
                                        .phone = db_bool(rows, i, 6),
                                        .problem = store_text(arena, rows, i, 7)};
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

DB_STATEMENT(import_no, "select api.desk_import_give_up($1, $2)");

enum db_outcome import_give_up(struct db *db, int32_t officer, int32_t id, int32_t *register_id)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    db_put_int4(&p, id);
    enum db_outcome outcome = db_run(db, &import_no, &p, &rows);
    *register_id = outcome == DB_OK ? db_int4(rows, 0, 0) : 0;
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}
