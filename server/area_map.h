/* area_map.h: an area's outline with the numbers of projects where they lie, as inline SVG. It says
 * nothing that a list beside it does not say in words. Pure, any thread. */
#ifndef WM_AREA_MAP_H
#define WM_AREA_MAP_H

#include "server/geo_point.h"
#include "server/html.h"
#include "server/store_rounds.h"

struct area_map {
    const char *name;
    const char *outline; /* as schema/0048_outlines.sql says; NULL: there is none */
    const char *credit;  /* whose data it is; "" */
};
struct map_point {
    int32_t number;
    struct geo_point at;
};
struct map_points {
    struct map_point *point;
    int n;
    int left_off; /* how many more are set, which a reader's filter leaves off */
};

/* A heading and the map, with what could not be shown on it, or that a filter leaves all off;
 * nothing without an outline, or where no point is set. */
void area_map_show(struct html *h, const struct area_map *map, const struct map_points *points);

/* The points of a round's proposals that were not withdrawn and are among those shown, in the
 * arena; in the order of `all`, so that labels lie alike for every reader. */
struct map_points map_points_of(struct arena *a, const struct proposals *all,
                                const struct proposals *shown);

#endif
