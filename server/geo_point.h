/* geo_point.h: where something lies, as officers type it: latitude and longitude (WGS84), or an
 * Ordnance Survey grid reference. Pure, any thread.
 *
 * Grid references become WGS84 by the formulas of Ordnance Survey, "A guide to coordinate systems
 * in Great Britain" (annexes B and C; the Helmert transformation of section 6.6): right to about 5
 * m. */
#ifndef WM_GEO_POINT_H
#define WM_GEO_POINT_H

#include <stdbool.h>
#include <stdint.h>

enum { GEO_DEGREE = 100000, GEO_NOWHERE = INT32_MIN, GEO_TEXT_LEN = 32 };

/* Hundred-thousandths of a degree, about a metre. */
struct geo_point {
    int32_t lat, lon; /* GEO_NOWHERE: not set */
};
#define GEO_NO_POINT ((struct geo_point){GEO_NOWHERE, GEO_NOWHERE})

bool geo_is_set(struct geo_point p);
/* False, and no point, for what lies outside of the British Isles. */
bool geo_point_of(double lat, double lon, struct geo_point *out);
/* "53.95830, -1.08030", "53.9583 -1.0803" or "SE 6039 5189" (2 to 5 digits each way; the middle of
 * that square); "" is no point. False for anything else, and for what lies outside of the British
 * Isles, as swapped numbers do. A number may have as many decimals as maps copy. */
bool geo_point_read(const char *typed, struct geo_point *out);
/* "53.95830, -1.08030"; "" for none. */
void geo_point_text(struct geo_point p, char out[GEO_TEXT_LEN]);
/* Metres east and north on the National Grid to WGS84, in degrees. */
void geo_from_grid(double easting, double northing, double *lat, double *lon);

#endif
