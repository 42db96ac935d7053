/* geo_point.c: latitude and longitude, and the National Grid. */
#include "server/geo_point.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { GRID_DIGITS_MAX = 5, SQUARE = 100000, TYPED_MAX = 60 };

static const double LAT_LEAST = 49, LAT_MOST = 61, LON_LEAST = -11, LON_MOST = 3;

bool geo_is_set(struct geo_point p)
{
    return p.lat != GEO_NOWHERE;
}

bool geo_point_of(double lat, double lon, struct geo_point *out)
{
    if (!(lat >= LAT_LEAST && lat <= LAT_MOST && lon >= LON_LEAST && lon <= LON_MOST))
        return false;
    *out = (struct geo_point){(int32_t)lround(lat * GEO_DEGREE), (int32_t)lround(lon * GEO_DEGREE)};
    return true;
}

void geo_point_text(struct geo_point p, char out[GEO_TEXT_LEN])
{
    out[0] = '\0';
    if (geo_is_set(p))
        snprintf(out, GEO_TEXT_LEN, "%.5f, %.5f", (double)p.lat / GEO_DEGREE,
                 (double)p.lon / GEO_DEGREE);
}

/* --- the National Grid -------------------------------------------------------------------- */
struct ellipsoid {
    double a, b; /* metres */
};
static const struct ellipsoid AIRY = {6377563.396, 6356256.909};
static const struct ellipsoid WGS84 = {6378137.000, 6356752.3141};
static const double F0 = 0.9996012717, E0 = 400000, N0 = -100000;

static double radians(double degrees)
{
    return degrees * M_PI / 180;
}

static double eccentricity2(struct ellipsoid e)
{
    return 1 - (e.b * e.b) / (e.a * e.a);
}

/* The developed arc of the meridian from the true origin (49° N). */
static double meridian(double phi)
{
    double phi0 = radians(49), n = (AIRY.a - AIRY.b) / (AIRY.a + AIRY.b);
    double n2 = n * n, n3 = n2 * n, less = phi - phi0, more = phi + phi0;
    return AIRY.b * F0 *
           ((1 + n + 1.25 * n2 + 1.25 * n3) * less -
            (3 * n + 3 * n2 + 2.625 * n3) * sin(less) * cos(more) +
            1.875 * (n2 + n3) * sin(2 * less) * cos(2 * more) -
            35.0 / 24 * n3 * sin(3 * less) * cos(3 * more));
}

/* To latitude and longitude on Airy's ellipsoid, in radians: annexe C.2, with its names. */
static void unproject(double easting, double northing, double *phi, double *lambda)
{
    double at = radians(49), e2 = eccentricity2(AIRY), rest;
    for (int i = 0; i < 20; i++) {
        rest = northing - N0 - meridian(at);
        at += rest / (AIRY.a * F0);
        if (fabs(rest) < 0.00001)
            break;
    }
    double s2 = sin(at) * sin(at), t = tan(at), t2 = t * t, t4 = t2 * t2, sec = 1 / cos(at);
    double nu = AIRY.a * F0 / sqrt(1 - e2 * s2);
    double rho = AIRY.a * F0 * (1 - e2) * pow(1 - e2 * s2, -1.5);
    double eta2 = nu / rho - 1, nu3 = nu * nu * nu, nu5 = nu3 * nu * nu, d = easting - E0,
           d2 = d * d;
    double vii = t / (2 * rho * nu);
    double viii = t / (24 * rho * nu3) * (5 + 3 * t2 + eta2 - 9 * t2 * eta2);
    double ix = t / (720 * rho * nu5) * (61 + 90 * t2 + 45 * t4);
    double x = sec / nu, xi = sec / (6 * nu3) * (nu / rho + 2 * t2);
    double xii = sec / (120 * nu5) * (5 + 28 * t2 + 24 * t4);
    double xiia = sec / (5040 * nu5 * nu * nu) * (61 + 662 * t2 + 1320 * t4 + 720 * t4 * t2);
    *phi = at - vii * d2 + viii * d2 * d2 - ix * d2 * d2 * d2;
    *lambda = radians(-2) + d * (x - xi * d2 + xii * d2 * d2 - xiia * d2 * d2 * d2);
}

/* From OSGB36 to WGS84: to cartesian, Helmert's seven numbers, and back (annexe B). */
static void shift(double *phi, double *lambda)
{
    const double tx = 446.448, ty = -125.157, tz = 542.060, scale = 1 - 20.4894e-6;
    const double rx = radians(0.1502 / 3600), ry = radians(0.2470 / 3600);
    const double rz = radians(0.8421 / 3600);
    double e2 = eccentricity2(AIRY), nu = AIRY.a / sqrt(1 - e2 * sin(*phi) * sin(*phi));
    double x = nu * cos(*phi) * cos(*lambda), y = nu * cos(*phi) * sin(*lambda);
    double z = nu * (1 - e2) * sin(*phi);
    double x2 = tx + scale * x - rz * y + ry * z;
    double y2 = ty + rz * x + scale * y - rx * z;
    double z2 = tz - ry * x + rx * y + scale * z;
    double p = hypot(x2, y2);
    e2 = eccentricity2(WGS84);
    *lambda = atan2(y2, x2);
    *phi = atan2(z2, p * (1 - e2));
    for (int i = 0; i < 5; i++) {
        nu = WGS84.a / sqrt(1 - e2 * sin(*phi) * sin(*phi));
        *phi = atan2(z2 + e2 * nu * sin(*phi), p);
    }
}

void geo_from_grid(double easting, double northing, double *lat, double *lon)
{
    double phi, lambda;
    unproject(easting, northing, &phi, &lambda);
    shift(&phi, &lambda);
    *lat = phi * 180 / M_PI;
    *lon = lambda * 180 / M_PI;
}

/* --- reading ------------------------------------------------------------------------------ */
/* The letters of a 100 km square: A to Z without I, in rows of five from the north-west. */
static int letter(char c)
{
    int n = (c | 0x20) - 'a';
    if (n < 0 || n > 25 || n == 8)
        return -1;
    return n > 8 ? n - 1 : n;
}

/* Two letters, then as many digits east as north, in one group or in two. */
static bool read_grid(const char *typed, double *lat, double *lon)
{
    char digits[TYPED_MAX];
    int first = letter(typed[0]), second = first < 0 ? -1 : letter(typed[1]);
    if (second < 0)
        return false;
    const char *at = typed + 2 + strspn(typed + 2, " ");
    size_t n = strspn(at, "0123456789"), rest;
    const char *then = at + n + strspn(at + n, " ");
    rest = strspn(then, "0123456789");
    if (then[rest + strspn(then + rest, " ")] != '\0' || (rest > 0 ? rest != n : n % 2 != 0))
        return false;
    snprintf(digits, sizeof digits, "%.*s%.*s", (int)n, at, (int)rest, then);
    size_t each = (n + rest) / 2;
    int east100 = ((first + 3) % 5) * 5 + second % 5, north100 = 19 - first / 5 * 5 - second / 5;
    if (each < 2 || each > GRID_DIGITS_MAX || east100 > 6 || north100 < 0 || north100 > 12)
        return false;
    double unit = SQUARE, east = 0, north = 0;
    for (size_t i = 0; i < each; i++) {
        unit /= 10;
        east += unit * (digits[i] - '0');
        north += unit * (digits[each + i] - '0');
    }
    geo_from_grid(east100 * SQUARE + east + unit / 2, north100 * SQUARE + north + unit / 2, lat,
                  lon);
    return true;
}

/* Two numbers with a comma or a space between them: one number is not to be read as two. */
static bool read_degrees(const char *typed, double *lat, double *lon)
{
    int used = 0;
    if (strspn(typed, "0123456789.,+- ") != strlen(typed))
        return false;
    return (sscanf(typed, "%lf , %lf %n", lat, lon, &used) == 2 ||
            sscanf(typed, "%lf%*[ ]%lf %n", lat, lon, &used) == 2) &&
           typed[used] == '\0';
}

bool geo_point_read(const char *typed, struct geo_point *out)
{
    double lat, lon;
    if (strlen(typed) >= TYPED_MAX)
        return false;
    typed += strspn(typed, " ");
    if (*typed == '\0') {
        *out = GEO_NO_POINT;
        return true;
    }
    return (read_grid(typed, &lat, &lon) || read_degrees(typed, &lat, &lon)) &&
           geo_point_of(lat, lon, out);
}
