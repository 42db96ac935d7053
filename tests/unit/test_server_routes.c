/* test_server_routes.c: the route table finds the right row, and keeps its own rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/exchange.h"

static struct arena arena;
static const char *segment[REQUEST_SEGMENTS_MAX];
static bool other_method;

static const struct route *find(const char *method, const char *path)
{
    arena_clear(&arena);
    memset(segment, 0, sizeof(segment));
    return routes_find(&arena, method, path, segment, &other_method);
}

static void assert_found(const char *method, const char *path, const char *pattern)
{
    const struct route *found = find(method, path);
    assert_non_null(found);
    assert_string_equal(found->pattern, pattern);
    assert_false(other_method);
}

static void names_are_filled_in_order(void **state)
{
    (void)state;
    assert_found("GET", "/", "/");
    assert_found("GET", "/rounds/acomb-2026", "/rounds/:slug");
    assert_string_equal(segment[0], "acomb-2026");
    assert_found("GET", "/rounds/acomb-2026/1271", "/rounds/:slug/:number");
    assert_string_equal(segment[0], "acomb-2026");
    assert_string_equal(segment[1], "1271");
}

static void a_literal_wins_over_a_name(void **state)
{
    (void)state;
    assert_found("GET", "/desk/rounds/new", "/desk/rounds/new");
    assert_found("GET", "/desk/rounds/newer", "/desk/rounds/:slug");
    assert_found("GET", "/rounds/acomb/result", "/rounds/:slug/result");
    assert_found("GET", "/rounds/acomb/rules", "/rounds/:slug/rules");
}

static void head_is_get(void **state)
{
    (void)state;
    assert_ptr_equal(find("HEAD", "/rounds"), find("GET", "/rounds"));
    assert_null(find("HEAD", "/vote/sign-out"));
    assert_true(other_method);
}

static void a_method_that_is_not_there_is_told_apart_from_no_path(void **state)
{
    (void)state;
    assert_null(find("POST", "/rounds"));
    assert_true(other_method);
    assert_null(find("GET", "/nowhere"));
    assert_false(other_method);
    assert_found("POST", "/vote/code", "/vote/code");
}

static void near_misses_are_no_hits(void **state)
{
    static const char *const paths[] = {"",         "rounds",    "/rounds/",      "//rounds",
                                        "/Rounds",  "/rounds//", "/rounds/a/b/c", "/v/",
                                        "/ballot/", "/roundss",  "/round"};
    (void)state;
    for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
        assert_null(find("GET", paths[i]));
        assert_false(other_method);
    }
}

static bool has_field(const struct route *r, const char *name)
{
    for (const struct field_rule *f = r->fields; f != NULL && f->name != NULL; f++)
        if (strcmp(f->name, name) == 0)
            return true;
    return false;
}

static void whoever_changes_something_is_guarded(void **state)
{
    (void)state;
    for (size_t i = 0; i < routes_count; i++) {
        const struct route *r = &routes[i];
        bool post = strcmp(r->method, "POST") == 0;
        if (!post || r->who == WHO_PROVIDER) {
            assert_int_equal(r->guard, GUARD_NONE);
        } else if (r->who == WHO_ANYONE) {
            assert_int_equal(r->guard, GUARD_ORIGIN);
        } else {
            assert_int_equal(r->guard, GUARD_TOKEN);
            assert_true(has_field(r, "token"));
        }
    }
}

static void what_is_cached_is_alike_for_all(void **state)
{
    (void)state;
    for (size_t i = 0; i < routes_count; i++) {
        if (!routes[i].cached)
            continue;
        assert_string_equal(routes[i].method, "GET");
        assert_true(routes[i].who == WHO_ANYONE || routes[i].who == WHO_ANY_SITE ||
                    routes[i].who == WHO_FRAMED);
    }
}

static bool is_bare(const char *query, size_t row)
{
    struct request r = {.route = &routes[row], .query = query};
    return may_be_kept(&r);
}

/* The cache knows paths alone: what a query says must not be kept for who asks without one. */
static void what_a_query_changes_is_not_kept(void **state)
{
    (void)state;
    for (size_t i = 0; i < routes_count; i++) {
        assert_int_equal(is_bare("", i), routes[i].cached != false);
        assert_int_equal(is_bare("page=2", i), routes[i].cached && routes[i].fields == NULL);
    }
}

/* Other sites may read what is alike for all, and nothing else. */
static void what_other_sites_read_is_alike_for_all(void **state)
{
    (void)state;
    for (size_t i = 0; i < routes_count; i++) {
        if (routes[i].who == WHO_ANY_SITE || routes[i].who == WHO_FRAMED)
            assert_true(routes[i].cached);
        if (strncmp(routes[i].pattern, "/api/", 5) == 0)
            assert_int_equal(routes[i].who, WHO_ANY_SITE);
    }
}

static void officers_have_their_own_lane(void **state)
{
    (void)state;
    for (size_t i = 0; i < routes_count; i++) {
        bool desk = strncmp(routes[i].pattern, "/desk", 5) == 0;
        assert_int_equal(routes[i].lane == LANE_DESK, desk);
        if ((routes[i].who & WHO_OFFICER) != 0)
            assert_true(desk);
    }
}

/* A page of the desk says which roles open it and whether it is of an area; others say neither. */
static void who_may_call_is_declared(void **state)
{
    (void)state;
    for (size_t i = 0; i < routes_count; i++) {
        unsigned who = routes[i].who;
        bool roles = (who & (ROLES_NAMED | ROLE_ANY)) != 0;
        bool area = (who & OF_AREA) != 0, service = (who & OF_SERVICE) != 0;
        bool declared = (who & WHO_OFFICER) != 0
                            ? roles && area != service
                            : !roles && !area && !service && (who & PROVEN) == 0;
        if (!declared || __builtin_popcount(who & WHO_KINDS) != 1)
            fail_msg("%s %s does not say who may call it: see enum who in server/routes.h",
                     routes[i].method, routes[i].pattern);
    }
}

static void roles_open_what_they_are_named_for(void **state)
{
    (void)state;
    arena_clear(&arena);
    assert_true(routes_may(&arena, "GET", "/desk/people", ROLE_ADMINISTRATOR));
    assert_true(routes_may(&arena, "GET", "/desk/people", ROLE_AUDITOR | ROLE_CLERK));
    assert_false(routes_may(&arena, "GET", "/desk/people", ROLE_WARD_OFFICER | ROLE_CLERK));
    assert_false(routes_may(&arena, "POST", "/desk/people/new", ROLE_AUDITOR));
    assert_true(routes_may(&arena, "GET", "/desk/me", 0));
    assert_false(routes_may(&arena, "GET", "/desk/nowhere", ROLES_NAMED));
}

/* What a form may hold by its rules must fit the body that its route takes. */
static void limits_agree(void **state)
{
    (void)state;
    for (size_t i = 0; i < routes_count; i++) {
        const struct route *r = &routes[i];
        int pairs = 0;
        assert_true(r->body_max <= REQUEST_BODY_MAX ||
                    (r->body_max == REQUEST_FILE_MAX && (r->who & WHO_OFFICER) != 0));
        for (const struct field_rule *f = r->fields; f != NULL && f->name != NULL; f++) {
            assert_true(f->max_len > 0 && f->max_times > 0);
            assert_true(f->max_len < (r->body_max > 0 ? r->body_max : 16385));
            pairs += f->max_times;
        }
        assert_true(pairs <= REQUEST_FIELDS_MAX);
    }
}

static void every_row_can_be_reached(void **state)
{
    (void)state;
    for (size_t i = 0; i < routes_count; i++) {
        char path[200];
        size_t len = 0;
        for (const char *at = routes[i].pattern; *at != '\0'; at++)
            path[len++] = *at == ':' ? 'x' : *at;
        path[len] = '\0';
        assert_ptr_equal(find(routes[i].method, path), &routes[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_filled_in_order),
        cmocka_unit_test(a_literal_wins_over_a_name),
        cmocka_unit_test(head_is_get),
        cmocka_unit_test(a_method_that_is_not_there_is_told_apart_from_no_path),
        cmocka_unit_test(near_misses_are_no_hits),
        cmocka_unit_test(whoever_changes_something_is_guarded),
        cmocka_unit_test(what_is_cached_is_alike_for_all),
        cmocka_unit_test(what_a_query_changes_is_not_kept),
        cmocka_unit_test(what_other_sites_read_is_alike_for_all),
        cmocka_unit_test(officers_have_their_own_lane),
        cmocka_unit_test(who_may_call_is_declared),
        cmocka_unit_test(roles_open_what_they_are_named_for),
        cmocka_unit_test(limits_agree),
        cmocka_unit_test(every_row_can_be_reached),
    };
    arena = arena_new(1 << 20);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
