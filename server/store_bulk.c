/* store_bulk.c: asks about a round's bulk texts. */
#include "server/store_bulk.h"

#include "common/log.h"
#include "server/store_kit.h"

DB_STATEMENT(bulk_of_round, "select occasion, is_on, is_over, first_at, ends, people,"
                            " coalesce(pence, -1), sent, waits, lost from api.desk_bulk($1, $2)");
DB_STATEMENT(bulk_set, "select api.desk_bulk_set($1, $2, $3, $4)");

enum db_outcome desk_bulk(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                          struct bulk_occasions *out)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = store_ask_desk(db, &bulk_of_round, officer, slug, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    MUST(out->n <= BULK_OCCASIONS);
    for (int i = 0; i < out->n; i++)
        out->one[i] = (struct bulk_occasion){.occasion = store_text(arena, rows, i, 0),
                                             .on = db_bool(rows, i, 1),
                                             .over = db_bool(rows, i, 2),
                                             .first_at = db_time(rows, i, 3),
                                             .ends = db_time(rows, i, 4),
                                             .people = db_int8(rows, i, 5),
                                             .pence = db_int8(rows, i, 6),
                                             .sent = db_int8(rows, i, 7),
                                             .waits = db_int8(rows, i, 8),
                                             .lost = db_int8(rows, i, 9)};
    db_rows_free(rows);
    return outcome;
}

enum db_outcome desk_bulk_set(struct db *db, struct arena *arena, int32_t officer, const char *slug,
                              const char *occasion, bool on, const char **result)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_text(&p, slug);
    db_put_text(&p, occasion);
    db_put_bool(&p, on);
    return store_answer(db, &bulk_set, arena, &p, result, NULL);
}
