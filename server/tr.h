/* tr.h: words of a page in its reader's language. English words stand in the source; common/po has
 * the others, and `make check-po` says what is missing. Placeholders are in braces. Pure, any
 * thread. */
#ifndef WM_TR_H
#define WM_TR_H

#include "server/html.h"
#include "server/request.h"

/* Of whatever has a `language`: a request, a page, a ballot. Static, never freed. */
#define tr(it, words) translate((it)->language, words)

/* What goes into a placeholder: text, a number, pence, or a moment (µs UTC) in full or as its day;
 * what officers wrote, which keeps its language; a link, as in "See {a}the rules{/a}.". {b}bold{/b}
 * needs no value; a part that was written before, by itself. In text outside of pages links, bold
 * and parts are left out. */
struct tr_value {
    const char *name; /* NULL ends the list */
    enum {
        TR_TEXT_VALUE,
        TR_NUMBER_VALUE,
        TR_MONEY_VALUE,
        TR_WHEN_VALUE,
        TR_DATE_VALUE,
        TR_WRITTEN_VALUE,
        TR_PLACE_VALUE,
        TR_LINK_VALUE,
        TR_PART_VALUE,
        TR_DECIMAL_VALUE
    } kind;
    const char *text;
    int64_t n;
    const struct html *part;
    enum language language; /* of what officers wrote */
};
#define TR_TEXT(key, words)                                                                        \
    {                                                                                              \
        .name = (key), .kind = TR_TEXT_VALUE, .text = (words)                                      \
    }
#define TR_NUMBER(key, number)                                                                     \
    {                                                                                              \
        .name = (key), .kind = TR_NUMBER_VALUE, .n = (number)                                      \
    }
/* "2.5", which is "2,5" in Polish. */
#define TR_DECIMAL(key, digits)                                                                    \
    {                                                                                              \
        .name = (key), .kind = TR_DECIMAL_VALUE, .text = (digits)                                  \
    }
#define TR_MONEY(key, pence)                                                                       \
    {                                                                                              \
        .name = (key), .kind = TR_MONEY_VALUE, .n = (pence)                                        \
    }
#define TR_WHEN(key, unix_us)                                                                      \
    {                                                                                              \
        .name = (key), .kind = TR_WHEN_VALUE, .n = (unix_us)                                       \
    }
#define TR_DATE(key, unix_us)                                                                      \
    {                                                                                              \
        .name = (key), .kind = TR_DATE_VALUE, .n = (unix_us)                                       \
    }
#define TR_WRITTEN(key, words) TR_WRITTEN_IN((key), (words), LANGUAGE_EN)
/* The same where it may have been translated. */
#define TR_WRITTEN_IN(key, words, in)                                                              \
    {                                                                                              \
        .name = (key), .kind = TR_WRITTEN_VALUE, .text = (words), .language = (in)                 \
    }
/* A place's name in the middle of a sentence: with its article where English wants one. */
#define TR_PLACE(key, words)                                                                       \
    {                                                                                              \
        .name = (key), .kind = TR_PLACE_VALUE, .text = (words)                                     \
    }
#define TR_LINK(key, href)                                                                         \
    {                                                                                              \
        .name = (key), .kind = TR_LINK_VALUE, .text = (href)                                       \
    }
#define TR_PART(key, written)                                                                      \
    {                                                                                              \
        .name = (key), .kind = TR_PART_VALUE, .part = (written)                                    \
    }
#define TR_NONE        ((const struct tr_value[]){{.name = NULL}})
#define TR_VALUES(...) ((const struct tr_value[]){__VA_ARGS__, {.name = NULL}})

/* "the " where an English sentence puts it before that place's name ("City of York"), else "". A
 * TR_PLACE has it, with a capital where the words begin with the place. */
const char *place_the(const char *name);

/* Writes words, escaped; html_trv with values; html_trn by a number, which is the value {n};
 * html_trnv with both. */
void html_tr(struct html *h, const char *words);
#define html_trv(h, words, ...)   html_tr_values((h), (words), TR_VALUES(__VA_ARGS__))
#define html_trn(h, one, many, n) html_tr_number((h), (one), (many), (n), TR_NONE)
#define html_trnv(h, one, many, n, ...)                                                            \
    html_tr_number((h), (one), (many), (n), TR_VALUES(__VA_ARGS__))
void html_tr_number(struct html *h, const char *one, const char *many, int64_t n,
                    const struct tr_value *values);
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
#define trn(arena, it, one, many, n) tr_number((arena), (it)->language, (one), (many), (n), TR_NONE)
#define trnv(arena, it, one, many, n, ...)                                                         \
    tr_number((arena), (it)->language, (one), (many), (n), TR_VALUES(__VA_ARGS__))
const char *tr_number(struct arena *a, enum language language, const char *one, const char *many,
                      int64_t n, const struct tr_value *values);

/* A moment (µs UTC) in full, and its day. */
void html_when(struct html *h, int64_t unix_us);
void html_date(struct html *h, int64_t unix_us);

/* The attributes lang and dir of an open tag, where what it holds is in another language than the
 * page. */
void html_lang(struct html *h, enum language language);
/* What officers wrote, inside a page of another language: <span lang="en-GB"> there, plain in
 * English. */
void html_written(struct html *h, const char *text);
/* The same where it may have been translated: plain where the page is in that language. */
void html_written_in(struct html *h, enum language language, const char *text);
/* What is of no language or of whichever its writer took, like a receipt or a reader’s own words:
 * <bdi> inside a page of another language. */
void html_own(struct html *h, const char *text);

#endif
