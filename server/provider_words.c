/* provider_words.c: reads characters as providers write them. */
#include "server/provider_words.h"
#include "common/utf8.h"

#include "server/request_parse.h"
#include <strings.h>

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
