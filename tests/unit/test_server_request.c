/* test_server_request.c: what clients send is taken apart, and what is wrong is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/text_time.h"
#include "server/provider_words.h"
#include "server/request_parse.h"
#include "server/settings.h"

static struct arena arena;

static const struct field_rule rules[] = {
    {"code", 8, 1, false}, {"p", 4, 3, false}, {"about", 40, 1, true}, {NULL, 0, 0, false}};

static struct form form;

static bool read_as(enum form_mode mode, const char *bytes, size_t len)
{
    arena_clear(&arena);
    return form_read(&arena, bytes, len, rules, mode, &form);
}

static bool reads(const char *bytes)
{
    return read_as(FORM_STRICT, bytes, strlen(bytes));
}

static void assert_field(int i, const char *name, const char *value)
{
    assert_true(i < form.n);
    assert_string_equal(form.fields[i].name, name);
    assert_string_equal(form.fields[i].value, value);
}

/* --- forms -------------------------------------------------------------------------------- */

static void a_form_is_decoded(void **state)
{
    (void)state;
    assert_true(reads("code=a%20b&p=1&p=2&about=x%3Dy%26z+w"));
    assert_int_equal(form.n, 4);
    assert_field(0, "code", "a b");
    assert_field(1, "p", "1");
    assert_field(2, "p", "2");
    assert_field(3, "about", "x=y&z w");
}

static void empty_things_are_fine(void **state)
{
    (void)state;
    assert_true(reads(""));
    assert_int_equal(form.n, 0);
    assert_true(reads("&&code=&&"));
    assert_int_equal(form.n, 1);
    assert_field(0, "code", "");
    assert_true(reads("code"));
    assert_field(0, "code", "");
}

static void white_space_at_the_ends_goes(void **state)
{
    (void)state;
    assert_true(reads("code=%20+1+2%09+&about=%0D%0Aone%0D%0Atwo%0Dthree%0A"));
    assert_field(0, "code", "1 2");
    assert_field(1, "about", "one\ntwo\nthree");
}

static void limits_hold_at_their_edge(void **state)
{
    (void)state;
    assert_true(reads("code=12345678"));
    assert_false(reads("code=123456789"));
    assert_true(reads("code=%20%2012345678%20"));
    assert_true(reads("p=1&p=2&p=3"));
    assert_false(reads("p=1&p=2&p=3&p=4"));
    assert_false(reads("code=1&code=1"));
}

static void what_was_not_asked_for_is_refused(void **state)
{
    (void)state;
    assert_false(reads("code=1&admin=1"));
    assert_false(reads("=1"));
    assert_false(reads("cod%65x=1"));
    assert_true(reads("cod%65=1"));
    assert_field(0, "code", "1");
}

static void what_is_no_text_is_refused(void **state)
{
    static const char *const wrong[] = {
        "code=%00", "code=a%00b",  "code=%",         "code=%4",           "code=%4g",
        "code=%ff", "code=%C0%80", "code=%ED%A0%80", "code=%F5%80%80%80", "code=%E2%82",
        "code=%01", "code=a%0Ab",  "code=a%7Fb",     "about=a%0Bb",       "%zz=1"};
    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
        if (reads(wrong[i]))
            fail_msg("taken: %s", wrong[i]);
    assert_true(reads("code=%E2%82%AC"));
    assert_field(0, "code", "\xE2\x82\xAC");
    assert_true(reads("about=a%0Ab%09c"));
}

static void ten_thousand_fields_are_refused(void **state)
{
    struct buf many = buf_new(1 << 20);
    (void)state;
    for (int i = 0; i < REQUEST_FIELDS_MAX; i++)
        buf_str_add(&many, i == 0 ? "" : "&");
    assert_true(reads(buf_str(&many)));
    buf_str_add(&many, "&");
    assert_false(reads(buf_str(&many)));
    for (int i = 0; i < 10000; i++)
        buf_str_add(&many, "&p=1");
    assert_false(reads(buf_str(&many)));
    buf_free(&many);
}

static void a_query_may_hold_what_others_put_there(void **state)
{
    static const char query[] = "utm_source=letter&code=1&%ff=%";
    (void)state;
    assert_true(read_as(FORM_QUERY, query, strlen(query)));
    assert_int_equal(form.n, 1);
    assert_field(0, "code", "1");
    assert_false(read_as(FORM_QUERY, "code=%", 6));
}

static void a_provider_is_not_refused_but_noted(void **state)
{
    static const char wrong[] = "code=123456789&p=%00a&code=2&x=y&about=%ff";
    (void)state;
    assert_true(read_as(FORM_PROVIDER, wrong, strlen(wrong)));
    assert_true(form.malformed);
    assert_int_equal(form.n, 3);
    assert_field(0, "code", "12345678");
    assert_field(1, "p", "?a");
    assert_field(2, "about", "\xFF");
    assert_true(read_as(FORM_PROVIDER, "code=1", 6));
    assert_false(form.malformed);
}

/* A value that was cut is not cut inside a character. */
static void cutting_keeps_characters_whole(void **state)
{
    static const char euros[] = "p=ab%E2%82%AC";
    (void)state;
    assert_true(read_as(FORM_PROVIDER, euros, strlen(euros)));
    assert_field(0, "p", "ab");
}

/* --- paths -------------------------------------------------------------------------------- */

static const char *path(const char *target)
{
    const char *query;
    arena_clear(&arena);
    return path_read(&arena, target, &query);
}

static void a_path_is_decoded(void **state)
{
    const char *query = NULL;
    (void)state;
    assert_string_equal(path("/"), "/");
    assert_string_equal(path("/rounds/a%2Db"), "/rounds/a-b");
    assert_string_equal(path("/a+b"), "/a+b");
    assert_string_equal(path_read(&arena, "/a?b=c&d=?", &query), "/a");
    assert_string_equal(query, "b=c&d=?");
    path_read(&arena, "/a", &query);
    assert_string_equal(query, "");
}

static void a_path_that_means_two_things_is_refused(void **state)
{
    static const char *const wrong[] = {"",       "rounds", "http://evil/", "*",
                                        "/a%00b", "/a%2Fb", "/a%2fb",       "/%",
                                        "/%f",    "/%ff",   "/a%0d%0ab",    "/a%09b"};
    char longest[PATH_MAX_LEN + 3];
    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
        if (path(wrong[i]) != NULL)
            fail_msg("taken: %s", wrong[i]);
    memset(longest, 'a', sizeof(longest));
    longest[0] = '/';
    longest[PATH_MAX_LEN] = '\0';
    assert_non_null(path(longest));
    longest[PATH_MAX_LEN] = 'a';
    longest[PATH_MAX_LEN + 1] = '\0';
    assert_null(path(longest));
}

/* --- cookies ------------------------------------------------------------------------------ */

static void cookies_are_read(void **state)
{
    struct field *cookies;
    int n;
    (void)state;
    assert_true(cookies_read(&arena, "a=1; wm_voter=xyz ;b=\"q\"; junk; =2; c=", &cookies, &n));
    assert_int_equal(n, 4);
    assert_string_equal(cookies[1].name, "wm_voter");
    assert_string_equal(cookies[1].value, "xyz");
    assert_string_equal(cookies[2].value, "q");
    assert_string_equal(cookies[3].value, "");
    assert_true(cookies_read(&arena, "", &cookies, &n));
    assert_int_equal(n, 0);
}

static void a_doubled_cookie_of_ours_is_refused(void **state)
{
    struct field *cookies;
    int n;
    (void)state;
    assert_false(cookies_read(&arena, "wm_voter=a; wm_voter=b", &cookies, &n));
    assert_false(cookies_read(&arena, "__Host-wm_desk=a; x=y; __Host-wm_desk=a", &cookies, &n));
    assert_true(cookies_read(&arena, "other=a; other=b", &cookies, &n));
}

static void too_many_cookies_are_refused(void **state)
{
    struct buf many = buf_new(1 << 16);
    struct field *cookies;
    int n;
    (void)state;
    for (int i = 0; i < COOKIES_MAX; i++)
        buf_fmt(&many, "%sc%d=1", i > 0 ? ";" : "", i);
    assert_true(cookies_read(&arena, buf_str(&many), &cookies, &n));
    assert_int_equal(n, COOKIES_MAX);
    buf_str_add(&many, ";x=1");
    assert_false(cookies_read(&arena, buf_str(&many), &cookies, &n));
    buf_free(&many);
}

/* --- for handlers ------------------------------------------------------------------------- */

static void fields_are_found_by_name(void **state)
{
    struct field fields[] = {{"p", "1"}, {"code", "x"}, {"p", "2"}};
    struct request r = {.fields = fields, .n_fields = 3};
    (void)state;
    assert_string_equal(request_field(&r, "p"), "1");
    assert_string_equal(request_field(&r, "none"), "");
    assert_string_equal(request_field_at(&r, "p", 1), "2");
    assert_null(request_field_at(&r, "p", 2));
    assert_int_equal(request_field_count(&r, "p"), 2);
}

static void under_https_only_host_cookies_count(void **state)
{
    struct field cookies[] = {{"wm_voter", "planted"}, {"__Host-wm_voter", "real"}};
    struct request r = {.cookies = cookies, .n_cookies = 2};
    static char plain[] = "http://127.0.0.1:1", secure[] = "https://vote.example";
    (void)state;
    settings.public_url = plain;
    assert_string_equal(request_cookie(&r, "wm_voter"), "planted");
    settings.public_url = secure;
    assert_string_equal(request_cookie(&r, "wm_voter"), "real");
    r.n_cookies = 1;
    assert_string_equal(request_cookie(&r, "wm_voter"), "");
}

static void entity_tags_are_compared(void **state)
{
    (void)state;
    assert_true(etag_matches("\"abc\"", "\"abc\""));
    assert_true(etag_matches("\"x\", W/\"abc\" , \"y\"", "\"abc\""));
    assert_true(etag_matches("*", "\"abc\""));
    assert_false(etag_matches("\"abcd\"", "\"abc\""));
    assert_false(etag_matches("\"ab", "\"abc\""));
    assert_false(etag_matches("", "\"abc\""));
}

/* --- providers ---------------------------------------------------------------------------- */

static void times_are_read(void **state)
{
    (void)state;
    assert_int_equal(text_time("1795341600"), 1795341600000000);
    assert_int_equal(text_time("2026-11-22T10:00:00.123Z"), 1795341600123000);
    assert_int_equal(text_time("2026-11-22 10:00:00"), 1795341600000000);
    assert_int_equal(text_time("2026-11-22T10:00:00.1234567+00:00"), 1795341600123456);
    assert_int_equal(text_time(""), DB_NO_TIME);
    assert_int_equal(text_time("0"), DB_NO_TIME);
    assert_int_equal(text_time("99999999999999"), DB_NO_TIME);
    assert_int_equal(text_time("2026-13-22T10:00:00Z"), DB_NO_TIME);
    assert_int_equal(text_time("2026-11-22T10:00:00+01:00"), DB_NO_TIME);
    assert_int_equal(text_time("2026-11-22T10:00"), DB_NO_TIME);
    assert_int_equal(text_time("Sun, 22 Nov 2026 10:00:00 +0000"), 1795341600000000);
    assert_int_equal(text_time("Sun, 22 Nov 2026 10:00:00 +0100"), DB_NO_TIME);
    assert_int_equal(text_time("Sun, 22 Nop 2026 10:00:00 +0000"), DB_NO_TIME);
}

static void charsets_are_read(void **state)
{
    (void)state;
    assert_string_equal(words_to_utf8(&arena, "caf\xE9 \x80", "windows-1252"), "café €");
    assert_string_equal(words_to_utf8(&arena, "café", "UTF-8"), "café");
    assert_string_equal(words_to_utf8(&arena, "VOTE", ""), "VOTE");
    assert_null(words_to_utf8(&arena, "caf\xE9", "UTF-8"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_form_is_decoded),
        cmocka_unit_test(empty_things_are_fine),
        cmocka_unit_test(white_space_at_the_ends_goes),
        cmocka_unit_test(limits_hold_at_their_edge),
        cmocka_unit_test(what_was_not_asked_for_is_refused),
        cmocka_unit_test(what_is_no_text_is_refused),
        cmocka_unit_test(ten_thousand_fields_are_refused),
        cmocka_unit_test(a_query_may_hold_what_others_put_there),
        cmocka_unit_test(a_provider_is_not_refused_but_noted),
        cmocka_unit_test(cutting_keeps_characters_whole),
        cmocka_unit_test(a_path_is_decoded),
        cmocka_unit_test(a_path_that_means_two_things_is_refused),
        cmocka_unit_test(cookies_are_read),
        cmocka_unit_test(a_doubled_cookie_of_ours_is_refused),
        cmocka_unit_test(too_many_cookies_are_refused),
        cmocka_unit_test(fields_are_found_by_name),
        cmocka_unit_test(under_https_only_host_cookies_count),
        cmocka_unit_test(entity_tags_are_compared),
        cmocka_unit_test(times_are_read),
        cmocka_unit_test(charsets_are_read),
    };
    arena = arena_new(8 << 20);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
