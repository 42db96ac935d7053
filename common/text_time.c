/* text_time.c: reads times as providers write them. */
#include "common/text_time.h"

#include "common/buf.h"
#include <string.h>
#include <time.h>

enum { SECOND_US = 1000000, YEAR_FIRST = 2020, YEAR_LAST = 2100 };

/* Two or four digits at `s`. */
static bool digits(const char *s, int count, int *out)
{
    *out = 0;
    for (int i = 0; i < count; i++) {
        if (s[i] < '0' || s[i] > '9')
            return false;
        *out = *out * 10 + (s[i] - '0');
    }
    return true;
}

/* The year is still a full one. */
static bool in_bounds(const struct tm *t)
{
    return t->tm_year >= YEAR_FIRST && t->tm_year < YEAR_LAST && t->tm_mon >= 0 && t->tm_mon < 12 &&
           t->tm_mday >= 1 && t->tm_mday <= 31 && t->tm_hour < 24 && t->tm_min < 60 &&
           t->tm_sec <= 60;
}

static bool read_clock(const char *s, struct tm *t)
{
    bool good = digits(s, 4, &t->tm_year) && s[4] == '-' && digits(s + 5, 2, &t->tm_mon) &&
                s[7] == '-' && digits(s + 8, 2, &t->tm_mday) && (s[10] == 'T' || s[10] == ' ') &&
                digits(s + 11, 2, &t->tm_hour) && s[13] == ':' && digits(s + 14, 2, &t->tm_min) &&
                s[16] == ':' && digits(s + 17, 2, &t->tm_sec);
    t->tm_mon -= 1;
    good = good && in_bounds(t);
    t->tm_year -= 1900;
    return good;
}

/* ".123456", digits beyond the sixth dropped. Moves *s past them. */
static int64_t fraction_us(const char **s)
{
    int64_t us = 0, unit = SECOND_US / 10;
    if (**s != '.')
        return 0;
    for ((*s)++; **s >= '0' && **s <= '9'; (*s)++, unit /= 10)
        us += (**s - '0') * unit;
    return us;
}

static int month_of(const char *s)
{
    static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    for (int m = 0; m < 12; m++)
        if (strncmp(s, names + 3 * m, 3) == 0)
            return m;
    return -1;
}

/* "Fri, 24 May 2019 17:44:46 +0000" (RFC 5322), as Twilio writes it: always in UTC. */
static bool read_mail_time(const char *s, struct tm *t)
{
    if (strlen(s) != 31 || s[3] != ',' || s[4] != ' ' || strcmp(s + 25, " +0000") != 0)
        return false;
    s += 5;
    t->tm_mon = month_of(s + 3);
    bool good = digits(s, 2, &t->tm_mday) && s[2] == ' ' && t->tm_mon >= 0 && s[6] == ' ' &&
                digits(s + 7, 4, &t->tm_year) && s[11] == ' ' && digits(s + 12, 2, &t->tm_hour) &&
                s[14] == ':' && digits(s + 15, 2, &t->tm_min) && s[17] == ':' &&
                digits(s + 18, 2, &t->tm_sec);
    good = good && in_bounds(t);
    t->tm_year -= 1900;
    return good;
}

int64_t text_time(const char *text)
{
    uint64_t seconds;
    struct tm t = {.tm_isdst = 0};
    if (parse_uint(text, 4102444800, &seconds))
        return seconds >= 1577836800 ? (int64_t)seconds * SECOND_US : TEXT_NO_TIME;
    if (read_mail_time(text, &t))
        return (int64_t)timegm(&t) * SECOND_US;
    t = (struct tm){.tm_isdst = 0};
    if (strlen(text) < 19 || !read_clock(text, &t))
        return TEXT_NO_TIME;
    const char *rest = text + 19;
    int64_t us = fraction_us(&rest);
    if (strcmp(rest, "") != 0 && strcmp(rest, "Z") != 0 && strcmp(rest, "+00:00") != 0)
        return TEXT_NO_TIME;
    return (int64_t)timegm(&t) * SECOND_US + us;
}
