/* html.c: the one place where text becomes HTML. */
#include "sms/handset/html.h"

#include "common/log.h"

void html_text(struct buf *out, const char *s)
{
    for (; *s; s++) {
        switch (*s) {
        case '&':
            buf_str_add(out, "&amp;");
            break;
        case '<':
            buf_str_add(out, "&lt;");
            break;
        case '>':
            buf_str_add(out, "&gt;");
            break;
        case '"':
            buf_str_add(out, "&quot;");
            break;
        case '\'':
            buf_str_add(out, "&#39;");
            break;
        default:
            buf_char(out, *s);
        }
    }
}

void html_fill(struct buf *out, const char *literal, const char *const *values, size_t n)
{
    size_t used = 0;
    for (const char *hole = strstr(literal, "{}"); hole; hole = strstr(literal, "{}")) {
        buf_add(out, literal, (size_t)(hole - literal));
        MUST(used < n);
        html_text(out, values[used++]);
        literal = hole + 2;
    }
    MUST(used == n);
    buf_str_add(out, literal);
}
