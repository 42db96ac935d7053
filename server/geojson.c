/* geojson.c: reads outlines of areas and makes them simple. */
#include "server/geojson.h"

#include <jansson.h>
#include <math.h>
#include <strings.h>

#include "server/geo_point.h"

enum { CODE_LEN = 9, TEXT_MAX = 8192, WORK_MAX = 8 << 20 };

static const double LEAST_STEP = 10; /* hundred-thousandths of a degree: about 10 m */

struct ring {
    struct geo_point *point; /* not closed */
    int n;
    bool *kept;
};
struct shape {
    struct ring ring[GEOJSON_RINGS_MAX];
    int rings, points;
};

/* --- fewer points ------------------------------------------------------------------------- */
/* The square of how far p lies from the line from a to b; degrees east are shorter by `narrow`. */
static double off2(struct geo_point p, struct geo_point a, struct geo_point b, double narrow)
{
    double x = (p.lon - a.lon) * narrow, y = p.lat - a.lat;
    double dx = (b.lon - a.lon) * narrow, dy = b.lat - a.lat, len2 = dx * dx + dy * dy;
    double t = len2 > 0 ? (x * dx + y * dy) / len2 : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    x -= t * dx;
    y -= t * dy;
    return x * x + y * y;
}

/* The point between `from` and `to` that is farthest off their line. */
static int farthest(const struct ring *r, int from, int to, double narrow, double *far2)
{
    int at = from;
    *far2 = -1;
    for (int i = from + 1; i < to; i++) {
        double d = off2(r->point[i], r->point[from], r->point[to % r->n], narrow);
        if (d > *far2) {
            *far2 = d;
            at = i;
        }
    }
    return at;
}

/* Marks what Douglas and Peucker (1973) keep: a point that is farther than `step` off the line
 * between two that are kept. A ring is two lines, to the point farthest from its first and back.
 * `span` holds as many as the ring has points. */
static int simplify(struct ring *r, double step, double narrow, int (*span)[2])
{
    double far2;
    int spans = 0, kept = 0, half = farthest(r, 0, r->n, narrow, &far2);
    for (int i = 0; i < r->n; i++)
        r->kept[i] = i == 0 || i == half;
    span[spans][0] = 0;
    span[spans++][1] = half;
    span[spans][0] = half;
    span[spans++][1] = r->n;
    while (spans > 0) {
        int from = span[--spans][0], to = span[spans][1];
        int at = farthest(r, from, to, narrow, &far2);
        if (far2 <= step * step)
            continue;
        r->kept[at] = true;
        span[spans][0] = from;
        span[spans++][1] = at;
        span[spans][0] = at;
        span[spans++][1] = to;
    }
    for (int i = 0; i < r->n; i++)
        kept += r->kept[i];
    return kept;
}

/* Larger and larger steps until few enough points are left; rings that come to nothing are left
 * out. */
static int simplify_all(struct arena *a, struct shape *s)
{
    int(*span)[2] = arena_alloc(a, sizeof *span * (size_t)(s->points + 2));
    double narrow = cos(s->ring[0].point[0].lat / (double)GEO_DEGREE * M_PI / 180);
    for (double step = LEAST_STEP;; step *= 1.5) {
        int kept = 0;
        for (int i = 0; i < s->rings; i++) {
            int of_ring = simplify(&s->ring[i], step, narrow, span);
            for (int k = 0; of_ring < 3 && k < s->ring[i].n; k++)
                s->ring[i].kept[k] = false;
            kept += of_ring < 3 ? 0 : of_ring;
        }
        if (kept <= OUTLINE_POINTS_MAX)
            return kept;
    }
}

static const char *outline_text(struct arena *a, const struct shape *s)
{
    struct buf text = buf_new(TEXT_MAX);
    for (int i = 0; i < s->rings; i++) {
        bool first = true;
        for (int k = 0; k < s->ring[i].n; k++) {
            if (!s->ring[i].kept[k])
                continue;
            buf_fmt(&text, "%s%d %d",
                    text.len == 0 ? ""
                    : first       ? ";"
                                  : ",",
                    (int)s->ring[i].point[k].lat, (int)s->ring[i].point[k].lon);
            first = false;
        }
    }
    const char *kept = text.overflowed ? "" : arena_strdup(a, buf_str(&text));
    buf_free(&text);
    return kept;
}

/* --- reading ------------------------------------------------------------------------------ */
static const char *read_position(const json_t *position, struct geo_point *out)
{
    const json_t *lon = json_array_get(position, 0), *lat = json_array_get(position, 1);
    if (!json_is_number(lon) || !json_is_number(lat))
        return "A position is not two numbers";
    if (!geo_point_of(json_number_value(lat), json_number_value(lon), out))
        return "Its positions are not longitude and latitude (WGS84) in the British Isles";
    return NULL;
}

static const char *read_ring(struct arena *a, const json_t *positions, struct shape *s)
{
    size_t n = json_array_size(positions);
    if (n < 4)
        return "A ring has fewer than four positions";
    if (s->rings == GEOJSON_RINGS_MAX)
        return "It has more than 400 rings";
    if (n > (size_t)(GEOJSON_POINTS_MAX - s->points))
        return "It has more than 100,000 positions";
    struct ring *r = &s->ring[s->rings];
    struct geo_point last;
    r->n = (int)n - 1;
    r->point = arena_alloc(a, sizeof *r->point * n);
    r->kept = arena_alloc(a, sizeof *r->kept * n);
    for (int i = 0; i < r->n; i++) {
        const char *fault = read_position(json_array_get(positions, (size_t)i), &r->point[i]);
        if (fault != NULL)
            return fault;
    }
    const char *fault = read_position(json_array_get(positions, n - 1), &last);
    if (fault != NULL)
        return fault;
    if (last.lat != r->point[0].lat || last.lon != r->point[0].lon)
        return "A ring does not end where it begins";
    s->rings++;
    s->points += r->n;
    return NULL;
}

static const char *read_polygon(struct arena *a, const json_t *rings, struct shape *s)
{
    const char *fault = json_array_size(rings) > 0 ? NULL : "A polygon has no rings";
    for (size_t i = 0; fault == NULL && i < json_array_size(rings); i++)
        fault = read_ring(a, json_array_get(rings, i), s);
    return fault;
}

static const char *read_geometry(struct arena *a, const json_t *geometry, struct shape *s)
{
    const char *type = json_string_value(json_object_get(geometry, "type"));
    const json_t *all = json_object_get(geometry, "coordinates");
    const char *fault = NULL;
    if (type != NULL && strcmp(type, "Polygon") == 0)
        return read_polygon(a, all, s);
    if (type == NULL || strcmp(type, "MultiPolygon") != 0 || json_array_size(all) == 0)
        return "It is no Polygon or MultiPolygon";
    for (size_t i = 0; fault == NULL && i < json_array_size(all); i++)
        fault = read_polygon(a, json_array_get(all, i), s);
    return fault;
}

/* "E05010311": a letter of a country and eight digits. */
static bool is_code(const char *text)
{
    return strlen(text) == CODE_LEN && strchr("EWSN", text[0]) != NULL &&
           strspn(text + 1, "0123456789") == CODE_LEN - 1;
}

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcasecmp(text + n - m, end) == 0;
}

static void read_properties(struct arena *a, json_t *properties, struct geo_feature *f)
{
    const char *key;
    json_t *value;
    f->code = f->name = "";
    json_object_foreach(properties, key, value)
    {
        const char *text = json_string_value(value);
        if (text == NULL || strlen(text) > 120)
            continue;
        if (*f->code == '\0' && is_code(text))
            f->code = arena_strdup(a, text);
        else if (*f->name == '\0' && (ends_with(key, "nm") || ends_with(key, "name")))
            f->name = arena_strdup(a, text);
    }
}

/* All its points live only so long. */
static struct geo_feature read_feature(struct arena *a, const json_t *feature)
{
    struct arena work = arena_new(WORK_MAX);
    struct shape *s = arena_alloc(&work, sizeof *s);
    struct geo_feature f = {.outline = ""};
    s->rings = s->points = 0;
    read_properties(a, json_object_get(feature, "properties"), &f);
    f.problem = read_geometry(&work, json_object_get(feature, "geometry"), s);
    f.points = s->points;
    if (f.problem == NULL) {
        f.kept = simplify_all(&work, s);
        f.outline = outline_text(a, s);
        f.problem =
            f.kept > 0 && *f.outline != '\0' ? "" : "Nothing is left of it when it is made simple";
    }
    arena_free(&work);
    return f;
}

/* Brackets within brackets, outside of texts. */
static bool is_too_deep(const char *bytes, size_t len)
{
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < len; i++) {
        char c = bytes[i];
        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '[' || c == '{') && ++depth > GEOJSON_DEPTH_MAX)
            return true;
        else if (!quoted && (c == ']' || c == '}'))
            depth--;
    }
    return false;
}

/* Of the old member "crs" only the names of WGS84 pass. */
static bool is_wgs84(const json_t *root)
{
    const json_t *crs = json_object_get(root, "crs");
    const char *name =
        json_string_value(json_object_get(json_object_get(crs, "properties"), "name"));
    return crs == NULL || json_is_null(crs) ||
           (name != NULL && (ends_with(name, "CRS84") || ends_with(name, ":4326")));
}

static const char *read_root(struct arena *a, json_t *root, struct geo_features *out)
{
    const char *type = json_string_value(json_object_get(root, "type"));
    json_t *features = json_object_get(root, "features");
    if (type == NULL || !is_wgs84(root))
        return type == NULL ? "This is not GeoJSON"
                            : "Save the file in longitude and latitude (WGS84, EPSG:4326)";
    bool one = strcmp(type, "Feature") == 0;
    size_t n = one ? 1 : json_array_size(features);
    if (!one && strcmp(type, "FeatureCollection") != 0)
        return "The file must hold a FeatureCollection or a Feature";
    if (n == 0)
        return "The file has no features";
    if (n > GEOJSON_FEATURES_MAX)
        return "The file has more than 200 features. Cut it to your council’s areas";
    out->feature = arena_alloc(a, sizeof *out->feature * n);
    for (size_t i = 0; i < n; i++)
        out->feature[out->n++] = read_feature(a, one ? root : json_array_get(features, i));
    return NULL;
}

const char *geojson_read(struct arena *a, const char *bytes, size_t len, struct geo_features *out)
{
    *out = (struct geo_features){.n = 0};
    if (len > GEOJSON_BYTES_MAX)
        return "The file is larger than 4 MB: use generalised boundaries";
    if (is_too_deep(bytes, len))
        return "This is not GeoJSON";
    json_t *root = json_loadb(bytes, len, 0, NULL);
    if (!json_is_object(root)) {
        json_decref(root);
        return "This is not GeoJSON";
    }
    const char *fault = read_root(a, root, out);
    json_decref(root);
    return fault;
}
