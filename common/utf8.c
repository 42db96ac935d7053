/* utf8.c: a strict decoder of UTF-8 (RFC 3629) that never reads past its input. */
#include "common/utf8.h"

/* Length of the sequence that `first` begins and the least code point that needs it. */
static size_t sequence(uint8_t first, uint32_t *least)
{
    if (first >= 0xC2 && first <= 0xDF) {
        *least = 0x80;
        return 2;
    }
    if (first >= 0xE0 && first <= 0xEF) {
        *least = 0x800;
        return 3;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        *least = 0x10000;
        return 4;
    }
    return 0;
}

uint32_t utf8_next(const char *bytes, size_t len, size_t *at)
{
    uint8_t first = (uint8_t)bytes[(*at)++];
    uint32_t least = 0;
    size_t n = sequence(first, &least);

    if (first < 0x80)
        return first;
    if (n == 0 || len - *at < n - 1)
        return UTF8_BAD;
    uint32_t point = first & (0x7FU >> n);
    for (size_t i = 0; i < n - 1; i++) {
        uint8_t next = (uint8_t)bytes[*at + i];
        if ((next & 0xC0) != 0x80)
            return UTF8_BAD;
        point = point << 6 | (next & 0x3FU);
    }
    if (point < least || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
        return UTF8_BAD;
    *at += n - 1;
    return point;
}

/* Length of the well-formed sequence at `s`, 0 when there is none (Unicode, table 3-7). */
static size_t utf8_sequence(const unsigned char *s, size_t len)
{
    unsigned char low = 0x80, high = 0xBF;
    size_t n;
    if (s[0] < 0x80)
        return 1;
    if (s[0] >= 0xC2 && s[0] <= 0xDF) {
        n = 2;
    } else if (s[0] >= 0xE0 && s[0] <= 0xEF) {
        n = 3;
        low = s[0] == 0xE0 ? 0xA0 : 0x80;
        high = s[0] == 0xED ? 0x9F : 0xBF;
    } else if (s[0] >= 0xF0 && s[0] <= 0xF4) {
        n = 4;
        low = s[0] == 0xF0 ? 0x90 : 0x80;
        high = s[0] == 0xF4 ? 0x8F : 0xBF;
    } else {
        return 0;
    }
    if (n > len || s[1] < low || s[1] > high)
        return 0;
    for (size_t i = 2; i < n; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    return n;
}

bool utf8_valid(const char *s, size_t len)
{
    const unsigned char *bytes = (const unsigned char *)s;
    for (size_t i = 0; i < len;) {
        size_t n = utf8_sequence(bytes + i, len - i);
        if (n == 0)
            return false;
        i += n;
    }
    return true;
}
