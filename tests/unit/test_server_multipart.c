/* test_server_multipart.c: forms with a file, and what is no such form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/multipart.h"

static const struct field_rule rules[] = {
    {"token", 64, 1, false}, {"note", 20, 1, false}, {NULL, 0, 0, false}};
static const char type[] = "multipart/form-data; boundary=xyz";
static struct arena arena;
static struct multipart out;

#define PART(head, body) "--xyz\r\nContent-Disposition: form-data; " head "\r\n\r\n" body "\r\n"
#define END              "--xyz--\r\n"
#define READ(t, body)    multipart_read(&arena, t, "" body "", sizeof(body) - 1, rules, &out)

static int setup(void **state)
{
    (void)state;
    arena = arena_new(1 << 20);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void good_ones(void **state)
{
    (void)state;
    assert_true(READ(type, PART("name=\"token\"", "abc")
                               PART("name=\"file\"; filename=\"a.csv\"\r\nContent-Type: text/csv",
                                    "a,b\r\n--xy\r\n") END));
    assert_int_equal(out.form.n, 1);
    assert_string_equal(out.form.fields[0].name, "token");
    assert_string_equal(out.form.fields[0].value, "abc");
    assert_int_equal(out.file_len, 11);
    assert_memory_equal(out.file, "a,b\r\n--xy\r\n", 11);
    assert_true(READ("multipart/form-data; boundary=\"xyz\"", PART("name=\"file\"", "") END));
    assert_int_equal(out.file_len, 0);
    assert_non_null(out.file);
    assert_true(READ(type, END));
    assert_null(out.file);
    assert_true(READ(type, PART("name=\"note\"", "50% & caf\xC3\xA9") END));
    assert_string_equal(out.form.fields[0].value, "50% & caf\xC3\xA9");
}

static void bad_ones(void **state)
{
    (void)state;
    assert_false(READ("multipart/form-data", END));
    assert_false(READ("multipart/form-data; boundary=", END));
    assert_false(READ("text/plain; boundary=xyz", END));
    assert_false(READ(type, ""));
    assert_false(READ(type, "--xy"));
    assert_false(READ(type, "--xyz\r\n"));
    assert_false(READ(type, "preamble\r\n" END));
    assert_false(READ(type, PART("name=\"token\"", "abc"))); /* no end */
    assert_false(READ(type, PART("name=\"unknown\"", "abc") END));
    assert_false(READ(type, PART("filename=\"name\"", "abc") END));
    assert_false(READ(type, PART("name=\"tok", "abc") END));
    assert_false(READ(type, PART("name=\"note\"", "a\0b") END));
    assert_false(READ(type, PART("name=\"note\"", "\xFF") END));
    assert_false(READ(type, PART("name=\"note\"", "more than twenty bytes") END));
    assert_false(READ(type, PART("name=\"note\"", "1") PART("name=\"note\"", "2") END));
    assert_false(READ(type, PART("name=\"note=1&token\"", "2") END));
    assert_false(READ(type, PART("name=\"file\"", "1") PART("name=\"file\"", "2") END));
}

/* Many values of a size that each might have do not add up to more than a plain form holds. */
static void too_much(void **state)
{
    (void)state;
    static const struct field_rule big[] = {
        {"a", 40000, 1, true}, {"b", 40000, 1, true}, {NULL, 0, 0, false}};
    struct buf body = buf_new(200000);
    for (int i = 0; i < 2; i++) {
        buf_fmt(&body, "--xyz\r\nContent-Disposition: form-data; name=\"%c\"\r\n\r\n", 'a' + i);
        for (int k = 0; k < 33000; k++)
            buf_char(&body, 'x');
        buf_str_add(&body, "\r\n");
    }
    buf_str_add(&body, END);
    assert_false(multipart_read(&arena, type, buf_str(&body), body.len, big, &out));
    buf_free(&body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(good_ones, setup, teardown),
        cmocka_unit_test_setup_teardown(bad_ones, setup, teardown),
        cmocka_unit_test_setup_teardown(too_much, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
