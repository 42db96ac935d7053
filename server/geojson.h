/* geojson.h: outlines of areas from a file of GeoJSON (RFC 7946): Polygons and MultiPolygons in
 * WGS84, of which fewer points are kept. Pure, any thread; texts live in the arena. */
#ifndef WM_GEOJSON_H
#define WM_GEOJSON_H

#include <stddef.h>

#include "common/buf.h"

enum {
    GEOJSON_BYTES_MAX = 4 << 20,
    GEOJSON_DEPTH_MAX = 12,
    GEOJSON_FEATURES_MAX = 200,
    GEOJSON_RINGS_MAX = 400,     /* of one feature */
    GEOJSON_POINTS_MAX = 100000, /* of one feature */
    OUTLINE_POINTS_MAX = 240     /* that are kept of one, and so its text is below 8 KiB */
};

struct geo_feature {
    const char *code;    /* an ONS code among its properties, like E05010311; "" */
    const char *name;    /* the property "name", or one whose name ends with nm or name; "" */
    const char *outline; /* as schema/0048_outlines.sql keeps it; "" where something is wrong */
    const char *problem; /* in the officer's words; "" */
    int points, kept;
};
struct geo_features {
    struct geo_feature *feature;
    int n;
};

/* NULL when it was read, each feature with what is wrong with it; else what is wrong with the file.
 */
const char *geojson_read(struct arena *a, const char *bytes, size_t len, struct geo_features *out);

#endif
