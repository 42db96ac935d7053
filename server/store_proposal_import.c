/* store_proposal_import.c: files of proposals and the database. Sheets and proposals travel as
 * JSON, which PostgreSQL takes apart. */
#include "server/store_kit.h"
#include "server/store_proposal.h"

#include <jansson.h>

#include "common/log.h"

DB_STATEMENT(import_begin,
             "select api.desk_proposal_import_begin($1, $2, $3, $4, $5::text::jsonb)");
DB_STATEMENT(
    import_find,
    "select slug, encode(sha256, 'hex'), roles, cells from api.desk_proposal_import($1, $2)");
DB_STATEMENT(import_roles, "select api.desk_proposal_import_roles($1, $2, $3)");
DB_STATEMENT(import_add, "select api.desk_proposal_import_add($1, $2, $3::text::jsonb)");
DB_STATEMENT(imports_of, "select id, at, who, coalesce(added, 0), changed, undone"
                         " from api.desk_proposal_imports($1, $2)");
DB_STATEMENT(import_undo, "select api.desk_proposal_import_undo($1, $2, $3)");

/* --- sheets ------------------------------------------------------------------------------- */
static json_t *sheet_json(const struct proposal_sheet *sheet)
{
    json_t *rows = json_array();
    for (int i = 0; i < sheet->rows; i++) {
        json_t *row = json_array();
        json_array_append_new(row, json_integer(sheet->number[i]));
        for (int c = 0; c < sheet->columns; c++)
            json_array_append_new(row, json_string(proposal_sheet_cell(sheet, i, c)));
        json_array_append_new(rows, row);
    }
    return rows;
}

/* The cells as they were kept; the database gave them, so they are whole. */
static void sheet_read_json(struct arena *a, const char *text, struct proposal_sheet *sheet)
{
    json_t *rows = json_loads(text, 0, NULL);
    MUST(rows != NULL && json_array_size(rows) <= SHEET_PROPOSALS_MAX + 1);
    *sheet = (struct proposal_sheet){.rows = (int)json_array_size(rows),
                                     .columns = (int)json_array_size(json_array_get(rows, 0)) - 1};
    sheet->cell = arena_alloc(a, sizeof *sheet->cell * (size_t)(sheet->rows * sheet->columns + 1));
    for (int i = 0; i < sheet->rows; i++) {
        json_t *row = json_array_get(rows, (size_t)i);
        sheet->number[i] = (int)json_integer_value(json_array_get(row, 0));
        for (int c = 0; c < sheet->columns; c++) {
            const char *cell = json_string_value(json_array_get(row, (size_t)c + 1));
            sheet->cell[i * sheet->columns + c] = arena_strdup(a, cell != NULL ? cell : "");
        }
    }
    json_decref(rows);
}

enum db_outcome proposal_import_begin(struct db *db, int32_t officer, const char *slug,
                                      const uint8_t sha256[32], const struct proposal_sheet *sheet,
                                      int32_t *id)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    char roles[SHEET_ROLES_TEXT];
    proposal_sheet_roles_text(sheet, roles);
    db_put_int4(&p, officer);
    db_put_text(&p, slug);
    db_put_bytes(&p, sha256, 32);
    db_put_text(&p, roles);
    store_put_json(&p, sheet_json(sheet));
    enum db_outcome outcome = db_run(db, &import_begin, &p, &rows);
    *id = outcome == DB_OK && !db_null(rows, 0, 0) ? db_int4(rows, 0, 0) : 0;
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

static struct db_params about(int32_t officer, int32_t id)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_int4(&p, id);
    return p;
}

enum db_outcome proposal_import_find(struct db *db, struct arena *arena, int32_t officer,
                                     int32_t id, struct proposal_import *out)
{
    struct db_params p = about(officer, id);
    struct db_rows *rows = NULL;
    enum db_outcome outcome = db_run(db, &import_find, &p, &rows);
    out->slug = NULL;
    if (outcome == DB_OK && db_count(rows) > 0) {
        out->slug = store_text(arena, rows, 0, 0);
        out->sha256 = store_text(arena, rows, 0, 1);
        sheet_read_json(arena, db_text(rows, 0, 3), &out->sheet);
        proposal_sheet_roles_of(&out->sheet, db_text(rows, 0, 2));
    }
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome proposal_import_roles(struct db *db, int32_t officer, int32_t id,
                                      const struct proposal_sheet *sheet)
{
    struct db_params p = about(officer, id);
    char roles[SHEET_ROLES_TEXT];
    proposal_sheet_roles_text(sheet, roles);
    db_put_text(&p, roles);
    enum db_outcome outcome = db_run(db, &import_roles, &p, NULL);
    db_params_free(&p);
    return outcome;
}

/* --- adding and taking back --------------------------------------------------------------- */
static json_t *part(struct geo_point at, int32_t degrees)
{
    return geo_is_set(at) ? json_integer(degrees) : json_null();
}

enum db_outcome proposal_import_add(struct db *db, struct arena *arena, int32_t officer, int32_t id,
                                    const struct desk_proposal *proposals, int n,
                                    const char **result)
{
    struct db_params p = about(officer, id);
    json_t *all = json_array();
    for (int i = 0; i < n; i++) {
        const struct desk_proposal *one = &proposals[i];
        json_array_append_new(
            all, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:I, s:i, s:s, s:o, s:o}", "title",
                           one->title, "short_name", one->short_name, "summary", one->summary,
                           "body", one->body, "place", one->place, "proposer", one->proposer, "pot",
                           (int)one->pot, "cost", (json_int_t)one->cost, "exclusion",
                           (int)one->exclusion, "theme", one->theme, "lat",
                           part(one->at, one->at.lat), "lon", part(one->at, one->at.lon)));
    }
    store_put_json(&p, all);
    return store_answer(db, &import_add, arena, &p, result, NULL);
}

enum db_outcome proposal_imports(struct db *db, struct arena *arena, int32_t officer,
                                 const char *slug, struct proposal_imports *out)
{
    struct db_rows *rows = NULL;
    enum db_outcome outcome = store_ask_desk(db, &imports_of, officer, slug, &rows);
    out->n = outcome == DB_OK ? db_count(rows) : 0;
    out->done = arena_alloc(arena, sizeof *out->done * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++)
        out->done[i] = (struct proposal_import_done){.id = db_int4(rows, i, 0),
                                                     .at = db_time(rows, i, 1),
                                                     .who = store_text(arena, rows, i, 2),
                                                     .added = db_int4(rows, i, 3),
                                                     .changed = db_int4(rows, i, 4),
                                                     .undone = db_bool(rows, i, 5)};
    db_rows_free(rows);
    return outcome;
}

enum db_outcome proposal_import_undo(struct db *db, struct arena *arena, int32_t officer,
                                     const char *slug, int32_t id, const char **result)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_text(&p, slug);
    db_put_int4(&p, id);
    return store_answer(db, &import_undo, arena, &p, result, NULL);
}
