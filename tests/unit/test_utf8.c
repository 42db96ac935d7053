/* test_utf8.c: every code point there and back, and all that is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/utf8.h"
#include <string.h>

static size_t encode(uint32_t point, char out[4])
{
    size_t n = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (size_t i = n; i-- > 1; point >>= 6)
        out[i] = (char)(0x80 | (point & 0x3F));
    out[0] = (char)(n == 1 ? point : (0xF0U << (4 - n) & 0xFF) | point);
    return n;
}

static void every_code_point(void **state)
{
    char bytes[4];
    (void)state;
    for (uint32_t point = 0; point <= 0x10FFFF; point++) {
        size_t at = 0, n = encode(point, bytes);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point),
        cmocka_unit_test(what_is_none_is_one_byte),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
