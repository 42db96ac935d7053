/* area_map.c: draws an area and what lies in it. Degrees become a plane by the equirectangular
 * projection, narrowed by the cosine of the middle latitude: right enough for a ward, and a city.
 */
#include "server/area_map.h"

#include <math.h>

#include "server/tr.h"

/* In units of the view box, which is never drawn narrower than a telephone: so letters of 14 units
 * are about 14 px at 360 px. A number's label is as wide as four digits. */
enum {
    WIDTH = 330,
    HEIGHT_MAX = 400,
    MARGIN = 26,
    LABEL_W = 40,
    LABEL_H = 20,
    DOT = 4,
    TRIES = 4,
    POINTS_SHOWN_MAX = 200,
    PATH_MAX_BYTES = 16384, /* a city's is that of all its wards */
    NUMBERS_MAX_BYTES = 8192
};
static const double STEP = 1.5; /* between points of the outline */

struct spot {
    double x, y;   /* where it lies */
    double lx, ly; /* the middle of its label */
    int32_t number;
    bool labelled;
};
struct sheet {
    double lat, lon, narrow, scale; /* of the corner in the north-west; units a degree */
    double height;
    struct spot spot[POINTS_SHOWN_MAX];
    int n;
    struct buf outside; /* numbers that lie off the sheet or found no room */
};

/* --- the outline -------------------------------------------------------------------------- */
/* The next pair; *end is what stands after it: ',', ';' or 0. False at the end. */
static bool next_pair(const char **at, double *lat, double *lon, char *end)
{
    char *rest;
    if (**at == '\0')
        return false;
    *lat = (double)strtol(*at, &rest, 10) / GEO_DEGREE;
    *lon = (double)strtol(rest, &rest, 10) / GEO_DEGREE;
    *end = *rest;
    *at = *rest == '\0' ? rest : rest + 1;
    return true;
}

/* The sheet that an outline fills. */
static void fit(struct sheet *s, const char *outline)
{
    double south = 90, north = -90, west = 180, east = -180, lat, lon;
    char end;
    for (const char *at = outline; next_pair(&at, &lat, &lon, &end);) {
        south = fmin(south, lat);
        north = fmax(north, lat);
        west = fmin(west, lon);
        east = fmax(east, lon);
    }
    s->lat = north;
    s->lon = west;
    s->narrow = cos((south + north) / 2 * M_PI / 180);
    double wide = fmax((east - west) * s->narrow, 1e-5), high = fmax(north - south, 1e-5);
    s->scale = fmin((WIDTH - 2 * MARGIN) / wide, (HEIGHT_MAX - 2 * MARGIN) / high);
    s->lon -= (WIDTH - 2 * MARGIN - wide * s->scale) / 2 / s->scale / s->narrow;
    s->height = high * s->scale + 2 * MARGIN;
}

static void place(const struct sheet *s, double lat, double lon, double *x, double *y)
{
    *x = MARGIN + (lon - s->lon) * s->narrow * s->scale;
    *y = MARGIN + (s->lat - lat) * s->scale;
}

/* Points that are nearer than `step` to the one before are skipped. */
static void path_data(struct buf *d, const struct sheet *s, const char *outline, double step)
{
    double lat, lon, x, y, drawn_x = 0, drawn_y = 0;
    bool first = true;
    char end;
    for (const char *at = outline; next_pair(&at, &lat, &lon, &end);) {
        place(s, lat, lon, &x, &y);
        if (first || hypot(x - drawn_x, y - drawn_y) >= step) {
            buf_fmt(d, "%s%.1f %.1f", first ? "M" : "L", x, y);
            drawn_x = x;
            drawn_y = y;
        }
        first = end == ';';
        if (end != ',')
            buf_char(d, 'z');
    }
}

/* As fine as there is room for: what were cut off in the middle would be no outline. */
static void path(struct html *h, const struct sheet *s, const char *outline)
{
    struct buf d = buf_new(PATH_MAX_BYTES);
    path_data(&d, s, outline, STEP);
    for (double step = 2 * STEP; d.overflowed && step < WIDTH; step *= 2) {
        buf_clear(&d);
        path_data(&d, s, outline, step);
    }
    html_raw(h, "<path fill=\"#e3efee\" stroke=\"#0e4a4f\" stroke-linejoin=\"round\" "
                "fill-rule=\"evenodd\"");
    /* Where wards meet, both draw the border. */
    html_attr(h, "stroke-width", strchr(outline, ';') == NULL ? "2" : "1");
    html_attr(h, "d", buf_str(&d));
    html_raw(h, "/>");
    buf_free(&d);
}

/* --- the numbers -------------------------------------------------------------------------- */
static void leave_out(struct sheet *s, int32_t number)
{
    buf_fmt(&s->outside, "%s%04d", s->outside.len == 0 ? "" : ", ", (int)number);
}

static void find_spots(struct sheet *s, const struct map_points *points)
{
    for (int i = 0; i < points->n; i++) {
        const struct map_point *p = &points->point[i];
        struct spot one = {.number = p->number};
        if (!geo_is_set(p->at))
            continue;
        place(s, (double)p->at.lat / GEO_DEGREE, (double)p->at.lon / GEO_DEGREE, &one.x, &one.y);
        if (one.x < DOT || one.x > WIDTH - DOT || one.y < DOT || one.y > s->height - DOT ||
            s->n == POINTS_SHOWN_MAX)
            leave_out(s, p->number);
        else
            s->spot[s->n++] = one;
    }
}

/* Whether a label there would be off the sheet, on another label, or on another's dot. */
static bool is_taken(const struct sheet *s, const struct spot *own, double x, double y)
{
    if (x < LABEL_W / 2 + 1 || x > WIDTH - LABEL_W / 2 - 1 || y < LABEL_H / 2 + 1 ||
        y > s->height - LABEL_H / 2 - 1)
        return true;
    for (int i = 0; i < s->n; i++) {
        const struct spot *o = &s->spot[i];
        if (o->labelled && fabs(o->lx - x) < LABEL_W + 3 && fabs(o->ly - y) < LABEL_H + 3)
            return true;
        if (o != own && fabs(o->x - x) < LABEL_W / 2 + DOT && fabs(o->y - y) < LABEL_H / 2 + DOT)
            return true;
    }
    return false;
}

/* Beside its dot, or farther and farther off in eight directions. */
static void put_label(struct sheet *s, struct spot *p)
{
    static const int way[][2] = {{0, -1}, {1, 0},   {0, 1}, {-1, 0},
                                 {1, -1}, {-1, -1}, {1, 1}, {-1, 1}};
    for (int far = 1; far <= TRIES && !p->labelled; far++) {
        for (size_t i = 0; i < sizeof way / sizeof *way && !p->labelled; i++) {
            double x = p->x + way[i][0] * (LABEL_W / 2 + 8) * far;
            double y = p->y + way[i][1] * (LABEL_H / 2 + 7) * far;
            if (is_taken(s, p, x, y))
                continue;
            p->lx = x;
            p->ly = y;
            p->labelled = true;
        }
    }
    if (!p->labelled)
        leave_out(s, p->number);
}

static void line(struct html *h, const struct spot *p)
{
    html_raw(h, "<path stroke=\"#16202a\"");
    html_attrf(h, "d", "M%.1f %.1fL%.1f %.1f", p->x, p->y, p->lx, p->ly);
    html_raw(h, "/>");
}

static void dot(struct html *h, const struct spot *p)
{
    html_raw(h, "<circle r=\"4\" fill=\"#16202a\" stroke=\"#fff\"");
    html_attrf(h, "cx", "%.1f", p->x);
    html_attrf(h, "cy", "%.1f", p->y);
    html_raw(h, "/>");
}

static void label(struct html *h, const struct spot *p)
{
    html_raw(h, "<rect width=\"40\" height=\"20\" rx=\"4\" fill=\"#fff\" stroke=\"#16202a\"");
    html_attrf(h, "x", "%.1f", p->lx - LABEL_W / 2.0);
    html_attrf(h, "y", "%.1f", p->ly - LABEL_H / 2.0);
    html_raw(h, "/><text text-anchor=\"middle\" font-size=\"14\" font-weight=\"700\" "
                "fill=\"#16202a\"");
    html_attrf(h, "x", "%.1f", p->lx);
    html_attrf(h, "y", "%.1f", p->ly + 5);
    html_raw(h, ">");
    html_textf(h, "%04d", (int)p->number);
    html_raw(h, "</text>");
}

static void numbers(struct html *h, struct sheet *s)
{
    for (int i = 0; i < s->n; i++)
        put_label(s, &s->spot[i]);
    for (int i = 0; i < s->n; i++) {
        if (s->spot[i].labelled)
            line(h, &s->spot[i]);
    }
    for (int i = 0; i < s->n; i++)
        dot(h, &s->spot[i]);
    for (int i = 0; i < s->n; i++) {
        if (s->spot[i].labelled)
            label(h, &s->spot[i]);
    }
}

struct map_points map_points_of(struct arena *a, const struct proposals *all,
                                const struct proposals *shown)
{
    struct map_points out = {arena_alloc(a, sizeof *out.point * (size_t)(all->n + 1)), 0, 0};
    for (int i = 0; i < all->n; i++) {
        const struct proposal *p = &all->proposal[i];
        if (p->withdrawn)
            continue;
        if (proposal_find(shown, p->number) != NULL)
            out.point[out.n++] = (struct map_point){p->number, p->at};
        else
            out.left_off += geo_is_set(p->at);
    }
    return out;
}

/* --- all of it ---------------------------------------------------------------------------- */
static void paragraph_n(struct html *h, const char *one, const char *many, int64_t n,
                        const struct tr_value *values)
{
    html_raw(h, "<p class=\"govuk-body\">");
    html_tr_number(h, one, many, n, values);
    html_raw(h, "</p>\n");
}

static void below(struct html *h, const struct area_map *map, const struct sheet *s, int set,
                  const struct map_points *points)
{
    if (points->left_off > 0)
        paragraph_n(h,
                    NN_("Your filter leaves {n} project off the map.",
                        "Your filter leaves {n} projects off the map."),
                    points->left_off, TR_NONE);
    if (points->n > set)
        paragraph_n(h,
                    NN_("{n} project of {all} has a place on the map; the list has all of them.",
                        "{n} projects of {all} have a place on the map; the list has all of them."),
                    set, TR_VALUES(TR_NUMBER("all", points->n)));
    if (s->outside.len > 0)
        html_tr_pv(h, "No room on the map: {numbers}.", TR_TEXT("numbers", buf_str(&s->outside)));
    if (*map->credit == '\0')
        return;
    html_raw(h, "<p class=\"govuk-body-s\">");
    html_written(h, map->credit);
    html_raw(h, "</p>\n");
}

void area_map_show(struct html *h, const struct area_map *map, const struct map_points *points)
{
    struct sheet s = {.n = 0};
    int set = 0;
    for (int i = 0; i < points->n; i++)
        set += geo_is_set(points->point[i].at);
    if (map->outline == NULL || set + points->left_off == 0)
        return;
    html_tr_h2(h, "On the map");
    if (set == 0) {
        html_tr_p(h, "No project that matches your filter has a place on the map.");
        return;
    }
    s.outside = buf_new(NUMBERS_MAX_BYTES);
    fit(&s, map->outline);
    find_spots(&s, points);
    html_raw(h, "<svg class=\"wm-map\" role=\"img\" aria-labelledby=\"map-title map-desc\"");
    html_attrf(h, "viewBox", "0 0 %d %.0f", WIDTH, s.height);
    html_raw(h, "><title id=\"map-title\">");
    html_trv(h, "Map of {area}", TR_PLACE("area", map->name));
    html_raw(h, "</title><desc id=\"map-desc\">");
    html_trn(h, "The outline of the area, with the number of {n} project where it lies.",
             "The outline of the area, with the numbers of {n} projects where they lie.", set);
    html_raw(h, "</desc>");
    path(h, &s, map->outline);
    numbers(h, &s);
    html_raw(h, "</svg>\n");
    below(h, map, &s, set, points);
    buf_free(&s.outside);
}
