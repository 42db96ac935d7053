/* typed.c: money, dates, times and short names as people type them. */
#include "server/typed.h"

#include <strings.h>

#include "common/buf.h"

enum { PENCE_MAX_DIGITS = 12, POUNDS_MAX = 32 };
static const int64_t PENCE_MAX = 100000000000;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Past "£" (two bytes in UTF-8) and spaces. */
static const char *past_pound(const char *s)
{
    while (*s == ' ')
        s++;
    if (strncmp(s, "£", sizeof "£" - 1) == 0)
        s += sizeof "£" - 1;
    while (*s == ' ')
        s++;
    return s;
}

/* False: it is no amount of pence, 0 to the greatest. */
static bool read_pence(const char *typed, int64_t *pence)
{
    int64_t value = 0;
    int digits = 0, decimals = -1;
    for (const char *s = past_pound(typed); *s != '\0'; s++) {
        if ((*s == ',' || *s == ' ') && decimals < 0)
            continue;
        if (*s == '.' && decimals < 0 && digits > 0) {
            decimals = 0;
            continue;
        }
        if (!is_digit(*s) || decimals == 2 || digits == PENCE_MAX_DIGITS)
            return false;
        value = value * 10 + (*s - '0');
        digits++;
        decimals += decimals >= 0;
    }
    for (int i = decimals < 0 ? 0 : decimals; i < 2; i++)
        value *= 10;
    if (digits == 0 || decimals == 0 || value > PENCE_MAX)
        return false;
    *pence = value;
    return true;
}

bool typed_money(const char *typed, int64_t *pence)
{
    int64_t value;
    if (!read_pence(typed, &value) || value < 1)
        return false;
    *pence = value;
    return true;
}

bool typed_money_or_none(const char *typed, int64_t *pence)
{
    return read_pence(typed, pence);
}

/* Up to `max` runs of digits with single separators between; returns how many, -1 for anything
 * else. *rest is what follows the last run. */
static int numbers(const char *s, const char *separators, int max, unsigned value[],
                   const char **rest)
{
    int n = 0;
    for (;;) {
        int digits = 0;
        value[n] = 0;
        for (; is_digit(*s) && digits < 5; s++, digits++)
            value[n] = value[n] * 10 + (unsigned)(*s - '0');
        if (digits == 0 || digits == 5)
            return -1;
        n++;
        if (n == max || *s == '\0' || strchr(separators, *s) == NULL)
            break;
        s++;
    }
    *rest = s;
    return n;
}

static bool date_exists(unsigned year, unsigned month, unsigned day)
{
    struct tm t = {
        .tm_year = (int)year - 1900, .tm_mon = (int)month - 1, .tm_mday = (int)day, .tm_hour = 12};
    struct tm wanted = t;
    timegm(&t);
    return year >= 2020 && year <= 2199 && t.tm_year == wanted.tm_year &&
           t.tm_mon == wanted.tm_mon && t.tm_mday == wanted.tm_mday;
}

bool typed_date(const char *typed, char out[11])
{
    unsigned v[3];
    const char *rest;
    if (numbers(typed, "/-. ", 3, v, &rest) != 3 || *rest != '\0')
        return false;
    unsigned year = v[0] > 99 ? v[0] : v[2];
    unsigned day = v[0] > 99 ? v[2] : v[0];
    if (!date_exists(year, v[1], day))
        return false;
    snprintf(out, 11, "%04u-%02u-%02u", year % 10000, v[1] % 100, day % 100);
    return true;
}

/* Turns 12-hour into 24-hour by "am" or "pm"; false when neither follows, or nonsense. */
static bool half_day(const char *rest, unsigned *hour)
{
    while (*rest == ' ')
        rest++;
    bool pm = strcasecmp(rest, "pm") == 0;
    if ((!pm && strcasecmp(rest, "am") != 0) || *hour < 1 || *hour > 12)
        return false;
    *hour = *hour % 12 + (pm ? 12u : 0u);
    return true;
}

bool typed_time(const char *typed, char out[9])
{
    unsigned v[3] = {0, 0, 0};
    const char *rest;
    int n = numbers(typed, ":.", 3, v, &rest);
    if (n < 1 || (n == 1 && *rest == '\0') || (*rest != '\0' && !half_day(rest, &v[0])))
        return false;
    for (int i = n; i < 3; i++)
        v[i] = 0;
    if (v[0] > 23 || v[1] > 59 || v[2] > 59)
        return false;
    snprintf(out, 9, "%02u:%02u:%02u", v[0] % 100, v[1] % 100, v[2] % 100);
    return true;
}

/* The basic set beside ASCII's part of it. */
static const char gsm_more[] = "£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà";

static bool is_gsm(const char *c, size_t len)
{
    if (len == 1)
        return *c >= ' ' && *c < 127 && strchr("[]{}\\^~|`", *c) == NULL;
    return len == 2 && memmem(gsm_more, sizeof gsm_more - 1, c, len) != NULL;
}

bool typed_short_name(const char *typed)
{
    int n = 0;
    for (const char *s = typed; *s != '\0'; n++) {
        size_t len = 1;
        while (((unsigned char)s[len] & 0xc0) == 0x80)
            len++;
        if (n == TYPED_SHORT_NAME_MAX || !is_gsm(s, len))
            return false;
        s += len;
    }
    return n > 0;
}

size_t typed_length(const char *typed)
{
    size_t n = 0;
    for (; *typed != '\0'; typed++)
        n += ((unsigned char)*typed & 0xc0) != 0x80;
    return n;
}

void typed_pounds_add(struct buf *out, int64_t pence)
{
    buf_fmt(out, "%lld.%02d", (long long)(pence / 100), (int)(pence % 100));
}

const char *typed_pounds(struct arena *a, int64_t pence)
{
    struct buf text = buf_new(POUNDS_MAX);
    typed_pounds_add(&text, pence);
    const char *pounds = arena_strdup(a, buf_str(&text));
    buf_free(&text);
    return pounds;
}
