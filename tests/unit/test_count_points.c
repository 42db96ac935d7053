/* test_count_points.c: points with decimals are exact: they read as parts of a point, count as the
 * same points in smaller parts would, and are shown as they are. */
#include "test_count_support.h"

#include "count/result.h"

#define SCORES                                                                                     \
    "META\nkey;value\nbudget;100\nvote_type;cumulative\nPROJECTS\nproject_id;cost\na;60\nb;50\n"   \
    "c;40\nVOTES\nvoter_id;vote;points\n"

static void parts_are_as_small_as_needed(void **state)
{
    (void)state;
    struct election *e = read_text(SCORES "1;a,b;2,1\n2;c,a;0.5,3\n3;b;1.125\n4;a;7.50\n");
    assert_true(e->points_known);
    assert_int_equal(e->points_scale, 1000);
    const uint32_t wanted[] = {2000, 1000, 500, 3000, 1125, 7500};
    assert_memory_equal(e->points, wanted, sizeof(wanted));
    assert_int_equal(e->projects[0].points, 12500);
    assert_int_equal(e->projects[1].points, 2125);
    drop(e);
    e = read_text(SCORES "1;a,b;2.00,1.0\n");
    assert_int_equal(e->points_scale, 1);
    drop(e);
}

static void what_is_no_such_number_is_named(void **state)
{
    (void)state;
    static const char *const wrong[] = {"-1",      "1.2345", "1.", ".5",    "1e3", "1,5",
                                        "1000001", "x",      "",   "1.5.2", "- 1"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        char text[400];
        struct terms terms = terms_new(rule_find("greedy-points"));
        struct refusal why = {.line = 0};
        struct tally t;
        snprintf(text, sizeof(text), SCORES "1;a;1\n2;b;%s\n3;c;2.5\n", wrong[i]);
        struct election *e = read_text(text);
        assert_false(e->points_known);
        assert_false(terms.rule->count(e, &terms, &t, &why));
        assert_int_equal(why.line, 13);
        terms = terms_new(rule_find("greedy"));
        assert_true(terms.rule->count(e, &terms, &t, &why));
        tally_free(&t);
        drop(e);
    }
}

/* The winners in order, and every reason's word. */
static char *outcome(const struct election *e, const char *rule, const char *utility, bool exact)
{
    struct terms terms = terms_new(rule_find(rule));
    struct refusal why = {.text = ""};
    struct tally t;
    struct buf text = buf_new(10000);
    if (utility != NULL)
        assert_true(terms_set(&terms, "utility", utility, &why));
    terms.exact = exact;
    if (!terms.rule->count(e, &terms, &t, &why))
        fail_msg("%s: %s", rule, why.text);
    for (size_t i = 0; i < t.line_count; i++)
        buf_fmt(&text, "%s %s %zu\n", e->projects[t.lines[i].project].id,
                reason_word(t.lines[i].reason), t.lines[i].step);
    char *json = result_json(e, &terms, &t);
    char *log = result_explain(e, &terms, &t);
    assert_null(strstr(json, "12500"));
    assert_null(strstr(log, "12500"));
    free(json);
    free(log);
    tally_free(&t);
    return buf_take(&text);
}

static void decimals_count_as_smaller_parts_would(void **state)
{
    (void)state;
    static const char *const rules_of_points[][2] = {
        {"greedy-points", NULL}, {"greedy-points-raw", NULL}, {"mes", "points"},
        {"bos", "points"},       {"welfare", "points"},       {"cstv", "points"},
    };
    struct election *decimal =
        read_text(SCORES "1;a,b;2.5,1\n2;c,a;0.5,3\n3;b;1.5\n4;a;7.0\n5;c,b;4.5,0.5\n");
    struct election *whole =
        read_text(SCORES "1;a,b;25,10\n2;c,a;5,30\n3;b;15\n4;a;70\n5;c,b;45,5\n");
    for (size_t i = 0; i < sizeof(rules_of_points) / sizeof(rules_of_points[0]); i++) {
        const char *rule = rules_of_points[i][0];
        const char *utility = rules_of_points[i][1];
        char *a = outcome(decimal, rule, utility, false);
        char *b = outcome(whole, rule, utility, false);
        char *c = outcome(decimal, rule, utility, true);
        assert_string_equal(a, b);
        assert_string_equal(a, c);
        free(a);
        free(b);
        free(c);
    }
    drop(decimal);
    drop(whole);
}

/* A threshold is in whole points. */
static void a_threshold_is_in_points(void **state)
{
    (void)state;
    struct election *e = read_text(SCORES "1;a,b;2.5,2\n2;c;1.9\n");
    struct terms terms = terms_new(rule_find("greedy-points-raw"));
    struct refusal why;
    struct tally t;
    assert_true(terms_set(&terms, "threshold", "2", &why));
    assert_true(terms.rule->count(e, &terms, &t, &why));
    char *json = result_json(e, &terms, &t);
    assert_non_null(strstr(json, "\"score\": \"2.5\""));
    assert_non_null(strstr(json, "it has 1.9 points and needed at least 2."));
    free(json);
    tally_free(&t);
    drop(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_as_small_as_needed),
        cmocka_unit_test(what_is_no_such_number_is_named),
        cmocka_unit_test(decimals_count_as_smaller_parts_would),
        cmocka_unit_test(a_threshold_is_in_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
