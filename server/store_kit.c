/* store_kit.c: what the stores share. */
#include "server/store_kit.h"

#include "common/log.h"

const char *store_text(struct arena *arena, const struct db_rows *rows, int row, int column)
{
    return arena_strdup(arena, db_text(rows, row, column));
}

enum db_outcome store_ask_desk(struct db *db, const struct db_statement *statement, int32_t officer,
                               const char *slug, struct db_rows **rows)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_text(&p, slug);
    enum db_outcome outcome = db_run(db, statement, &p, rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome store_answer(struct db *db, const struct db_statement *statement,
                             struct arena *arena, struct db_params *params, const char **result,
                             struct db_rows **rows)
{
    struct db_rows *all = NULL;
    enum db_outcome outcome = db_run(db, statement, params, &all);
    *result = outcome == DB_OK ? store_text(arena, all, 0, 0) : "";
    db_params_free(params);
    if (rows != NULL && outcome == DB_OK)
        *rows = all;
    else
        db_rows_free(all);
    return outcome;
}

int store_place(const char *const *words, const char *word)
{
    for (int i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], word) == 0)
            return i;
    }
    log_bug("unknown word from the database: %.20s", word);
    MUST(false);
    return 0;
}

void store_sha256(const struct db_rows *rows, int row, int column, char out[65])
{
    size_t len = 0;
    struct buf hex = buf_new(64);
    const uint8_t *hash = db_bytes(rows, row, column, &len);
    MUST(len == 32);
    buf_hex(&hex, hash, len);
    snprintf(out, 65, "%s", buf_str(&hex));
    buf_free(&hex);
}

struct geo_point store_point(const struct db_rows *rows, int row, int column)
{
    if (db_null(rows, row, column))
        return GEO_NO_POINT;
    return (struct geo_point){db_int4(rows, row, column), db_int4(rows, row, column + 1)};
}

void store_put_point(struct db_params *p, struct geo_point at)
{
    if (geo_is_set(at)) {
        db_put_int4(p, at.lat);
        db_put_int4(p, at.lon);
    } else {
        db_put_null(p);
        db_put_null(p);
    }
}

void store_put_json(struct db_params *p, json_t *json)
{
    char *text = json_dumps(json, JSON_COMPACT);
    MUST(text != NULL);
    db_put_text(p, text);
    free(text);
    json_decref(json);
}
