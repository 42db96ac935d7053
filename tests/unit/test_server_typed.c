/* test_server_typed.c: what officers type, read strictly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/buf.h"
#include "server/typed.h"

static void money_is_exact(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        int64_t pence;
    } good[] = {
        {"1234", 123400},
        {"1,234.50", 123450},
        {"£ 24,400", 2440000},
        {"0.01", 1},
        {"1234.5", 123450},
        {"£1 234.05", 123405},
        {"1000000000", 100000000000},
        {"0.29", 29},
        {"1,000,000,000.00", 100000000000},
    };
    static const char *const bad[] = {
        "",   "0",   "0.00", "-5",  "12.345", "1.2.3",         "1e3",
        "£",  "abc", "12p",  ".50", "12.",    "1000000000.01", "99999999999999999999",
        "$5", "0x10"};
    int64_t pence;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        pence = -1;
        assert_true(typed_money(good[i].typed, &pence));
        assert_int_equal(pence, good[i].pence);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        pence = -1;
        assert_false(typed_money(bad[i], &pence));
        assert_int_equal(pence, -1);
    }
}

static void dates_exist(void **state)
{
    (void)state;
    static const char *const good[][2] = {{"14/12/2026", "2026-12-14"},
                                          {"1/2/2027", "2027-02-01"},
                                          {"2026-12-14", "2026-12-14"},
                                          {"14 12 2026", "2026-12-14"},
                                          {"29.2.2028", "2028-02-29"}};
    static const char *const bad[] = {"",           "29/2/2027", "31/4/2027",   "14/12/26",
                                      "12/14/2026", "14/12",     "14/12/2026x", "99999/1/1",
                                      "0/1/2027",   "tomorrow",  "1//2027"};
    char out[11];
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(typed_date(good[i][0], out));
        assert_string_equal(out, good[i][1]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(typed_date(bad[i], out));
}

static void times_are_of_either_clock(void **state)
{
    (void)state;
    static const char *const good[][2] = {
        {"21:00", "21:00:00"},  {"9pm", "21:00:00"},      {"9:30 PM", "21:30:00"},
        {"9.30pm", "21:30:00"}, {"12am", "00:00:00"},     {"12pm", "12:00:00"},
        {"00:00", "00:00:00"},  {"23:59:59", "23:59:59"}, {"09:05", "09:05:00"}};
    static const char *const bad[] = {"",         "9",     "24:00", "21:60",
                                      "21:00:60", "13pm",  "0am",   "21:00 o'clock",
                                      "noon",     "-1:00", "9:"};
    char out[9];
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(typed_time(good[i][0], out));
        assert_string_equal(out, good[i][1]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(typed_time(bad[i], out));
}

static void short_names_fit_a_text(void **state)
{
    (void)state;
    assert_true(typed_short_name("Zebra crossing"));
    assert_true(typed_short_name("1234567890123456"));
    assert_true(typed_short_name("Café £5"));
    assert_true(typed_short_name("ÄÖÜäöüßñÑ§¿¡èéùì"));
    assert_false(typed_short_name(""));
    assert_false(typed_short_name("12345678901234567"));
    assert_false(typed_short_name("Bench 😀"));
    assert_false(typed_short_name("Zebra [new]")); /* the extension table: two septets */
    assert_false(typed_short_name("€5"));
    assert_false(typed_short_name("Łódź"));
    assert_false(typed_short_name("`tick`"));
    assert_false(typed_short_name("two\nlines"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(money_is_exact),
        cmocka_unit_test(dates_exist),
        cmocka_unit_test(times_are_of_either_clock),
        cmocka_unit_test(short_names_fit_a_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
