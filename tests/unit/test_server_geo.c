/* test_server_geo.c: points as officers type them, and the National Grid. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "server/geo_point.h"

/* Hundred-thousandths of a degree that are within 10 m. */
static void is_near(struct geo_point p, double lat, double lon)
{
    assert_true(fabs(p.lat - lat * GEO_DEGREE) < 9);
    assert_true(fabs(p.lon - lon * GEO_DEGREE) < 15);
}

/* The worked example of Ordnance Survey's guide (annexe C: Caister water tower, 651409.903 east,
 * 313177.270 north), whose WGS84 is in its annexe B: 52°39'28.723" N, 1°42'57.787" E. */
static void the_grid_is_ordnance_surveys(void **state)
{
    (void)state;
    double lat, lon;
    geo_from_grid(651409.903, 313177.270, &lat, &lon);
    assert_true(fabs(lat - (52 + 39 / 60.0 + 28.723 / 3600)) < 0.00006);
    assert_true(fabs(lon - (1 + 42 / 60.0 + 57.787 / 3600)) < 0.0001);
}

static void points_are_read(void **state)
{
    (void)state;
    struct geo_point p;
    char text[GEO_TEXT_LEN];
    assert_true(geo_point_read("53.95830, -1.08030", &p));
    assert_int_equal(p.lat, 5395830);
    assert_int_equal(p.lon, -108030);
    geo_point_text(p, text);
    assert_string_equal(text, "53.95830, -1.08030");
    assert_true(geo_point_read("  53.9583   -1.0803 ", &p));
    assert_int_equal(p.lon, -108030);
    assert_true(geo_point_read("53.96197432453156, -1.081929354354412", &p)); /* as maps copy it */
    assert_int_equal(p.lat, 5396197);
    assert_int_equal(p.lon, -108193);
    assert_true(geo_point_read("53.96197432453156 -1.081929354354412", &p));
    assert_int_equal(p.lon, -108193);
    assert_true(geo_point_read(" ", &p));
    assert_false(geo_is_set(p));
    geo_point_text(p, text);
    assert_string_equal(text, "");
    /* York Minster, in squares of 10 m and of 1 km. */
    assert_true(geo_point_read("SE 6033 5217", &p));
    is_near(p, 53.96208, -1.08187);
    assert_true(geo_point_read("se60335217", &p));
    is_near(p, 53.96208, -1.08187);
    assert_true(geo_point_read("SE 60 52", &p));
    assert_true(fabs(p.lat - 53.9650 * GEO_DEGREE) < 1000);
}

static void other_things_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "53.9583",
        "-1.0803, 53.9583",
        "53.9583, -1.0803, 2",
        "north, west",
        "SE 603 52",
        "SE 6",
        "IE 6033 5217",
        "SE 6033x5217",
        "nan, nan",
        "1e3, 2",
        "SE 603352 1712",
        "ZZ 1234 1234",
        "53.9583, ",
        ", -1.08",
        "0, 0",
        "SE",
        "S",
        "53,9583 -1,0803",
        "53.9619743241",
        "53.96.19",
        "53.9583-1.0803",
    };
    struct geo_point p = {1, 2};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (geo_point_read(bad[i], &p))
            fail_msg("read: %s", bad[i]);
    }
    assert_int_equal(p.lat, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_grid_is_ordnance_surveys),
        cmocka_unit_test(points_are_read),
        cmocka_unit_test(other_things_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
