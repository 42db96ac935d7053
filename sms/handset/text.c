/* text.c: UTF-8, JSON, percent-encoding and numbers for reading. */
#include "sms/handset/text.h"

#include <ctype.h>

static bool follows(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

size_t text_step(const char *s)
{
    unsigned char a = (unsigned char)s[0];
    unsigned char b = a ? (unsigned char)s[1] : 0;
    if (a == 0)
        return 0;
    if (a < 0x80)
        return 1;
    if (a >= 0xc2 && a <= 0xdf)
        return follows(s[1]) ? 2 : 0;
    if (a >= 0xe0 && a <= 0xef) {
        bool overlong = a == 0xe0 && b < 0xa0;
        bool surrogate = a == 0xed && b > 0x9f;
        return follows(s[1]) && follows(s[2]) && !overlong && !surrogate ? 3 : 0;
    }
    if (a >= 0xf0 && a <= 0xf4) {
        bool overlong = a == 0xf0 && b < 0x90;
        bool beyond = a == 0xf4 && b > 0x8f;
        return follows(s[1]) && follows(s[2]) && follows(s[3]) && !overlong && !beyond ? 4 : 0;
    }
    return 0;
}

bool text_is_clean(const char *s, bool lines)
{
    while (*s) {
        size_t n = text_step(s);
        bool control = (unsigned char)*s < 0x20 || *s == 0x7f;
        bool c1 = n == 2 && (unsigned char)s[0] == 0xc2 && (unsigned char)s[1] < 0xa0;
        if (n == 0 || c1 || (control && !(lines && *s == '\n')))
            return false;
        s += n;
    }
    return true;
}

void text_unify_lines(char *s)
{
    char *out = s;
    for (; *s; s++) {
        if (*s == '\r') {
            *out++ = '\n';
            if (s[1] == '\n')
                s++;
        } else {
            *out++ = *s;
        }
    }
    *out = '\0';
}

void text_json(struct buf *out, const char *s)
{
    buf_char(out, '"');
    for (; *s; s++) {
        if (*s == '"' || *s == '\\')
            buf_char(out, '\\');
        if ((unsigned char)*s < 0x20)
            buf_fmt(out, "\\u%04x", (unsigned)(unsigned char)*s);
        else
            buf_char(out, *s);
    }
    buf_char(out, '"');
}

static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool text_unpercent(char *s)
{
    char *out = s;
    for (; *s; s++) {
        if (*s != '%') {
            *out++ = *s == '+' ? ' ' : *s;
            continue;
        }
        int high = digit(s[1]);
        int low = high < 0 ? -1 : digit(s[2]);
        if (low < 0 || high * 16 + low == 0)
            return false;
        *out++ = (char)(high * 16 + low);
        s += 2;
    }
    *out = '\0';
    return true;
}

void text_number(struct buf *out, const char *e164)
{
    if (strncmp(e164, "+447", 4) == 0 && strlen(e164) == 13)
        buf_fmt(out, "0%.4s %s", e164 + 3, e164 + 7);
    else
        buf_str_add(out, e164);
}
