/* test_sms_bulk.c: the words of bulk texts: true at any hour, and never more than one segment. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sms/bulk.h"
#include "sms/gsm7.h"
#include "sms/templates.h"

static const char *const occasions[] = {"opened", "closing", "result"};

static void assert_says(const char *occasion, const char *title, const char *words)
{
    struct buf out = buf_new(1000);
    bulk_words(LANGUAGE_EN, occasion, title, "2025-12-14 21:00", &out);
    assert_string_equal(buf_str(&out), words);
    buf_free(&out);
}

static void the_words(void **state)
{
    (void)state;
    assert_says("opened", "Westfield 2027",
                "Westfield 2027: you can vote until 9pm Sun 14 Dec, by text or on the web. To end "
                "these texts, reply STOP.");
    assert_says("closing", "Westfield 2027",
                "Westfield 2027: voting ends soon. You can vote until 9pm Sun 14 Dec, if you have "
                "not yet. To end these texts, reply STOP.");
    assert_says("result", "Westfield 2027",
                "Westfield 2027: the votes are counted. You can read the result on the web. To end "
                "these texts, reply STOP.");
    assert_says("party", "Westfield 2027", "");
}

/* A title of 120 such characters, the most that a round's may have. */
static void one_segment_in(enum language in, const char *ends)
{
    static const char *const fills[] = {"W", "€", "ż", "[", "\xf0\x9f\x97\xb3"};
    for (size_t f = 0; f < sizeof fills / sizeof *fills; f++) {
        struct buf title = buf_new(1000);
        for (int i = 0; i < 120; i++)
            buf_str_add(&title, fills[f]);
        for (size_t o = 0; o < 3; o++) {
            struct buf out = buf_new(1000);
            bulk_words(in, occasions[o], buf_str(&title), "2026-10-01 00:00", &out);
            struct text_size size = gsm7_size(buf_str(&out));
            print_message("# %s: %zu septets, %zu segment\n", occasions[o], size.units,
                          size.segments);
            assert_int_equal(size.alphabet, ALPHABET_GSM7);
            assert_int_equal(size.segments, 1);
            assert_true(size.units >= 159);
            assert_non_null(strstr(buf_str(&out), ends));
            buf_free(&out);
        }
        buf_free(&title);
    }
}

static void one_segment(void **state)
{
    (void)state;
    one_segment_in(LANGUAGE_EN, "reply STOP.");
    one_segment_in(LANGUAGE_PL, "Odpisz STOP.");
    say_keyword("York");
    one_segment_in(LANGUAGE_EN, "reply York STOP.");
    one_segment_in(LANGUAGE_PL, "Odpisz York STOP.");
    say_keyword("");
}

static void in_polish(void **state)
{
    struct buf out = buf_new(1000);
    (void)state;
    bulk_words(LANGUAGE_PL, "opened", "Westfield 2027", "2025-12-14 21:00", &out);
    assert_string_equal(buf_str(&out), "Westfield 2027: glosuj do nd 14 gru 21:00, SMS-em lub w "
                                       "internecie. Nie chcesz tych SMS-ow? Odpisz STOP.");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_words),
        cmocka_unit_test(one_segment),
        cmocka_unit_test(in_polish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
