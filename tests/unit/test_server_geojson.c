/* test_server_geojson.c: outlines of areas read and made simple; what is no outline is told. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/buf.h"
#include "server/geojson.h"

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(1 << 16);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static const char *read_text(const char *text, struct geo_features *out)
{
    return geojson_read(&arena, text, strlen(text), out);
}

#define SQUARE                                                                                     \
    "[[-1.1, 53.9], [-1.0, 53.9], [-1.0, 54], [-1.05, 54.0000001], [-1.1, 54], [-1.1, 53.9]]"
#define FEATURE(properties, type, coordinates)                                                     \
    "{\"type\": \"Feature\", \"properties\": " properties ", \"geometry\": {\"type\": \"" type     \
    "\", \"coordinates\": " coordinates "}}"

static void a_square_has_four_corners(void **state)
{
    (void)state;
    struct geo_features all;
    assert_null(read_text(FEATURE("{\"wd19cd\": \"E05010311\", \"wd19nm\": \"Acomb\", \"x\": 1}",
                                  "Polygon", "[" SQUARE "]"),
                          &all));
    assert_int_equal(all.n, 1);
    assert_string_equal(all.feature[0].problem, "");
    assert_string_equal(all.feature[0].code, "E05010311");
    assert_string_equal(all.feature[0].name, "Acomb");
    assert_int_equal(all.feature[0].points, 5);
    assert_string_equal(all.feature[0].outline,
                        "5390000 -110000,5390000 -100000,5400000 -100000,5400000 -110000");
}

static void holes_and_islands_are_rings(void **state)
{
    (void)state;
    struct geo_features all;
    assert_null(read_text(
        "{\"type\": \"FeatureCollection\", \"features\": [" FEATURE(
            "{}", "MultiPolygon",
            "[[" SQUARE ", [[-1.08, 53.95], [-1.07, 53.95], [-1.07, 53.96], [-1.08, 53.95]]], "
            "[[[-2, 55], [-1.99999, 55], [-2, 55.00001], [-2, 55]]]]") "]}",
        &all));
    assert_string_equal(all.feature[0].problem, "");
    assert_string_equal(all.feature[0].name, "");
    /* The island of a metre comes to nothing. */
    assert_string_equal(all.feature[0].outline,
                        "5390000 -110000,5390000 -100000,5400000 -100000,5400000 -110000;"
                        "5395000 -108000,5395000 -107000,5396000 -107000");
}

/* A circle of 5,000 points keeps its shape with few: none of it is cut off by more than a hair. */
static void a_long_ring_keeps_its_shape(void **state)
{
    (void)state;
    struct buf text = buf_new(1 << 20);
    struct geo_features all;
    buf_str_add(&text, "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\","
                       "\"coordinates\":[[");
    for (int i = 0; i <= 5000; i++) {
        double turn = 2 * M_PI * (i % 5000) / 5000;
        buf_fmt(&text, "%s[%.6f,%.6f]", i > 0 ? "," : "", -1.08 + 0.05 * cos(turn) / cos(0.9417),
                53.95 + 0.05 * sin(turn));
    }
    buf_str_add(&text, "]]}}");
    assert_null(geojson_read(&arena, buf_str(&text), text.len, &all));
    assert_int_equal(all.feature[0].points, 5000);
    assert_in_range(all.feature[0].kept, 30, OUTLINE_POINTS_MAX);
    const char *at = all.feature[0].outline;
    for (char *rest; *at != '\0'; at = *rest == '\0' ? rest : rest + 1) {
        long lat = strtol(at, &rest, 10), lon = strtol(rest, &rest, 10);
        double r = hypot((double)lat - 5395000, ((double)lon + 108000) * cos(0.9417));
        assert_true(fabs(r - 5000) < 5);
    }
    buf_free(&text);
}

static void what_is_wrong_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *text, *fault;
    } files[] = {
        {"", "This is not GeoJSON"},
        {"[]", "This is not GeoJSON"},
        {"{\"type\": 1}", "This is not GeoJSON"},
        {"{\"type\": \"Topology\"}", "The file must hold a FeatureCollection or a Feature"},
        {"{\"type\": \"FeatureCollection\", \"features\": []}", "The file has no features"},
        {"{\"type\": \"FeatureCollection\", \"features\": {}}", "The file has no features"},
        {"{\"type\": \"Feature\", \"crs\": {\"properties\": {\"name\": \"EPSG:27700\"}}}",
         "Save the file in longitude and latitude (WGS84, EPSG:4326)"},
        {"{\"a\":[[[[[[[[[[[[[1]]]]]]]]]]]]]}", "This is not GeoJSON"},
    };
    static const struct {
        const char *text, *problem;
    } features[] = {
        {FEATURE("{}", "Point", "[-1, 54]"), "It is no Polygon or MultiPolygon"},
        {FEATURE("null", "Polygon", "[]"), "A polygon has no rings"},
        {FEATURE("{}", "Polygon", "[[[-1, 54], [-1.1, 54], [-1, 54]]]"),
         "A ring has fewer than four positions"},
        {FEATURE("{}", "Polygon", "[[[-1, 54], [-1.1, 54], [-1.1, 54.1], [-1, 54.1]]]"),
         "A ring does not end where it begins"},
        {FEATURE("{}", "Polygon", "[[[-1, 54], [\"x\", 54], [-1.1, 54.1], [-1, 54]]]"),
         "A position is not two numbers"},
        {FEATURE("{}", "Polygon",
                 "[[[460000, 451000], [461000, 451000], [461000, 452000], [460000, 451000]]]"),
         "Its positions are not longitude and latitude (WGS84) in the British Isles"},
        {FEATURE("{}", "Polygon", "[[[-1, 54], [-1, 54], [-1, 54], [-1, 54]]]"),
         "Nothing is left of it when it is made simple"},
        {FEATURE("{}", "MultiPolygon", "[1]"), "A polygon has no rings"},
    };
    struct geo_features all;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const char *fault = read_text(files[i].text, &all);
        assert_non_null(fault);
        assert_string_equal(fault, files[i].fault);
    }
    for (size_t i = 0; i < sizeof features / sizeof *features; i++) {
        assert_null(read_text(features[i].text, &all));
        assert_string_equal(all.feature[0].problem, features[i].problem);
        assert_string_equal(all.feature[0].outline, "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_square_has_four_corners, set_up, tear_down),
        cmocka_unit_test_setup_teardown(holes_and_islands_are_rings, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_long_ring_keeps_its_shape, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_wrong_is_told, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
