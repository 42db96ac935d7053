/* when.c: moments as residents read them, in Europe/London.
 *
 * Summer time is reckoned here, by its rule, so that no page depends on the machine's time zone
 * data or TZ: clocks are an hour ahead of UTC from 01:00 UTC on the last Sunday of March until
 * 01:00 UTC on the last Sunday of October (Summer Time Order 2002, SI 2002/262). */
#include "server/layout.h"

enum { SECOND = 1000000, HOUR = 3600, DAY = 24 * HOUR };

static const char *const DAYS[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                   "Thursday", "Friday", "Saturday"};
static const char *const MONTHS[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

/* 01:00 UTC on the last Sunday of a month of 31 days. */
static time_t last_sunday(int year, int month)
{
    struct tm last = {.tm_year = year, .tm_mon = month, .tm_mday = 31, .tm_hour = 1};
    time_t at = timegm(&last);
    return at - (time_t)last.tm_wday * DAY;
}

/* The whole second, before 1970 too. */
static time_t second_of(int64_t unix_us)
{
    return (time_t)(unix_us / SECOND - (unix_us % SECOND < 0 ? 1 : 0));
}

static struct tm london(int64_t unix_us)
{
    struct tm t;
    time_t at = second_of(unix_us);
    gmtime_r(&at, &t);
    if (at >= last_sunday(t.tm_year, 2) && at < last_sunday(t.tm_year, 9)) {
        at += HOUR;
        gmtime_r(&at, &t);
    }
    return t;
}

static void clock_words(const struct tm *t, char out[16])
{
    int hour = t->tm_hour % 12 == 0 ? 12 : t->tm_hour % 12;
    const char *half = t->tm_hour < 12 ? "am" : "pm";
    if (t->tm_sec != 0)
        snprintf(out, 16, "%d:%02d:%02d%s", hour, t->tm_min, t->tm_sec, half);
    else if (t->tm_min != 0)
        snprintf(out, 16, "%d:%02d%s", hour, t->tm_min, half);
    else if (hour != 12)
        snprintf(out, 16, "%d%s", hour, half);
    else
        snprintf(out, 16, "%s", t->tm_hour == 0 ? "midnight" : "midday");
}

void when_text(int64_t unix_us, char out[64])
{
    struct tm t = london(unix_us);
    char hour[16];
    clock_words(&t, hour);
    /* "Midnight on Sunday" is read both ways; this is not. */
    const char *link = t.tm_hour == 0 && t.tm_min == 0 && t.tm_sec == 0 ? "at the start of" : "on";
    snprintf(out, 64, "%s %s %s %d %s %d", hour, link, DAYS[t.tm_wday], t.tm_mday, MONTHS[t.tm_mon],
             t.tm_year + 1900);
}

void when_date(int64_t unix_us, char out[40])
{
    struct tm t = london(unix_us);
    snprintf(out, 40, "%d %s %d", t.tm_mday, MONTHS[t.tm_mon], t.tm_year + 1900);
}

void when_utc(int64_t unix_us, char out[24])
{
    struct tm t;
    time_t at = second_of(unix_us);
    gmtime_r(&at, &t);
    strftime(out, 24, "%Y-%m-%dT%H:%M:%SZ", &t);
}

void when_iso(int64_t unix_us, char out[40])
{
    out[0] = '\0';
    if (unix_us == DB_NO_TIME)
        return;
    struct tm t = london(unix_us);
    snprintf(out, 40, "%04d-%02d-%02d", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday);
}

int64_t when_minute(int64_t unix_us)
{
    return unix_us - unix_us % ((int64_t)60 * SECOND);
}

/* A midnight belongs to the day that it begins, which "Sunday at midnight" does not say. */
static void short_clock(const struct tm *t, char out[16])
{
    if (t->tm_hour == 0 && t->tm_min == 0 && t->tm_sec == 0)
        snprintf(out, 16, "00:00");
    else
        clock_words(t, out);
}

void when_short(int64_t unix_us, int days, char out[64])
{
    struct tm t = london(unix_us);
    char hour[16];
    short_clock(&t, hour);
    if (days == 0)
        snprintf(out, 64, "today at %s", hour);
    else if (days == 1)
        snprintf(out, 64, "tomorrow at %s", hour);
    else if (days > 1 && days < 7)
        snprintf(out, 64, "%s at %s", DAYS[t.tm_wday], hour);
    else if (days >= 7 && days <= 300)
        snprintf(out, 64, "%d %s", t.tm_mday, MONTHS[t.tm_mon]);
    else
        when_date(unix_us, out);
}
