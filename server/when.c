/* when.c: moments as residents read them, in Europe/London.
 *
 * Summer time is reckoned here, by its rule, so that no page depends on the machine's time zone
 * data or TZ: clocks are an hour ahead of UTC from 01:00 UTC on the last Sunday of March until
 * 01:00 UTC on the last Sunday of October (Summer Time Order 2002, SI 2002/262). */
#include "server/layout.h"
#include "server/tr.h"

enum { SECOND = 1000000, HOUR = 3600, DAY = 24 * HOUR };

/* Whole phrases, since other languages inflect what stands in them. */
static const char *const DAYS[] = {N_("Sunday"),   N_("Monday"), N_("Tuesday"), N_("Wednesday"),
                                   N_("Thursday"), N_("Friday"), N_("Saturday")};
static const char *const AT_ON[] = {N_("Sunday at {clock}"),   N_("Monday at {clock}"),
                                    N_("Tuesday at {clock}"),  N_("Wednesday at {clock}"),
                                    N_("Thursday at {clock}"), N_("Friday at {clock}"),
                                    N_("Saturday at {clock}")};
static const char *const DATES[] = {
    N_("{day} January"),   N_("{day} February"), N_("{day} March"),    N_("{day} April"),
    N_("{day} May"),       N_("{day} June"),     N_("{day} July"),     N_("{day} August"),
    N_("{day} September"), N_("{day} October"),  N_("{day} November"), N_("{day} December")};

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

static void clock_12(const struct tm *t, char out[16])
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

static void clock_words(enum language language, const struct tm *t, char out[16])
{
    if (!language_ways(language)->clock_24)
        clock_12(t, out);
    else if (t->tm_sec != 0)
        snprintf(out, 16, "%d:%02d:%02d", t->tm_hour, t->tm_min, t->tm_sec);
    else
        snprintf(out, 16, "%d:%02d", t->tm_hour, t->tm_min);
}

/* Translated words with their values, as far as `size` bytes hold them. */
static void say(char *out, size_t size, enum language language, const char *words,
                const struct tr_value *values)
{
    struct arena a = arena_new(4096);
    snprintf(out, size, "%s", tr_values(&a, language, words, values));
    arena_free(&a);
}

static void day_of(enum language language, const struct tm *t, char out[40])
{
    say(out, 40, language, DATES[t->tm_mon], TR_VALUES(TR_NUMBER("day", t->tm_mday)));
}

static void date_of(enum language language, const struct tm *t, char out[40])
{
    char day[40], year[8];
    day_of(language, t, day);
    snprintf(year, sizeof year, "%d", (t->tm_year + 1900) % 10000);
    say(out, 40, language, "{day} {year}", TR_VALUES(TR_TEXT("day", day), TR_TEXT("year", year)));
}

void when_text_in(enum language language, int64_t unix_us, char out[64])
{
    struct tm t = london(unix_us);
    char hour[16], date[40];
    clock_words(language, &t, hour);
    date_of(language, &t, date);
    /* "Midnight on Sunday" is read both ways; this is not. */
    bool begins = t.tm_hour == 0 && t.tm_min == 0 && t.tm_sec == 0;
    say(out, 64, language,
        begins ? N_("{clock} at the start of {weekday} {date}") : N_("{clock} on {weekday} {date}"),
        TR_VALUES(TR_TEXT("clock", hour), TR_TEXT("weekday", translate(language, DAYS[t.tm_wday])),
                  TR_TEXT("date", date)));
}

void when_text(int64_t unix_us, char out[64])
{
    when_text_in(LANGUAGE_EN, unix_us, out);
}

void when_date_in(enum language language, int64_t unix_us, char out[40])
{
    struct tm t = london(unix_us);
    date_of(language, &t, out);
}

void when_date(int64_t unix_us, char out[40])
{
    when_date_in(LANGUAGE_EN, unix_us, out);
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
static void short_clock(enum language language, const struct tm *t, char out[16])
{
    if (t->tm_hour == 0 && t->tm_min == 0 && t->tm_sec == 0)
        snprintf(out, 16, "00:00");
    else
        clock_words(language, t, out);
}

void when_short_in(enum language language, int64_t unix_us, int days, char out[64])
{
    struct tm t = london(unix_us);
    char hour[16];
    short_clock(language, &t, hour);
    const struct tr_value *values = TR_VALUES(TR_TEXT("clock", hour));
    if (days == 0)
        say(out, 64, language, N_("today at {clock}"), values);
    else if (days == 1)
        say(out, 64, language, N_("tomorrow at {clock}"), values);
    else if (days > 1 && days < 7)
        say(out, 64, language, AT_ON[t.tm_wday], values);
    else if (days >= 7 && days <= 300)
        day_of(language, &t, out);
    else
        date_of(language, &t, out);
}
