/* test_utf8.c: every code point there and back, and all that is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/utf8.h"
#include <string.h>

static void every_code_point(void **state)
{
    char bytes[4];
    (void)state;
    for (uint32_t point = 0; point <= 0x10FFFF; point++) {
        size_t at = 0, n = utf8_put(point, bytes);
        bool surrogate = point >= 0xD800 && point <= 0xDFFF;
        if (utf8_valid(bytes, n) == surrogate)
            fail_msg("%x", point);
        if (utf8_next(bytes, n, &at) != (surrogate ? UTF8_BAD : point))
            fail_msg("%x is read as another", point);
        assert_int_equal(at, surrogate ? 1 : n);
        for (size_t cut = 1; cut < n; cut++)
            assert_false(utf8_valid(bytes, cut));
    }
}

static void what_is_none_is_one_byte(void **state)
{
    static const char *const bad[] = {
        "\x80",
        "\xBF",
        "\xC0\xAF",
        "\xC1\xBF",
        "\xE0\x9F\xBF",
        "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80",
        "\xFF",
        "\xC3(",
        "\xE2\x82(",
        "\xF0\x9F\x98(",
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        size_t at = 0, len = strlen(bad[i]);
        assert_false(utf8_valid(bad[i], len));
        assert_int_equal(utf8_next(bad[i], len, &at), UTF8_BAD);
        assert_int_equal(at, 1);
    }
}

static void windows_1252(void **state)
{
    char bytes[4];
    (void)state;
    assert_int_equal(windows_1252_point('a'), 'a');
    assert_int_equal(windows_1252_point(0x80), 0x20AC);
    assert_int_equal(windows_1252_point(0x81), 0x81);
    assert_int_equal(windows_1252_point(0x9F), 0x178);
    assert_int_equal(windows_1252_point(0xA0), 0xA0);
    assert_int_equal(utf8_put(windows_1252_point(0xE9), bytes), 2);
    assert_memory_equal(bytes, "é", 2); /* as the compiler writes it, not as we read it */
    assert_int_equal(utf8_put(0x20AC, bytes), 3);
    assert_memory_equal(bytes, "€", 3);
    assert_int_equal(utf8_put(0x1F600, bytes), 4);
    assert_memory_equal(bytes, "\U0001F600", 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point),
        cmocka_unit_test(what_is_none_is_one_byte),
        cmocka_unit_test(windows_1252),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
