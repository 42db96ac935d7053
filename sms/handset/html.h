/* html.h: writes HTML. Raw markup is a string literal or it does not compile; everything else is
 * escaped. Any thread, one buf a thread. */
#ifndef WM_HANDSET_HTML_H
#define WM_HANDSET_HTML_H

#include "common/buf.h"

/* Appends a literal as it is. */
#define html_raw(out, literal) buf_add((out), "" literal "", sizeof(literal) - 1)
/* Appends a literal in which every {} is replaced by the next string, escaped:
 *     html_put(out, "<a href=\"{}\">{}</a>", path, name); */
#define html_put(out, literal, ...)                                                                \
    html_fill((out), "" literal "", (const char *const[]){__VA_ARGS__},                            \
              sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/* Text and attribute values alike: & < > " ' become entities. */
void html_text(struct buf *out, const char *s);
void html_fill(struct buf *out, const char *literal, const char *const *values, size_t n);

#endif
