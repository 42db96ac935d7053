/* language.c: looks words up in the catalogues that are linked in. */
#include "common/language.h"

#include "common/language_private.h"
#include "common/log.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *tag, *name;
} languages[LANGUAGES] = {
    [LANGUAGE_EN] = {"en", "English"},
    [LANGUAGE_PL] = {"pl", "Polski"},
    [LANGUAGE_AR_XB] = {"ar-XB", "\u202eMirrored\u202c"},
};

const char *language_tag(enum language language)
{
    return languages[language].tag;
}

bool language_read(const char *tag, enum language *out)
{
    for (enum language i = 0; i < LANGUAGES; i++)
        if (strcmp(languages[i].tag, tag) == 0) {
            *out = i;
            return true;
        }
    return false;
}

const char *language_name(enum language language)
{
    return languages[language].name;
}

bool language_is_rtl(enum language language)
{
    return language == LANGUAGE_AR_XB;
}

static int by_words(const void *a, const void *b)
{
    return strcmp(((const struct translation *)a)->words, ((const struct translation *)b)->words);
}

static pthread_once_t sorted = PTHREAD_ONCE_INIT;

static void sort_all(void)
{
    for (size_t i = 0; i < LANGUAGES; i++)
        if (catalogues[i].n > 0)
            qsort(catalogues[i].all, catalogues[i].n, sizeof *catalogues[i].all, by_words);
}

static const struct translation *find(enum language language, const char *words)
{
    const struct catalogue *c = &catalogues[language];
    const struct translation key = {.words = words};

    if (c->n == 0)
        return NULL;
    MUST(pthread_once(&sorted, sort_all) == 0);
    return bsearch(&key, c->all, c->n, sizeof *c->all, by_words);
}

bool language_has(enum language language, const char *words)
{
    return language == LANGUAGE_EN || find(language, words) != NULL;
}

const char *translate(enum language language, const char *words)
{
    const struct translation *t = find(language, words);

    return t != NULL ? t->forms[0] : words;
}

const char *translate_n(enum language language, const char *one, const char *many, int64_t n)
{
    const struct translation *t = find(language, one);
    unsigned long count = n < 0 ? 0 : (unsigned long)n;

    if (t == NULL)
        return n == 1 ? one : many;
    unsigned form = catalogues[language].plural(count);
    MUST(form < PLURALS && t->forms[form] != NULL);
    return t->forms[form];
}

/* Polish groups no four digits: CLDR's minimumGroupingDigits of pl is 2. */
static void grouped(struct buf *out, int64_t pounds, const char *mark, int least)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)pounds);

    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0 && len >= least)
            buf_str_add(out, mark);
        buf_char(out, digits[i]);
    }
}

void money_words(struct buf *out, enum language language, int64_t pence, const char *space)
{
    bool pl = language == LANGUAGE_PL;

    if (!pl)
        buf_str_add(out, "£");
    grouped(out, pence / 100, pl ? space : ",", pl ? 5 : 4);
    if (pence % 100 != 0)
        buf_fmt(out, "%s%02d", pl ? "," : ".", (int)(pence % 100));
    if (pl) {
        buf_str_add(out, space);
        buf_str_add(out, "£");
    }
}
