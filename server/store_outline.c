/* store_outline.c: outlines of areas and the database. */
#include "server/store_outline.h"

#include <jansson.h>

#include "common/digest.h"
#include "server/store_kit.h"

/* --- for residents ------------------------------------------------------------------------ */
DB_STATEMENT(outline_of, "select name, outline, credit from api.area_outline($1)");
DB_STATEMENT(points_of, "select number, lat, lon from api.area_points($1)");

enum db_outcome area_outline_load(struct db *db, struct arena *arena, const char *slug,
                                  struct area_map *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_text(&p, slug);
    enum db_outcome outcome = db_run(db, &outline_of, &p, &rows);
    *out = (struct area_map){.outline = NULL};
    if (outcome == DB_OK && db_count(rows) > 0)
        *out = (struct area_map){.name = store_text(arena, rows, 0, 0),
                                 .outline = store_text(arena, rows, 0, 1),
                                 .credit = store_text(arena, rows, 0, 2)};
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome area_points_load(struct db *db, struct arena *arena, const char *slug,
                                 struct map_points *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_text(&p, slug);
    enum db_outcome outcome = db_run(db, &points_of, &p, &rows);
    *out = (struct map_points){.n = outcome == DB_OK ? db_count(rows) : 0};
    out->point = arena_alloc(arena, sizeof *out->point * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++)
        out->point[i] = (struct map_point){db_int4(rows, i, 0), store_point(rows, i, 1)};
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

/* --- for administrators ------------------------------------------------------------------- */
DB_STATEMENT(outline_areas, "select name, ons_code, changed_at from api.desk_outlines($1)");
DB_STATEMENT(outline_begin_file,
             "select coalesce(api.desk_outline_begin($1, $2, $3, $4::text::jsonb),"
             " 0)");
DB_STATEMENT(outline_file, "select code, name, points, kept, area, replaces, problem"
                           " from api.desk_outline_import($1, $2)");
DB_STATEMENT(outline_add_file, "select api.desk_outline_add($1, $2)");

enum db_outcome outline_areas_load(struct db *db, struct arena *arena, int32_t officer,
                                   struct outline_areas *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    enum db_outcome outcome = db_run(db, &outline_areas, &p, &rows);
    *out = (struct outline_areas){.n = outcome == DB_OK ? db_count(rows) : 0};
    out->area = arena_alloc(arena, sizeof *out->area * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++)
        out->area[i] = (struct outline_area){store_text(arena, rows, i, 0),
                                             store_text(arena, rows, i, 1), db_time(rows, i, 2)};
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome outline_begin(struct db *db, int32_t officer, const uint8_t sha256[32],
                              const char *credit, const struct geo_features *features, int32_t *id)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    json_t *all = json_array();
    for (int i = 0; i < features->n; i++) {
        const struct geo_feature *f = &features->feature[i];
        json_array_append_new(all, json_pack("{s:s, s:s, s:s, s:i, s:i, s:s}", "code", f->code,
                                             "name", f->name, "outline", f->outline, "points",
                                             f->points, "kept", f->kept, "problem", f->problem));
    }
    db_put_int4(&p, officer);
    db_put_bytes(&p, sha256, DIGEST_LEN);
    db_put_text(&p, credit);
    store_put_json(&p, all);
    enum db_outcome outcome = db_run(db, &outline_begin_file, &p, &rows);
    *id = outcome == DB_OK ? db_int4(rows, 0, 0) : 0;
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome outline_import_load(struct db *db, struct arena *arena, int32_t officer, int32_t id,
                                    struct outline_rows *out)
{
    struct db_params p = db_params_new();
    struct db_rows *rows = NULL;
    db_put_int4(&p, officer);
    db_put_int4(&p, id);
    enum db_outcome outcome = db_run(db, &outline_file, &p, &rows);
    *out = (struct outline_rows){.n = outcome == DB_OK ? db_count(rows) : 0};
    out->row = arena_alloc(arena, sizeof *out->row * (size_t)(out->n + 1));
    for (int i = 0; i < out->n; i++)
        out->row[i] = (struct outline_row){.code = store_text(arena, rows, i, 0),
                                           .name = store_text(arena, rows, i, 1),
                                           .points = db_int4(rows, i, 2),
                                           .kept = db_int4(rows, i, 3),
                                           .area = store_text(arena, rows, i, 4),
                                           .replaces = db_bool(rows, i, 5),
                                           .problem = store_text(arena, rows, i, 6)};
    db_rows_free(rows);
    db_params_free(&p);
    return outcome;
}

enum db_outcome outline_add(struct db *db, struct arena *arena, int32_t officer, int32_t id,
                            const char **result)
{
    struct db_params p = db_params_new();
    db_put_int4(&p, officer);
    db_put_int4(&p, id);
    return store_answer(db, &outline_add_file, arena, &p, result, NULL);
}
