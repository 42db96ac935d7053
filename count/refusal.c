/* refusal.c: refusals that name the line and repeat the user's words safely. */
#include "count/refusal.h"

#include <stdarg.h>

bool refuse(struct refusal *r, size_t line, const char *format, ...)
{
    va_list args;
    r->line = line;
    va_start(args, format);
    vsnprintf(r->text, sizeof(r->text), format, args);
    va_end(args);
    return false;
}

/* A file that somebody was sent must not be able to drive the terminal of whoever checks it. */
struct quote quote_part(const char *words, size_t len)
{
    struct quote q = {.text = ""};
    size_t keep = len;
    if (len > QUOTE_MAX) {
        keep = QUOTE_MAX;
        while (keep > 0 && ((unsigned char)words[keep] & 0xC0) == 0x80)
            keep--;
    }
    for (size_t i = 0; i < keep; i++) {
        unsigned char c = (unsigned char)words[i];
        bool c1_control = c == 0xC2 && i + 1 < keep && (unsigned char)words[i + 1] < 0xA0;
        q.text[i] = c < 0x20 || c == 0x7F ? '?' : (char)c;
        if (c1_control) {
            q.text[i] = '?';
            q.text[++i] = '?';
        }
    }
    if (keep < len)
        memcpy(q.text + keep, "...", 4);
    return q;
}

struct quote quote(const char *words)
{
    return quote_part(words, strlen(words));
}
