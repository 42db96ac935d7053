/* plain.c: the parts of Unicode's compatibility folding that a vote by text needs. */
#include "sms/plain.h"
#include "common/utf8.h"
#include "sms/gsm7.h"

/* The zeros of the decimal digits (general category Nd, Unicode 15): nine more follow each. */
static const uint32_t zeros[] = {
    0x0660,  0x06F0,  0x07C0,  0x0966,  0x09E6,  0x0A66,  0x0AE6,  0x0B66,  0x0BE6,  0x0C66,
    0x0CE6,  0x0D66,  0x0DE6,  0x0E50,  0x0ED0,  0x0F20,  0x1040,  0x1090,  0x17E0,  0x1810,
    0x1946,  0x19D0,  0x1A80,  0x1A90,  0x1B50,  0x1BB0,  0x1C40,  0x1C50,  0xA620,  0xA8D0,
    0xA900,  0xA9D0,  0xA9F0,  0xAA50,  0xABF0,  0xFF10,  0x104A0, 0x10D30, 0x11066, 0x110F0,
    0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950,
    0x11C50, 0x11D50, 0x11DA0, 0x11F50, 0x16A60, 0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2,
    0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E4F0, 0x1E950, 0x1FBF0, 0x2080, /* subscripts are not Nd,
                                                                              and read as digits all
                                                                              the same */
};

/* The digit as a character, or 0. */
static char digit(uint32_t point)
{
    for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++)
        if (point >= zeros[i] && point < zeros[i] + 10)
            return (char)('0' + (point - zeros[i]));
    if (point >= 0x2460 && point <= 0x2468) /* circled 1 to 9 */
        return (char)('1' + (point - 0x2460));
    if (point == 0x24EA || point == 0x2070) /* circled 0, superscript 0 */
        return '0';
    if (point >= 0x2074 && point <= 0x2079)
        return (char)('4' + (point - 0x2074));
    if (point == 0xB2 || point == 0xB3)
        return (char)('2' + (point - 0xB2));
    return point == 0xB9 ? '1' : 0;
}

/* Joiners, variation selectors, the keycap's frame, direction marks, accents of their own. */
static bool invisible(uint32_t point)
{
    return point == 0x061C || (point >= 0x200B && point <= 0x200F) ||
           (point >= 0x202A && point <= 0x202E) || (point >= 0x2060 && point <= 0x2069) ||
           (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0x0300 && point <= 0x036F) ||
           point == 0x20E3 || point == 0xFEFF || point == 0xAD;
}

/* Commas, full stops and the like that stand among the letters of their scripts (general category
 * Po, Unicode 15): Greek, Armenian, Hebrew, Arabic, Syriac, Indic, Thai, Burmese, Ethiopic, Khmer,
 * Mongolian. */
static bool mark(uint32_t point)
{
    static const uint32_t marks[][2] = {
        {0x00F7, 0x00F7}, {0x037E, 0x037E}, {0x0387, 0x0387}, {0x055A, 0x055F}, {0x0589, 0x058A},
        {0x05BE, 0x05C0}, {0x05C3, 0x05C3}, {0x05F3, 0x05F4}, {0x0609, 0x060D}, {0x061B, 0x061B},
        {0x061D, 0x061F}, {0x066A, 0x066D}, {0x06D4, 0x06D4}, {0x0700, 0x070D}, {0x0964, 0x0965},
        {0x0970, 0x0970}, {0x0E4F, 0x0E4F}, {0x0E5A, 0x0E5B}, {0x104A, 0x104F}, {0x1360, 0x1368},
        {0x17D4, 0x17D6}, {0x17D8, 0x17DA}, {0x1800, 0x180A},
    };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (point >= marks[i][0] && point <= marks[i][1])
            return true;
    return false;
}

/* Letters are words, so that "not" in any script is never overlooked; the rest separates. */
static bool letter(uint32_t point)
{
    return (point >= 0x00C0 && point <= 0x1FFF) || (point >= 0x2C00 && point <= 0x2DFF) ||
           (point >= 0x3040 && point <= 0xD7FF) || (point >= 0xF900 && point <= 0xFDFF) ||
           (point >= 0xFE70 && point <= 0xFEFE) || (point >= 0x10000 && point <= 0x1CFFF) ||
           (point >= 0x1D400 && point <= 0x1EFFF) || (point >= 0x1F110 && point <= 0x1F189) ||
           (point >= 0x20000 && point <= 0x3FFFF) || (point >= 0x2100 && point <= 0x214F) ||
           (point >= 0x249C && point <= 0x24E9);
}

static void fold(uint32_t point, const char *bytes, size_t len, struct buf *out)
{
    char one[5] = {0};
    struct buf folded = buf_new(8);

    memcpy(one, bytes, len < 4 ? len : 4);
    gsm7_fold(one, &folded);
    const char *s = buf_str(&folded);
    if (s[0] > 0 && s[1] == '\0' && s[0] != '?')
        buf_char(out, s[0]);
    else
        buf_char(out, letter(point) ? PLAIN_LETTER : ' ');
    buf_free(&folded);
}

static void add(uint32_t point, const char *bytes, size_t len, struct buf *out)
{
    char d = digit(point);

    if (d != 0)
        buf_char(out, d);
    else if (point == '\n' || point == 0x2028 || point == 0x2029)
        buf_char(out, '\n');
    else if (point < 0x20 || point == 0x7F)
        buf_char(out, ' ');
    else if (point < 0x7F)
        buf_char(out, (char)point);
    else if (invisible(point))
        return;
    else if (point == 0xD7) /* 1275×3 */
        buf_char(out, 'x');
    else if (mark(point))
        buf_char(out, ' ');
    else if (point >= 0xFF01 && point <= 0xFF5E)
        buf_char(out, (char)(point - 0xFF01 + '!'));
    else if (point == UTF8_BAD)
        buf_char(out, ' ');
    else
        fold(point, bytes, len, out);
}

void plain_text(const char *utf8, size_t len, struct buf *out)
{
    size_t at = 0;

    while (at < len) {
        size_t from = at;
        uint32_t point = utf8_next(utf8, len, &at);
        if (point != 0)
            add(point, utf8 + from, at - from, out);
    }
}

size_t plain_origin(const char *utf8, size_t len, size_t plain)
{
    struct buf out = buf_new(len + 1);
    size_t at = 0;

    while (at < len && out.len < plain) {
        size_t from = at;
        uint32_t point = utf8_next(utf8, len, &at);
        if (point != 0)
            add(point, utf8 + from, at - from, &out);
    }
    buf_free(&out);
    return at;
}
