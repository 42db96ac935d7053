/* gsm7.c: the GSM 7-bit default alphabet, its extension, and counting segments by them. */
#include "sms/gsm7.h"
#include "common/utf8.h"

enum { GSM7_ALONE = 160, GSM7_PART = 153, UCS2_ALONE = 70, UCS2_PART = 67 };

/* Characters of the basic alphabet that are not ASCII. */
static const uint16_t basic[] = {
    0xA3,  0xA5,  0xE8,  0xE9,  0xF9,  0xEC,  0xF2,  0xC7,  0xD8,  0xF8, 0xC5, 0xE5, 0x394,
    0x3A6, 0x393, 0x39B, 0x3A9, 0x3A0, 0x3A8, 0x3A3, 0x398, 0x39E, 0xC6, 0xE6, 0xDF, 0xC9,
    0xA4,  0xA1,  0xC4,  0xD6,  0xD1,  0xDC,  0xA7,  0xBF,  0xE4,  0xF6, 0xF1, 0xFC, 0xE0,
};

/* Bases of letters that GSM-7 lacks: Latin-1 from U+00C0, Latin Extended-A from U+0100 (Unicode
 * decompositions). A dot: not a letter, or in GSM-7 already. */
static const char latin1[] = "AAAA....E.EEIIIID.OOOO...UUU.YT."
                             ".aaa...c..ee.iiid..ooo....uu.yty";
static const char latin_a[] = "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGg"
                              "GgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlL"
                              "lLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSs"
                              "SsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

static bool in_basic(uint32_t point)
{
    if (point == '\n' || point == '\r')
        return true;
    if (point >= 0x20 && point <= 0x7A)
        return point != '`' && !(point >= '[' && point <= '^');
    for (size_t i = 0; i < sizeof basic / sizeof *basic; i++)
        if (basic[i] == point)
            return true;
    return false;
}

unsigned gsm7_septets(uint32_t point)
{
    if (in_basic(point))
        return 1;
    return point == 0x20AC || point == '\f' ||
                   (point != 0 && point < 0x80 && strchr("^{}\\[~]|", (int)point) != NULL)
               ? 2
               : 0;
}

/* Parts of `per` units for characters of `width(point)` units that are not split. */
static size_t parts(const char *utf8, size_t len, size_t per, unsigned (*width)(uint32_t))
{
    size_t n = 1, used = 0, at = 0;

    while (at < len) {
        unsigned w = width(utf8_next(utf8, len, &at));
        if (used + w > per) {
            n++;
            used = 0;
        }
        used += w;
    }
    return n;
}

static unsigned ucs2_units(uint32_t point)
{
    return point > 0xFFFF ? 2 : 1;
}

struct text_size gsm7_size(const char *utf8)
{
    size_t len = strlen(utf8), at = 0, septets = 0, units = 0;
    struct text_size size = {.alphabet = ALPHABET_GSM7};

    while (at < len) {
        uint32_t point = utf8_next(utf8, len, &at);
        unsigned w = gsm7_septets(point);
        if (w == 0)
            size.alphabet = ALPHABET_UCS2;
        septets += w;
        units += ucs2_units(point);
    }
    if (size.alphabet == ALPHABET_GSM7) {
        size.units = septets;
        size.segments = septets <= GSM7_ALONE ? 1 : parts(utf8, len, GSM7_PART, gsm7_septets);
    } else {
        size.units = units;
        size.segments = units <= UCS2_ALONE ? 1 : parts(utf8, len, UCS2_PART, ucs2_units);
    }
    return size;
}

static char plain_mark(uint32_t point)
{
    switch (point) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x2032:
    case 0xB4:
    case '`':
        return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0xAB:
    case 0xBB:
        return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
        return '-';
    case 0xA0:
    case 0x2009:
    case 0x202F:
    case '\t':
        return ' ';
    case 0xB7:
    case 0x2022:
        return '.';
    default:
        return '?';
    }
}

static char plain(uint32_t point)
{
    char c = '.';

    if (point >= 0xC0 && point < 0xC0 + sizeof latin1 - 1)
        c = latin1[point - 0xC0];
    else if (point >= 0x100 && point < 0x100 + sizeof latin_a - 1)
        c = latin_a[point - 0x100];
    return c != '.' ? c : plain_mark(point);
}

void gsm7_fold(const char *utf8, struct buf *out)
{
    size_t len = strlen(utf8), at = 0;

    while (at < len) {
        size_t from = at;
        uint32_t point = utf8_next(utf8, len, &at);
        if (gsm7_septets(point) != 0)
            buf_add(out, utf8 + from, at - from);
        else if (point == 0x2026)
            buf_str_add(out, "...");
        else
            buf_char(out, plain(point));
    }
}
