/* utf8.c: a strict decoder of UTF-8 (RFC 3629) that never reads past its input. */
#include "sms/utf8.h"

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
