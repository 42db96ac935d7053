/* provider_words.c: reads times and characters as providers write them. */
#include "server/provider_words.h"

#include "common/db.h"
#include "server/request_parse.h"
#include <strings.h>

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

static bool read_clock(const char *s, struct tm *t)
{
    bool good = digits(s, 4, &t->tm_year) && s[4] == '-' && digits(s + 5, 2, &t->tm_mon) &&
                s[7] == '-' && digits(s + 8, 2, &t->tm_mday) && (s[10] == 'T' || s[10] == ' ') &&
                digits(s + 11, 2, &t->tm_hour) && s[13] == ':' && digits(s + 14, 2, &t->tm_min) &&
                s[16] == ':' && digits(s + 17, 2, &t->tm_sec);
    good = good && t->tm_year >= YEAR_FIRST && t->tm_year < YEAR_LAST && t->tm_mon >= 1 &&
           t->tm_mon <= 12 && t->tm_mday >= 1 && t->tm_mday <= 31 && t->tm_hour < 24 &&
           t->tm_min < 60 && t->tm_sec <= 60;
    t->tm_year -= 1900;
    t->tm_mon -= 1;
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

int64_t words_to_time(const char *text)
{
    uint64_t seconds;
    struct tm t = {.tm_isdst = 0};
    if (parse_uint(text, 4102444800, &seconds))
        return seconds >= 1577836800 ? (int64_t)seconds * SECOND_US : DB_NO_TIME;
    if (strlen(text) < 19 || !read_clock(text, &t))
        return DB_NO_TIME;
    const char *rest = text + 19;
    int64_t us = fraction_us(&rest);
    if (strcmp(rest, "") != 0 && strcmp(rest, "Z") != 0 && strcmp(rest, "+00:00") != 0)
        return DB_NO_TIME;
    return (int64_t)timegm(&t) * SECOND_US + us;
}

/* Unicode for 0x80 to 0x9F in windows-1252 (WHATWG Encoding, index windows-1252). */
static const uint16_t windows_1252[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

static void add_utf8(struct buf *b, unsigned point)
{
    if (point < 0x80) {
        buf_char(b, (char)point);
    } else if (point < 0x800) {
        buf_char(b, (char)(0xC0 | point >> 6));
        buf_char(b, (char)(0x80 | (point & 0x3F)));
    } else {
        buf_char(b, (char)(0xE0 | point >> 12));
        buf_char(b, (char)(0x80 | (point >> 6 & 0x3F)));
        buf_char(b, (char)(0x80 | (point & 0x3F)));
    }
}

const char *words_to_utf8(struct arena *arena, const char *words, const char *charset)
{
    bool western = strcasecmp(charset, "windows-1252") == 0 || strcasecmp(charset, "cp1252") == 0 ||
                   strcasecmp(charset, "iso-8859-1") == 0 || strcasecmp(charset, "latin1") == 0;
    size_t len = strlen(words);
    if (!western)
        return utf8_valid(words, len) ? words : NULL;
    struct buf b = buf_new(3 * len + 1);
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)words[i];
        add_utf8(&b, c >= 0x80 && c < 0xA0 ? windows_1252[c - 0x80] : c);
    }
    const char *text = arena_strdup(arena, buf_str(&b));
    buf_free(&b);
    return text;
}
