/* test_sms_bulk.c: the words of bulk texts: true at any hour, and never more than one segment. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sms/bulk.h"
#include "sms/gsm7.h"

static const char *const occasions[] = {"opened", "closing", "result"};

static void assert_says(const char *occasion, const char *title, const char *words)
{
    struct buf out = buf_new(1000);
    bulk_words(occasion, title, "9pm Sun 14 Dec", &out);
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
static void one_segment(void **state)
{
    static const char *const fills[] = {"W", "€", "ż", "[", "\xf0\x9f\x97\xb3"};
    (void)state;
    for (size_t f = 0; f < sizeof fills / sizeof *fills; f++) {
        struct buf title = buf_new(1000);
        for (int i = 0; i < 120; i++)
            buf_str_add(&title, fills[f]);
        for (size_t o = 0; o < 3; o++) {
            struct buf out = buf_new(1000);
            bulk_words(occasions[o], buf_str(&title), "the end of Wed 30 Sep", &out);
            struct text_size size = gsm7_size(buf_str(&out));
            print_message("# %s: %zu septets, %zu segment\n", occasions[o], size.units,
                          size.segments);
            assert_int_equal(size.alphabet, ALPHABET_GSM7);
            assert_int_equal(size.segments, 1);
            assert_true(size.units >= 159);
            assert_non_null(strstr(buf_str(&out), "reply STOP."));
            buf_free(&out);
        }
        buf_free(&title);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_words),
        cmocka_unit_test(one_segment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
