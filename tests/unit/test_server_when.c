/* test_server_when.c: moments in Europe/London, on both sides of every change of the clocks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/layout.h"

/* Unix microseconds of a moment in UTC. */
static int64_t utc(int year, int month, int day, int hour, int minute, int second)
{
    struct tm t = {.tm_year = year - 1900,
                   .tm_mon = month - 1,
                   .tm_mday = day,
                   .tm_hour = hour,
                   .tm_min = minute,
                   .tm_sec = second};
    return (int64_t)timegm(&t) * 1000000;
}

static void assert_when(int64_t at, const char *expected)
{
    char out[64];
    when_text(at, out);
    assert_string_equal(out, expected);
}

static void winter_and_summer(void **state)
{
    (void)state;
    assert_when(utc(2026, 12, 14, 21, 0, 0), "9pm on Monday 14 December 2026");
    assert_when(utc(2026, 6, 14, 20, 0, 0), "9pm on Sunday 14 June 2026");
    assert_when(utc(2026, 6, 14, 20, 30, 0), "9:30pm on Sunday 14 June 2026");
    assert_when(utc(2026, 6, 14, 20, 30, 15), "9:30:15pm on Sunday 14 June 2026");
    assert_when(utc(2026, 6, 14, 20, 0, 5), "9:00:05pm on Sunday 14 June 2026");
}

static void noon_and_midnight(void **state)
{
    (void)state;
    assert_when(utc(2026, 1, 5, 12, 0, 0), "midday on Monday 5 January 2026");
    assert_when(utc(2026, 1, 5, 12, 30, 0), "12:30pm on Monday 5 January 2026");
    assert_when(utc(2026, 1, 5, 0, 0, 0), "midnight at the start of Monday 5 January 2026");
    assert_when(utc(2026, 1, 5, 0, 1, 0), "12:01am on Monday 5 January 2026");
    /* In summer the day changes an hour earlier by UTC. */
    assert_when(utc(2026, 7, 5, 23, 0, 0), "midnight at the start of Monday 6 July 2026");
}

static void clocks_go_forward(void **state)
{
    (void)state;
    assert_when(utc(2026, 3, 29, 0, 59, 59), "12:59:59am on Sunday 29 March 2026");
    assert_when(utc(2026, 3, 29, 1, 0, 0), "2am on Sunday 29 March 2026");
    /* 31 March 2024 and 2030 are themselves Sundays. */
    assert_when(utc(2024, 3, 31, 0, 59, 0), "12:59am on Sunday 31 March 2024");
    assert_when(utc(2024, 3, 31, 1, 0, 0), "2am on Sunday 31 March 2024");
}

static void clocks_go_back(void **state)
{
    (void)state;
    assert_when(utc(2026, 10, 25, 0, 59, 59), "1:59:59am on Sunday 25 October 2026");
    assert_when(utc(2026, 10, 25, 1, 0, 0), "1am on Sunday 25 October 2026");
    assert_when(utc(2027, 10, 31, 0, 30, 0), "1:30am on Sunday 31 October 2027");
    assert_when(utc(2027, 10, 31, 1, 30, 0), "1:30am on Sunday 31 October 2027");
}

static void days(void **state)
{
    (void)state;
    char out[40];
    when_date(utc(2026, 12, 31, 23, 59, 59), out);
    assert_string_equal(out, "31 December 2026");
    when_date(utc(2026, 6, 30, 23, 30, 0), out);
    assert_string_equal(out, "1 July 2026");
    when_date(utc(2026, 12, 31, 23, 59, 59) + 999999, out);
    assert_string_equal(out, "31 December 2026");
    when_date(-1, out);
    assert_string_equal(out, "31 December 1969");
}

static void assert_short(int ahead, const char *expected)
{
    char out[64];
    when_short_in(LANGUAGE_EN, utc(2026, 12, 14, 21, 0, 0), ahead, out);
    assert_string_equal(out, expected);
}

static void in_short(void **state)
{
    (void)state;
    assert_short(0, "today at 9pm");
    assert_short(1, "tomorrow at 9pm");
    assert_short(2, "Monday at 9pm");
    assert_short(6, "Monday at 9pm");
    assert_short(7, "14 December");
    assert_short(300, "14 December");
    assert_short(301, "14 December 2026");
    assert_short(-1, "14 December 2026");
    char out[64];
    when_short_in(LANGUAGE_EN, utc(2026, 12, 14, 0, 0, 0), 3, out);
    assert_string_equal(out, "Monday at 00:00");
}

static void assert_polish(int64_t at, const char *whole, int days, const char *shortly)
{
    char out[64];
    when_text_in(LANGUAGE_PL, at, out);
    assert_string_equal(out, whole);
    when_short_in(LANGUAGE_PL, at, days, out);
    assert_string_equal(out, shortly);
}

/* Sunday 14 December 2025, 21:00; and 1 January 2026, 0:00. */
static void in_polish(void **state)
{
    const int64_t evening = 1765746000, new_year = 1767225600, second = 1000000;
    (void)state;
    assert_polish(evening * second, "niedziela 14 grudnia 2025, godz. 21:00", 0, "dziś o 21:00");
    assert_polish(evening * second, "niedziela 14 grudnia 2025, godz. 21:00", 3,
                  "w niedzielę o 21:00");
    assert_polish(new_year * second, "czwartek 1 stycznia 2026, godz. 0:00", 1, "jutro o 00:00");
    assert_polish(new_year * second, "czwartek 1 stycznia 2026, godz. 0:00", 30, "1 stycznia");
    assert_polish(new_year * second, "czwartek 1 stycznia 2026, godz. 0:00", 400,
                  "1 stycznia 2026");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_polish),         cmocka_unit_test(winter_and_summer),
        cmocka_unit_test(noon_and_midnight), cmocka_unit_test(clocks_go_forward),
        cmocka_unit_test(clocks_go_back),    cmocka_unit_test(days),
        cmocka_unit_test(in_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
