/* store_kit.h: what the stores share: a text out of a row, and questions of one shape. Thread: a
 * worker's, with its own connection. */
#ifndef WM_SERVER_STORE_KIT_H
#define WM_SERVER_STORE_KIT_H

#include <jansson.h>

#include "common/buf.h"
#include "common/db.h"
#include "server/geo_point.h"

/* A text of a result that lives as long as the arena; NULL in the database is "". */
const char *store_text(struct arena *arena, const struct db_rows *rows, int row, int column);

/* A SHA-256 of a result, in lower-case hexadecimal. */
void store_sha256(const struct db_rows *rows, int row, int column, char out[65]);

/* The columns lat and lon at `column`. */
struct geo_point store_point(const struct db_rows *rows, int row, int column);
void store_put_point(struct db_params *p, struct geo_point at);

/* The place of a word in a list that SQL and C share, whose end is a NULL; it must be there. */
int store_place(const char *const *words, const char *word);

/* A value as one text, which the statement casts; `json` is freed. */
void store_put_json(struct db_params *p, json_t *json);

/* Asks a statement of ($1 officer, $2 slug). On DB_OK the caller frees *rows. */
enum db_outcome store_ask_desk(struct db *db, const struct db_statement *statement, int32_t officer,
                               const char *slug, struct db_rows **rows);

/* Runs a statement whose first column is the outcome's word, and frees the parameters. *result is
 * that word, or "" where the database did not answer. `rows` NULL: the rest is dropped; else it is
 * the caller's to free on DB_OK. */
enum db_outcome store_answer(struct db *db, const struct db_statement *statement,
                             struct arena *arena, struct db_params *params, const char **result,
                             struct db_rows **rows);

#endif
