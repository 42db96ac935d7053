/* store_register.c: asks about registers, their voters and codes. */
#include "server/store_register.h"

#include "server/roles.h"
#include "server/store_kit.h"

/* --- registers ---------------------------------------------------------------------------- */
DB_STATEMENT(
    registers_of_officer,
    "select id, name, area, area_slug, kind, voters, addresses, codes, phones, due,"
    " codes_per_address, extra_cap, retired_at from api.desk_registers($1, nullif($2, 0))");

enum db_outcome desk_registers(struct db *db, struct arena *arena, int32_t officer, int32_t id,
                               struct desk_registers *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    db_put_int4(&p, id);
    enum db_outcome outcome = db_run(db, &registers_of_officer, &p, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->one = arena_alloc(arena, sizeof *out->one * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++)
        out->one[i] = (struct desk_register){.id = db_int4(rows, i, 0),
                                             .name = store_text(arena, rows, i, 1),
                                             .area = store_text(arena, rows, i, 2),
                                             .area_slug = store_text(arena, rows, i, 3),
                                             .kind = store_text(arena, rows, i, 4),
                                             .voters = db_int8(rows, i, 5),
                                             .addresses = db_int8(rows, i, 6),
                                             .codes = db_int8(rows, i, 7),
                                             .phones = db_int8(rows, i, 8),
                                             .due = db_int8(rows, i, 9),
                                             .codes_per_address = db_int4(rows, i, 10),
                                             .extra_cap = db_int4(rows, i, 11),
                                             .retired_at = db_time(rows, i, 12)};
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

DB_STATEMENT(register_save, "select outcome, id from"
                            " api.desk_register_save($1, $2::integer, $3, $4, $5, $6, $7)");

enum db_outcome desk_register_save(struct db *db, struct arena *arena, int32_t officer,
                                   const struct desk_register *typed, const char **outcome,
                                   int32_t *id)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    if (typed->id == 0)
        db_put_null(&p);
    else
        db_put_int4(&p, typed->id);
    db_put_text(&p, typed->name);
    db_put_text(&p, typed->area_slug);
    db_put_text(&p, typed->kind);
    db_put_int4(&p, typed->codes_per_address);
    db_put_int4(&p, typed->extra_cap);
    enum db_outcome done = db_run(db, &register_save, &p, &rows);
    if (done == DB_OK) {
        *outcome = store_text(arena, rows, 0, 0);
        *id = db_int4(rows, 0, 1);
    }
    db_rows_free(rows);
    db_params_free(&p);
    return done;
}

DB_STATEMENT(register_retire, "select api.desk_register_retire($1, $2)");

enum db_outcome desk_register_retire(struct db *db, struct arena *arena, int32_t officer,
                                     int32_t id, const char **outcome)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_int4(&p, id);
    return store_answer(db, &register_retire, arena, &p, outcome, NULL);
}

DB_STATEMENT(register_files,
             "select at, who, voters, addresses from api.desk_register_files($1, $2)");

enum db_outcome desk_register_files(struct db *db, struct arena *arena, int32_t officer, int32_t id,
                                    struct desk_register_files *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    db_put_int4(&p, id);
    enum db_outcome outcome = db_run(db, &register_files, &p, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->one = arena_alloc(arena, sizeof *out->one * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++)
        out->one[i] = (struct desk_register_file){.at = db_time(rows, i, 0),
                                                  .who = store_text(arena, rows, i, 1),
                                                  .voters = db_int8(rows, i, 2),
                                                  .addresses = db_int4(rows, i, 3)};
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

/* --- codes -------------------------------------------------------------------------------- */
DB_STATEMENT(codes_register, "select serial, address, area from"
                             " api.desk_codes_register($1, $2, $3) order by item");

enum db_outcome desk_codes_register(struct db *db, struct arena *arena, int32_t officer,
                                    int32_t register_id, const uint8_t (*lookups)[32], int n,
                                    struct desk_issued **issued, int *n_issued)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    db_put_int4(&p, register_id);
    db_array_begin(&p, DB_BYTEA);
    for (int i = 0; i < n; i++)
        db_item_bytes(&p, lookups[i], sizeof lookups[i]);
    db_array_end(&p);
    enum db_outcome outcome = db_run(db, &codes_register, &p, &rows);
    *n_issued = outcome == DB_OK ? db_count(rows) : 0;
    *issued = arena_alloc(arena, sizeof **issued * (size_t)(*n_issued + 1));
    for (int i = 0; i < *n_issued; i++)
        (*issued)[i] = (struct desk_issued){.serial = store_text(arena, rows, i, 0),
                                            .address = store_text(arena, rows, i, 1),
                                            .area = store_text(arena, rows, i, 2)};
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

DB_STATEMENT(code_find,
             "select serial, address, area, register, issued_as, issued_at, voided_at, reason,"
             " used, waits, mine, asked_by, wanted, roles from api.desk_code_find($1, $2)");

enum db_outcome desk_code_find(struct db *db, struct arena *arena, int32_t officer,
                               const char *words, struct desk_codes *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    db_put_text(&p, words);
    enum db_outcome outcome = db_run(db, &code_find, &p, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->one = arena_alloc(arena, sizeof *out->one * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++)
        out->one[i] = (struct desk_code){.serial = store_text(arena, rows, i, 0),
                                         .address = store_text(arena, rows, i, 1),
                                         .area = store_text(arena, rows, i, 2),
                                         .register_name = store_text(arena, rows, i, 3),
                                         .issued_as = store_text(arena, rows, i, 4),
                                         .issued_at = db_time(rows, i, 5),
                                         .voided_at = db_time(rows, i, 6),
                                         .reason = store_text(arena, rows, i, 7),
                                         .used = db_bool(rows, i, 8),
                                         .waits = db_bool(rows, i, 9),
                                         .mine = db_bool(rows, i, 10),
                                         .asked_by = store_text(arena, rows, i, 11),
                                         .wanted = store_text(arena, rows, i, 12),
                                         .roles = roles_read(db_text(rows, i, 13))};
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

DB_STATEMENT(code_void, "select api.desk_code_void($1, $2, $3)");

enum db_outcome desk_code_void(struct db *db, struct arena *arena, int32_t officer,
                               const char *serial, const char *reason, const char **outcome)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_text(&p, serial);
    db_put_text(&p, reason);
    return store_answer(db, &code_void, arena, &p, outcome, NULL);
}

DB_STATEMENT(code_void_decide, "select api.desk_code_void_decide($1, $2, $3)");

enum db_outcome desk_code_void_decide(struct db *db, struct arena *arena, int32_t officer,
                                      const char *serial, bool grant, const char **outcome)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_text(&p, serial);
    db_put_bool(&p, grant);
    return store_answer(db, &code_void_decide, arena, &p, outcome, NULL);
}

DB_STATEMENT(code_reissue, "select outcome, serial, address, area"
                           " from api.desk_code_reissue($1, $2, $3, $4)");
DB_STATEMENT(code_extra, "select outcome, serial, address, area"
                         " from api.desk_code_extra($1, $2, $3, $4)");

enum db_outcome desk_code_replace(struct db *db, struct arena *arena, int32_t officer,
                                  enum desk_replace which, const char *serial,
                                  const uint8_t lookup[32], const char *reason,
                                  const char **outcome, struct desk_issued *issued)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    db_put_text(&p, serial);
    db_put_bytes(&p, lookup, 32);
    db_put_text(&p, reason);
    enum db_outcome done =
        db_run(db, which == DESK_CODE_LOST ? &code_reissue : &code_extra, &p, &rows);
    if (done == DB_OK) {
        *outcome = store_text(arena, rows, 0, 0);
        *issued = (struct desk_issued){.serial = store_text(arena, rows, 0, 1),
                                       .address = store_text(arena, rows, 0, 2),
                                       .area = store_text(arena, rows, 0, 3)};
    }
    db_rows_free(rows);
    db_params_free(&p);
    return done;
}

DB_STATEMENT(alarm, "select api.desk_alarm()");

enum db_outcome desk_alarm(struct db *db, int32_t *wrong)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = db_run(db, &alarm, NULL, &rows);
    *wrong = outcome == DB_OK ? db_int4(rows, 0, 0) : 0;
    db_rows_free(rows);
    return outcome;
}
