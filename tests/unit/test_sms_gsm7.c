/* test_sms_gsm7.c: alphabets and segments, character by character and at every boundary. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sms/gsm7.h"

/* 3GPP TS 23.038 §6.2.1, in the order of its table; ESC, at 0x1B, is no character. */
static const char basic[] = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
                            "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
static const char extension[] = "\f^{}\\[~]|€";

static void add_many(struct buf *b, const char *s, int n)
{
    for (int i = 0; i < n; i++)
        buf_str_add(b, s);
}

static void whole_alphabet(void **state)
{
    struct text_size size = gsm7_size(basic);
    unsigned one = 0, two = 0;

    (void)state;
    assert_int_equal(size.alphabet, ALPHABET_GSM7);
    assert_int_equal(size.units, 127);
    size = gsm7_size(extension);
    assert_int_equal(size.alphabet, ALPHABET_GSM7);
    assert_int_equal(size.units, 20);
    for (uint32_t point = 1; point < 0x3000; point++) {
        one += gsm7_septets(point) == 1;
        two += gsm7_septets(point) == 2;
    }
    assert_int_equal(one, 127);
    assert_int_equal(two, 10);
    assert_int_equal(gsm7_septets(0), 0);
}

struct boundary {
    const char *fill;
    int n;
    const char *tail;
    enum text_alphabet alphabet;
    size_t units, segments;
};

static void boundaries(void **state)
{
    static const struct boundary rows[] = {
        {"c", 0, "", ALPHABET_GSM7, 0, 1},
        {"c", 160, "", ALPHABET_GSM7, 160, 1},
        {"c", 161, "", ALPHABET_GSM7, 161, 2},
        {"c", 306, "", ALPHABET_GSM7, 306, 2},
        {"c", 307, "", ALPHABET_GSM7, 307, 3},
        {"d", 158, "€", ALPHABET_GSM7, 160, 1},
        {"d", 159, "€", ALPHABET_GSM7, 161, 2},
        {"€", 80, "", ALPHABET_GSM7, 160, 1},
        {"€", 81, "", ALPHABET_GSM7, 162, 2},
        /* 76 pairs fill 152 of 153: the pair is not split, so that 153 of them need three parts */
        {"€", 152, "", ALPHABET_GSM7, 304, 2},
        {"€", 153, "", ALPHABET_GSM7, 306, 3},
        {"♣", 70, "", ALPHABET_UCS2, 70, 1},
        {"♣", 71, "", ALPHABET_UCS2, 71, 2},
        {"♣", 134, "", ALPHABET_UCS2, 134, 2},
        {"♣", 135, "", ALPHABET_UCS2, 135, 3},
        {"😀", 35, "", ALPHABET_UCS2, 70, 1},
        {"😀", 36, "", ALPHABET_UCS2, 72, 2},
        {"😀", 66, "", ALPHABET_UCS2, 132, 2},
        {"😀", 67, "", ALPHABET_UCS2, 134, 3},
        {"c", 69, "ŵ", ALPHABET_UCS2, 70, 1},
        {"c", 70, "ŵ", ALPHABET_UCS2, 71, 2},
        {"c", 69, "`", ALPHABET_UCS2, 70, 1},
    };
    struct buf b = buf_new(10000);

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buf_clear(&b);
        add_many(&b, rows[i].fill, rows[i].n);
        buf_str_add(&b, rows[i].tail);
        struct text_size size = gsm7_size(buf_str(&b));
        if (size.alphabet != rows[i].alphabet || size.units != rows[i].units ||
            size.segments != rows[i].segments)
            fail_msg("row %zu: %d %zu %zu", i, size.alphabet, size.units, size.segments);
    }
    buf_free(&b);
}

static void folding(void **state)
{
    static const char *const rows[][2] = {
        {"Hob Moor £5", "Hob Moor £5"},
        {"Caffè Ñandú", "Caffè Ñandu"},
        {"Łódź ŵ ŷ â", "Lodz w y a"},
        {"“it’s” – a…", "\"it's\" - a..."},
        {"a\xC2\xA0z", "a z"},
        {"😀 中", "? ?"},
        {"ç Ç", "c Ç"},
        {"`", "'"},
        {"\xFF", "?"},
    };
    struct buf out = buf_new(100);

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buf_clear(&out);
        gsm7_fold(rows[i][0], &out);
        assert_string_equal(buf_str(&out), rows[i][1]);
        assert_int_equal(gsm7_size(buf_str(&out)).alphabet, ALPHABET_GSM7);
    }
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_alphabet),
        cmocka_unit_test(boundaries),
        cmocka_unit_test(folding),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
