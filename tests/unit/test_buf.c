/* test_buf.c: strings that stop at their maximum, arenas, strict numbers, SHA-256. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/buf.h"
#include "common/digest.h"

static void empty_buf_is_an_empty_string(void **state)
{
    (void)state;
    struct buf b = buf_new(10);
    assert_string_equal(buf_str(&b), "");
    char *taken = buf_take(&b);
    assert_string_equal(taken, "");
    free(taken);
    buf_add(&b, NULL, 0);
    assert_string_equal(buf_str(&b), "");
    buf_free(&b);
}

static void appends_of_every_kind(void **state)
{
    (void)state;
    struct buf b = buf_new(1000);
    buf_str_add(&b, "a");
    buf_char(&b, 'b');
    buf_uint(&b, 0);
    buf_uint(&b, UINT64_MAX);
    buf_int(&b, INT64_MIN);
    buf_hex(&b, "\x00\xff\x1a", 3);
    buf_fmt(&b, "<%s %03d>", "x", 7);
    assert_string_equal(buf_str(&b), "ab018446744073709551615-922337203685477580800ff1a<x 007>");
    assert_int_equal(b.len, strlen(b.data));
    assert_false(b.overflowed);
    buf_clear(&b);
    assert_string_equal(buf_str(&b), "");
    buf_free(&b);
    assert_int_equal(b.max, 1000);
}

static void maximum_is_reached_but_never_passed(void **state)
{
    (void)state;
    struct buf b = buf_new(4);
    buf_str_add(&b, "abcd");
    assert_false(b.overflowed);
    buf_char(&b, 'e');
    assert_true(b.overflowed);
    assert_string_equal(buf_str(&b), "abcd");
    buf_clear(&b);
    buf_str_add(&b, "abc");
    buf_fmt(&b, "%d", 12);
    assert_true(b.overflowed);
    buf_char(&b, 'd'); /* would fit, but nothing may follow a gap */
    assert_string_equal(buf_str(&b), "abc");
    buf_clear(&b);
    buf_hex(&b, "\x01\x02\x03", 3);
    assert_true(b.overflowed);
    assert_int_equal(b.len, 0);
    buf_free(&b);
}

static void writes_forms(void **state)
{
    (void)state;
    struct buf b = buf_new(200);
    buf_pair(&b, "to", "+44 7700");
    buf_pair(&b, "a&b", "Az09-._~");
    buf_char(&b, '/');
    buf_percent(&b, "\xc5\xbb=%");
    assert_string_equal(buf_str(&b), "to=%2B44%207700&a%26b=Az09-._~/%C5%BB%3D%25");
    buf_free(&b);
}

static void grows_past_its_first_size(void **state)
{
    (void)state;
    struct buf b = buf_new(100000);
    for (int i = 0; i < 100000; i++)
        buf_char(&b, (char)('a' + i % 26));
    assert_int_equal(b.len, 100000);
    assert_false(b.overflowed);
    assert_int_equal(b.data[99999], 'a' + 99999 % 26);
    char *taken = buf_take(&b);
    assert_int_equal(strlen(taken), 100000);
    free(taken);
    buf_free(&b);
}

static void arena_hands_out_zeroed_aligned_memory(void **state)
{
    (void)state;
    struct arena a = arena_new(1 << 20);
    for (size_t round = 0; round < 3; round++) {
        for (size_t size = 1; size < 300; size++) {
            unsigned char *p = arena_alloc(&a, size);
            assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(p[i], 0);
            memset(p, 0xAA, size);
        }
        unsigned char *big = arena_alloc(&a, 50000);
        memset(big, 0xBB, 50000);
        assert_true(a.used >= 50000 + 299 * 300 / 2);
        arena_clear(&a);
        assert_int_equal(a.used, 0);
    }
    assert_string_equal(arena_fmt(&a, "%s-%d", "n", 5), "n-5");
    assert_string_equal(arena_strdup(&a, "words"), "words");
    assert_string_equal(arena_memdup(&a, "wordsandmore", 5), "words");
    arena_free(&a);
    assert_null(a.head);
}

static void unsigned_numbers_are_read_strictly(void **state)
{
    (void)state;
    uint64_t n = 77;
    assert_false(parse_uint("", 10, &n));
    assert_false(parse_uint("+1", 10, &n));
    assert_false(parse_uint("-1", 10, &n));
    assert_false(parse_uint(" 1", 10, &n));
    assert_false(parse_uint("1 ", 10, &n));
    assert_false(parse_uint("1x", 10, &n));
    assert_false(parse_uint("11", 10, &n));
    assert_false(parse_uint("18446744073709551616", UINT64_MAX, &n));
    assert_false(parse_uint("99999999999999999999999", UINT64_MAX, &n));
    assert_int_equal(n, 77);
    assert_true(parse_uint("10", 10, &n));
    assert_int_equal(n, 10);
    assert_true(parse_uint("007", 7, &n));
    assert_int_equal(n, 7);
    assert_true(parse_uint("18446744073709551615", UINT64_MAX, &n));
    assert_true(n == UINT64_MAX);
    assert_true(parse_uint("0", 0, &n));
    assert_false(parse_uint("1", 0, &n));
}

static void signed_numbers_are_read_strictly(void **state)
{
    (void)state;
    int64_t n = 77;
    assert_false(parse_int("", INT64_MIN, INT64_MAX, &n));
    assert_false(parse_int("-", INT64_MIN, INT64_MAX, &n));
    assert_false(parse_int("--1", INT64_MIN, INT64_MAX, &n));
    assert_false(parse_int("+1", INT64_MIN, INT64_MAX, &n));
    assert_false(parse_int("9223372036854775808", INT64_MIN, INT64_MAX, &n));
    assert_false(parse_int("-9223372036854775809", INT64_MIN, INT64_MAX, &n));
    assert_false(parse_int("-6", -5, 5, &n));
    assert_false(parse_int("6", -5, 5, &n));
    assert_int_equal(n, 77);
    assert_true(parse_int("-5", -5, 5, &n));
    assert_int_equal(n, -5);
    assert_true(parse_int("-9223372036854775808", INT64_MIN, INT64_MAX, &n));
    assert_true(n == INT64_MIN);
    assert_true(parse_int("9223372036854775807", INT64_MIN, INT64_MAX, &n));
    assert_true(n == INT64_MAX);
    assert_true(parse_int("-0", 0, 0, &n));
    assert_int_equal(n, 0);
}

/* FIPS 180-4's own example, whole and in pieces. */
static void sha256_of_abc(void **state)
{
    (void)state;
    static const char expected[] =
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    uint8_t hash[DIGEST_LEN];
    struct buf hex = buf_new(64);
    digest_sha256("abc", 3, hash);
    buf_hex(&hex, hash, sizeof(hash));
    assert_string_equal(buf_str(&hex), expected);

    struct digest *d = digest_begin();
    digest_more(d, "a", 1);
    digest_more(d, "", 0);
    digest_more(d, "bc", 2);
    digest_end(d, hash);
    buf_clear(&hex);
    buf_hex(&hex, hash, sizeof(hash));
    assert_string_equal(buf_str(&hex), expected);
    buf_free(&hex);
    digest_end(digest_begin(), NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(empty_buf_is_an_empty_string),
        cmocka_unit_test(appends_of_every_kind),
        cmocka_unit_test(maximum_is_reached_but_never_passed),
        cmocka_unit_test(writes_forms),
        cmocka_unit_test(grows_past_its_first_size),
        cmocka_unit_test(arena_hands_out_zeroed_aligned_memory),
        cmocka_unit_test(unsigned_numbers_are_read_strictly),
        cmocka_unit_test(signed_numbers_are_read_strictly),
        cmocka_unit_test(sha256_of_abc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
