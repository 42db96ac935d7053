/* tr.h: words of a page in its reader's language. English words stand in the source; common/po has
 * the others, and `make check-po` says what is missing. Placeholders are in braces. Pure, any
 * thread. */
#ifndef WM_TR_H
#define WM_TR_H

#include "server/html.h"
#include "server/request.h"

/* Of whatever has a `language`: a request, a page, a ballot. Static, never freed. */
#define tr(it, words) translate((it)->language, words)

/* What goes into a placeholder: text, a number, pence, or a moment (µs UTC) in full. */
struct tr_value {
    const char *name; /* NULL ends the list */
    enum { TR_TEXT_VALUE, TR_NUMBER_VALUE, TR_MONEY_VALUE, TR_WHEN_VALUE } kind;
    const char *text;
    int64_t n;
};
#define TR_TEXT(name, text)                                                                        \
    {                                                                                              \
        (name), TR_TEXT_VALUE, (text), 0                                                           \
    }
#define TR_NUMBER(name, n)                                                                         \
    {                                                                                              \
        (name), TR_NUMBER_VALUE, NULL, (n)                                                         \
    }
#define TR_MONEY(name, pence)                                                                      \
    {                                                                                              \
        (name), TR_MONEY_VALUE, NULL, (pence)                                                      \
    }
#define TR_WHEN(name, unix_us)                                                                     \
    {                                                                                              \
        (name), TR_WHEN_VALUE, NULL, (unix_us)                                                     \
    }
#define TR_VALUES(...) ((const struct tr_value[]){__VA_ARGS__, {.name = NULL}})

/* Writes words, escaped; html_trv with values; html_trn by a number, which is the value {n}. */
void html_tr(struct html *h, const char *words);
#define html_trv(h, words, ...) html_tr_values((h), (words), TR_VALUES(__VA_ARGS__))
void html_trn(struct html *h, const char *one, const char *many, int64_t n);
void html_tr_values(struct html *h, const char *words, const struct tr_value *values);
/* A paragraph, a heading (<h2>) of words, and a paragraph with values. */
void html_tr_p(struct html *h, const char *words);
void html_tr_h2(struct html *h, const char *words);
#define html_tr_pv(h, words, ...) html_tr_p_values((h), (words), TR_VALUES(__VA_ARGS__))
void html_tr_p_values(struct html *h, const char *words, const struct tr_value *values);

/* The same as text in the arena, for titles, labels and messages. */
#define trv(arena, it, words, ...)                                                                 \
    tr_values((arena), (it)->language, (words), TR_VALUES(__VA_ARGS__))
const char *tr_values(struct arena *a, enum language language, const char *words,
                      const struct tr_value *values);
#define trn(arena, it, one, many, n) tr_number((arena), (it)->language, (one), (many), (n))
const char *tr_number(struct arena *a, enum language language, const char *one, const char *many,
                      int64_t n);

/* What officers wrote, inside a page of another language: <span lang="en-GB"> there, plain in
 * English. */
void html_written(struct html *h, const char *text);

#endif
