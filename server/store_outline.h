/* store_outline.h: outlines of areas, and points in them, and the database. Texts live in the
 * arena. */
#ifndef WM_STORE_OUTLINE_H
#define WM_STORE_OUTLINE_H

#include "common/db.h"
#include "server/area_map.h"
#include "server/geojson.h"

/* --- for residents; role wardmote_web ----------------------------------------------------- */
/* An area's map; `outline` NULL where it has none. */
enum db_outcome area_outline_load(struct db *db, struct arena *arena, const char *slug,
                                  struct area_map *out);
/* What lies in it of its own rounds that are open or open soon. */
enum db_outcome area_points_load(struct db *db, struct arena *arena, const char *slug,
                                 struct map_points *out);

/* --- for administrators; role wardmote_desk ----------------------------------------------- */
struct outline_area {
    const char *name, *code;
    int64_t changed_at; /* DB_NO_TIME: it has no outline */
};
struct outline_areas {
    struct outline_area *area;
    int n; /* 0: the officer is no administrator */
};
enum db_outcome outline_areas_load(struct db *db, struct arena *arena, int32_t officer,
                                   struct outline_areas *out);

/* Keeps what was read of a file; *id 0: the officer is no administrator. */
enum db_outcome outline_begin(struct db *db, int32_t officer, const uint8_t sha256[32],
                              const char *credit, const struct geo_features *features, int32_t *id);
struct outline_row {
    const char *code, *name;
    const char *area;    /* that it is of; "" */
    const char *problem; /* in the officer's words, "unknown" or "twice"; "" */
    int32_t points, kept;
    bool replaces;
};
struct outline_rows {
    struct outline_row *row;
    int n; /* 0: no such file */
};
enum db_outcome outline_import_load(struct db *db, struct arena *arena, int32_t officer, int32_t id,
                                    struct outline_rows *out);
/* *result: an outcome of api.desk_outline_add. */
enum db_outcome outline_add(struct db *db, struct arena *arena, int32_t officer, int32_t id,
                            const char **result);

#endif
