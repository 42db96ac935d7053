/* store_practice.c: practice rounds, and the database. */
#include "server/store_practice.h"

#include "common/log.h"
#include "server/store_kit.h"

DB_STATEMENT(practice_voters_of, "select outcome, round, voter, generation"
                                 " from api.desk_practice_voters($1, $2, $3)");

enum db_outcome practice_voters(struct db *db, struct arena *arena, int32_t officer,
                                const char *slug, int32_t n, const char **result,
                                struct practice_voters *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    db_put_text(&p, slug);
    db_put_int4(&p, n);
    enum db_outcome outcome = store_answer(db, &practice_voters_of, arena, &p, result, &rows);
    bool ready = outcome == DB_OK && strcmp(*result, "ready") == 0;
    *out = (struct practice_voters){.n = ready ? db_count(rows) : 0};
    out->voter = arena_alloc(arena, sizeof *out->voter * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++) {
        out->round = db_int4(rows, i, 1);
        out->voter[i].id = db_int8(rows, i, 2);
        out->voter[i].generation = db_int4(rows, i, 3);
    }
    db_rows_free(rows);
    return outcome;
}

DB_STATEMENT(practice_files_of, "select pot_name, pb, seed, methods, rules"
                                " from api.desk_practice_files($1, $2)");

enum db_outcome practice_files(struct db *db, struct arena *arena, int32_t officer,
                               const char *slug, struct practice_files *out)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = store_ask_desk(db, &practice_files_of, officer, slug, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->file = arena_alloc(arena, sizeof *out->file * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++) {
        size_t len;
        const uint8_t *seed = db_bytes(rows, i, 2, &len);
        out->file[i] = (struct practice_file){.pot_name = store_text(arena, rows, i, 0),
                                              .pb = store_text(arena, rows, i, 1),
                                              .methods = store_text(arena, rows, i, 3),
                                              .rules = store_text(arena, rows, i, 4)};
        MUST(len == sizeof out->file[i].seed);
        memcpy(out->file[i].seed, seed, len);
    }
    db_rows_free(rows);
    return outcome;
}
