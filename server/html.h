/* html.h: the only way to write HTML. Text and attributes are escaped; raw markup is a string
 * literal or does not compile. */
#ifndef WM_HTML_H
#define WM_HTML_H

#include "common/language.h"

enum { HTML_MAX = 4 << 20 };

struct html {
    struct buf out;
    enum language language; /* English, until layout_begin says what the page is in */
};

struct html html_new(void);
void html_free(struct html *h);

/* Markup: literals only ("" x "" refuses variables at compile time). */
#define html_raw(h, literal) html_raw_bytes((h), "" literal "", sizeof(literal) - 1)
void html_raw_bytes(struct html *h, const char *literal, size_t len);

/* Text between tags; & < > " ' are escaped, control characters other than LF and TAB dropped, and
 * what no XML may hold. */
void html_text(struct html *h, const char *text);
/* printf, then escaped as text. */
void html_textf(struct html *h, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* ` name="escaped value"`; name is a literal. */
void html_attr(struct html *h, const char *name, const char *value);
void html_attrf(struct html *h, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* £1,234 or £1,234.50 from pence, as the page's language writes it; in <bdi> where that runs from
 * the right. */
void html_money(struct html *h, int64_t pence);
/* A number with thousands separators. */
void html_number(struct html *h, int64_t n);
/* The same two for words outside a page (messages, titles, CSV). */
void money_text(struct buf *b, int64_t pence);
void number_text(struct buf *b, int64_t n);

#endif
