/* test_sms_grammar.c: what people text, and what we read in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sms/grammar.h"
#include "sms/plain.h"

#define CODE "1234567890123"

struct row {
    const char *body;
    enum text_kind kind;
    const char *numbers; /* "1275 1359", for those that vote */
};

static const struct row rows[] = {
    /* the forms that we print */
    {"VOTE 123 456 789 0123 1275 1359", TEXT_VOTE, "1275 1359"},
    {"V 1234567890123 1275", TEXT_VOTE, "1275"},
    {"1234567890123 1275", TEXT_VOTE, "1275"},
    {"CHOOSE 1234567890123 1275", TEXT_VOTE, "1275"},
    {"YES 123 456 789 0123 4017", TEXT_YES, "4017"},
    {"NO 123 456 789 0123 4017", TEXT_NO, "4017"},
    {"Y 1234567890123 4017", TEXT_YES, "4017"},
    {"VOTE NO 1234567890123 4017", TEXT_NO, "4017"},
    {"1234567890123 4017 yes", TEXT_YES, "4017"},
    {"1234567890123 4017 No thanks", TEXT_NO, "4017"},
    /* as people type */
    {"vote 1234567890123 1275, 1359 and 2716 please", TEXT_VOTE, "1275 1359 2716"},
    {"  Vote: 123-456-789-0123. 1275/1359;2716 & 1428+1580\n", TEXT_VOTE,
     "1275 1359 2716 1428 1580"},
    {"VOTE123 456 789 0123 1275", TEXT_VOTE, "1275"},
    {"vote1234567890123 1275", TEXT_VOTE, "1275"},
    {"VOTE 1 2 3 4 5 6 7 8 9 0 1 2 3 1275", TEXT_VOTE, "1275"},
    {"VOTE 12345678901231275", TEXT_VOTE, "1275"},
    {"VOTE 1234567890123 12751359", TEXT_VOTE, "1275 1359"},
    {"VOTE 1234567890123 1275 1275 1275", TEXT_VOTE, "1275"},
    {"VOTE l23 456 789 Ol23 1275", TEXT_VOTE, "1275"},
    {"VOTE I23 456 789 OI23 I275", TEXT_VOTE, "1275"},
    {"VOTE 1234567890123 0O17", TEXT_VOTE, "0017"},
    {"VTOE 1234567890123 1275", TEXT_VOTE, "1275"},
    {"VOTR 1234567890123 1275", TEXT_VOTE, "1275"},
    {"OVTE 1234567890123 1275", TEXT_VOTE, "1275"},
    {"VOT 1234567890123 1275", TEXT_VOTE, "1275"},
    {"VOTEE 1234567890123 1275", TEXT_VOTE, "1275"},
    {"Hi, please vote 1234567890123 for projects 1275 and 1359 x", TEXT_VOTE, "1275 1359"},
    {"VOTE\n1234567890123\n1275\n1359\nSent from my phone", TEXT_VOTE, "1275 1359"},
    {"VOTE 1234567890123 1275 \xF0\x9F\x91\x8D", TEXT_VOTE, "1275"},
    {"\xE2\x80\x9CVOTE 1234567890123\xE2\x80\x9D \xE2\x80\x93 1275", TEXT_VOTE, "1275"},
    {"VOTE\xC2\xA0"
     "123\xE2\x80\xAF"
     "456\xE2\x80\x89"
     "789\xC2\xA0"
     "0123 1275",
     TEXT_VOTE, "1275"},
    /* digits of other scripts: Arabic-Indic, Persian, Devanagari, full width, keycaps, circled */
    {"\xD9\xA1\xD9\xA2\xD9\xA3\xD9\xA4\xD9\xA5\xD9\xA6\xD9\xA7\xD9\xA8\xD9\xA9\xD9\xA0\xD9\xA1\xD9"
     "\xA2"
     "\xD9\xA3 \xD9\xA1\xD9\xA2\xD9\xA7\xD9\xA5",
     TEXT_VOTE, "1275"},
    {"VOTE 1234567890123 \xDB\xB1\xDB\xB2\xDB\xB7\xDB\xB5", TEXT_VOTE, "1275"},
    {"VOTE 1234567890123 \xE0\xA5\xA7\xE0\xA5\xA8\xE0\xA5\xAD\xE0\xA5\xAB", TEXT_VOTE, "1275"},
    {"\xEF\xBC\xB6\xEF\xBC\xAF\xEF\xBC\xB4\xEF\xBC\xA5 1234567890123 "
     "\xEF\xBC\x91\xEF\xBC\x92\xEF\xBC\x97\xEF\xBC\x95",
     TEXT_VOTE, "1275"},
    {"VOTE 1234567890123 1\xEF\xB8\x8F\xE2\x83\xA3"
     "2\xEF\xB8\x8F\xE2\x83\xA3"
     "7\xEF\xB8\x8F\xE2\x83\xA3"
     "5\xEF\xB8\x8F\xE2\x83\xA3",
     TEXT_VOTE, "1275"},
    {"VOTE 1234567890123 \xE2\x91\xA0\xE2\x91\xA1\xE2\x91\xA6\xE2\x91\xA4", TEXT_VOTE, "1275"},
    /* nothing is guessed */
    {"VOTE 1234567890123 not 1275", TEXT_UNCLEAR, NULL},
    {"VOTE 1234567890123 1275 or 1359", TEXT_UNCLEAR, NULL},
    {"VOTE 1234567890123 1275 not", TEXT_UNCLEAR, NULL},
    {"VOTE 1234567890123 1275\nbut not 1359", TEXT_UNCLEAR, NULL},
    {"VOTE 1234567890123 no 1275", TEXT_UNCLEAR, NULL},
    {"YES 1234567890123 4017 no", TEXT_UNCLEAR, NULL},
    {"1234567890123 4017 yes 4018", TEXT_UNCLEAR, NULL},
    {"VOTE 1234567890123 \xD0\xBD\xD0\xB5 1275", TEXT_UNCLEAR, NULL},
    {"OFFER 1428 I can drive people", TEXT_UNCLEAR, NULL},
    {"VOTE 1234567890123 127", TEXT_BAD_NUMBER, "127"},
    {"VOTE 1234567890123 12 75", TEXT_BAD_NUMBER, "12"},
    {"VOTE 1234567890123 1275 13590", TEXT_BAD_NUMBER, "13590"},
    {"VOTE 1234567890123 A127", TEXT_BAD_NUMBER, "A127"},
    {"VOTE 1234567890123 12th", TEXT_BAD_NUMBER, "12th"},
    {"VOTE 123 456 789 012 1275", TEXT_BAD_CODE, NULL},
    {"VOTE 123 456 789 01234 1275", TEXT_BAD_CODE, NULL},
    {"VOTE 1275 1359", TEXT_NO_CODE, NULL},
    {"VOTE 1273", TEXT_NO_CODE, NULL},
    {"VOTE 1234567890123", TEXT_NO_NUMBERS, NULL},
    {"YES 123 456 789 0123", TEXT_NO_NUMBERS, NULL},
    /* keywords of every network */
    {"STOP", TEXT_STOP, NULL},
    {"Stop. Thank you", TEXT_STOP, NULL},
    {"please stop", TEXT_STOP, NULL},
    {"STOP ALL", TEXT_STOP, NULL},
    {"unsubscribe!", TEXT_STOP, NULL},
    {"STOP 1234567890123 1275", TEXT_STOP, NULL},
    {"START", TEXT_START, NULL},
    {"News please", TEXT_NEWS, NULL},
    {"help", TEXT_HELP, NULL},
    {"INFO please", TEXT_HELP, NULL},
    {"?", TEXT_HELP, NULL},
    {"", TEXT_HELP, NULL},
    {" \n\t ", TEXT_HELP, NULL},
    {"\xF0\x9F\x98\x80\xF0\x9F\x98\x80", TEXT_HELP, NULL},
    {"VOTE", TEXT_HELP, NULL},
    {"Hello?", TEXT_HELP, NULL},
    {"yes", TEXT_HELP, NULL},
    {"\xFF\xFE\xC0\xAF", TEXT_HELP, NULL},
};

static void numbers_of(const struct text *t, struct buf *out)
{
    for (size_t i = 0; i < t->n; i++)
        buf_fmt(out, "%s%04u", i > 0 ? " " : "", t->numbers[i]);
}

static void every_form(void **state)
{
    struct buf numbers = buf_new(1000);
    struct text t;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        text_read(rows[i].body, strlen(rows[i].body), &t);
        if (t.kind != rows[i].kind)
            fail_msg("\"%s\" is %d, not %d", rows[i].body, t.kind, rows[i].kind);
        if (rows[i].kind <= TEXT_NO) {
            buf_clear(&numbers);
            numbers_of(&t, &numbers);
            assert_string_equal(buf_str(&numbers), rows[i].numbers);
            assert_string_equal(t.code, CODE);
        } else if (rows[i].numbers != NULL) {
            assert_string_equal(t.word, rows[i].numbers);
        }
    }
    buf_free(&numbers);
}

static void sixty_numbers_and_no_more(void **state)
{
    struct buf body = buf_new(10000);
    struct text t;

    (void)state;
    buf_str_add(&body, "VOTE " CODE);
    for (int i = 0; i < 60; i++)
        buf_fmt(&body, " %04d %04d", i, i);
    text_read(body.data, body.len, &t);
    assert_int_equal(t.kind, TEXT_VOTE);
    assert_int_equal(t.n, 60);
    buf_str_add(&body, " 0060");
    text_read(body.data, body.len, &t);
    assert_int_equal(t.kind, TEXT_TOO_MANY);
    buf_free(&body);
}

static void a_text_of_a_megabyte(void **state)
{
    static const char *const fills[] = {"7",    "VOTE ", "1275 ", "\xF0\x9F\x98\x80",
                                        "\xFF", "O",     "x"};
    struct buf body = buf_new(2 << 20);
    struct text t;

    (void)state;
    for (size_t i = 0; i < sizeof fills / sizeof *fills; i++) {
        buf_clear(&body);
        while (body.len < 1 << 20)
            buf_str_add(&body, fills[i]);
        text_read(body.data, body.len, &t);
        assert_true(t.n <= BALLOT_PICKS_MAX);
        assert_int_not_equal(t.kind, TEXT_YES);
    }
    buf_free(&body);
}

static void a_nul_inside_is_not_the_end(void **state)
{
    static const char body[] = "VOTE " CODE " 12\0"
                               "75";
    struct text t;

    (void)state;
    text_read(body, sizeof body - 1, &t);
    assert_int_equal(t.kind, TEXT_VOTE);
    assert_int_equal(t.numbers[0], 1275);
}

static void near_numbers(void **state)
{
    (void)state;
    assert_true(number_near(1590, 1580));
    assert_true(number_near(1590, 5190));
    assert_true(number_near(17, 1017));
    assert_true(number_near(1275, 1257));
    assert_false(number_near(1275, 1275));
    assert_false(number_near(1275, 1346));
    assert_false(number_near(1275, 2517));
    assert_false(number_near(1295, 1592));
}

static void plain_words(void **state)
{
    struct buf out = buf_new(100);

    (void)state;
    plain_text("\xC5\xB5\xC3\xB6t\xC3\xAA\r\n\xE2\x80\x8B\xC2\xB2", 14, &out);
    assert_string_equal(buf_str(&out), "w\x01te \n2");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form),           cmocka_unit_test(sixty_numbers_and_no_more),
        cmocka_unit_test(a_text_of_a_megabyte), cmocka_unit_test(a_nul_inside_is_not_the_end),
        cmocka_unit_test(near_numbers),         cmocka_unit_test(plain_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
