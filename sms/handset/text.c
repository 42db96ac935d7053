/* text.c: UTF-8, JSON and numbers for reading. */
#include "sms/handset/text.h"

#include "common/utf8.h"

size_t text_step(const char *s)
{
    return *s == '\0' ? 0 : utf8_length(s, strnlen(s, 4));
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

void text_number(struct buf *out, const char *e164)
{
    if (strncmp(e164, "+447", 4) == 0 && strlen(e164) == 13)
        buf_fmt(out, "0%.4s %s", e164 + 3, e164 + 7);
    else
        buf_str_add(out, e164);
}
