/* language.h: the languages that residents read, and the catalogue of their words.
 *
 * The English words in the source are the keys, as everywhere with gettext: xgettext collects them
 * (make po), translators fill common/po/LANGUAGE.po, msgfmt checks it, and common/po/embed.sh makes
 * it a table that is linked in. gettext's own look-up is not used at run time: glibc's speaks only
 * languages whose locale is installed on the machine (a bare Debian has none but C), and chooses
 * by setlocale, uselocale or LANGUAGE, where we answer each text and each page in another language.
 * Here the language is an argument: any thread, any machine, nothing to install or to lose.
 *
 * A key in braces, like {area}, is a placeholder: a translation has the same ones in any order. */
#ifndef WM_LANGUAGE_H
#define WM_LANGUAGE_H

#include "common/buf.h"

enum language {
    LANGUAGE_EN, /* the source */
    LANGUAGE_PL,
    LANGUAGE_AR_XB, /* for tests: CLDR's pseudo-locale that is read from right to left, whose words
                       are the English ones between U+202E and U+202C */
    LANGUAGES
};

/* For xgettext: words in a table, to be translated when they are said; NN_: with their plural. */
#define N_(words)      words
#define NN_(one, many) one, many

/* As in HTML and in the database: "en", "pl", "ar-XB". */
const char *language_tag(enum language language);
/* As what is read is marked with (lang, xml:lang): the English is British, "en-GB". */
const char *language_marked(enum language language);
/* False, and *out alone, where `tag` is none of ours. */
bool language_read(const char *tag, enum language *out);
/* Its own name, as a link to it says. */
const char *language_name(enum language language);
bool language_is_rtl(enum language language);

/* The words in a language; the English ones where there is no translation (a test fails then). The
 * result is static. */
const char *translate(enum language language, const char *words);
/* Likewise by a number: gettext's ngettext, with the plural rule of the language's .po. */
const char *translate_n(enum language language, const char *one, const char *many, int64_t n);
/* True where there is one; in English always. */
bool language_has(enum language language, const char *words);

/* Takes words apart: `literal` is called for what stands between placeholders, `placeholder` with
 * the name in braces, in their order. */
void words_walk(const char *words, void (*literal)(void *context, const char *words, size_t len),
                void (*placeholder)(void *context, const char *name, size_t len), void *context);

/* How a language writes numbers, money and time: one row each (CLDR 44). */
struct language_ways {
    const char *group; /* between thousands; NULL: the space that is given */
    int group_from;    /* the least number of digits that are grouped: minimumGroupingDigits + 3 */
    char point;        /* before a fraction */
    bool pound_behind; /* "3543 £" */
    bool clock_24;     /* 21:00, and the day ends at 24:00 */
    bool ordinal_points; /* "2." for "2nd" */
};
const struct language_ways *language_ways(enum language language);

/* A decimal number as computers write it ("2.5", "40"), with the language's point. */
void language_decimal(struct buf *out, enum language language, const char *decimal);
/* "12,000"; in Polish "12 000", and "3543". */
void language_number(struct buf *out, enum language language, int64_t n, const char *space);
/* "£12,000.50"; in Polish "12 000,50 £" and "3543 £", as CLDR 44 writes them. `space` is put
 * between thousands and before the sign, where the language has one: U+00A0, or " " in a text. */
void language_money(struct buf *out, enum language language, int64_t pence, const char *space);

#endif
