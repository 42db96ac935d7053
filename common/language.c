/* language.c: looks words up in the catalogues that are linked in. */
#include "common/language.h"

#include "common/language_private.h"
#include "common/log.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *tag, *marked, *name;
    bool rtl;
    struct language_ways ways;
} languages[LANGUAGES] = {
    [LANGUAGE_EN] =
        {"en", "en-GB", "English", false, {.group = ",", .group_from = 4, .point = '.'}},
    [LANGUAGE_PL] = {"pl",
                     "pl",
                     "Polski",
                     false,
                     {.group_from = 5,
                      .point = ',',
                      .pound_behind = true,
                      .clock_24 = true,
                      .ordinal_points = true}},
    [LANGUAGE_AR_XB] = {"ar-XB",
                        "ar-XB",
                        "\u202eMirrored\u202c",
                        true,
                        {.group = ",", .group_from = 4, .point = '.'}},
};

const struct language_ways *language_ways(enum language language)
{
    return &languages[language].ways;
}

const char *language_tag(enum language language)
{
    return languages[language].tag;
}

const char *language_marked(enum language language)
{
    return languages[language].marked;
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
    return languages[language].rtl;
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

void words_walk(const char *words, void (*literal)(void *context, const char *words, size_t len),
                void (*placeholder)(void *context, const char *name, size_t len), void *context)
{
    const char *open, *end;

    while ((open = strchr(words, '{')) != NULL) {
        literal(context, words, (size_t)(open - words));
        end = strchr(open, '}');
        MUST(end != NULL);
        placeholder(context, open + 1, (size_t)(end - open - 1));
        words = end + 1;
    }
    literal(context, words, strlen(words));
}

static void grouped(struct buf *out, enum language language, uint64_t n, const char *space)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%llu", (unsigned long long)n);
    const struct language_ways *w = language_ways(language);

    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0 && len >= w->group_from)
            buf_str_add(out, w->group != NULL ? w->group : space);
        buf_char(out, digits[i]);
    }
}

/* Its size, without overflow for the smallest number there is; the sign is written. */
static uint64_t unsigned_of(struct buf *out, int64_t n)
{
    if (n < 0)
        buf_char(out, '-');
    return n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
}

void language_number(struct buf *out, enum language language, int64_t n, const char *space)
{
    grouped(out, language, unsigned_of(out, n), space);
}

void language_money(struct buf *out, enum language language, int64_t pence, const char *space)
{
    const struct language_ways *w = language_ways(language);
    uint64_t size = unsigned_of(out, pence);

    if (!w->pound_behind)
        buf_str_add(out, "£");
    grouped(out, language, size / 100, space);
    if (size % 100 != 0)
        buf_fmt(out, "%c%02u", w->point, (unsigned)(size % 100));
    if (w->pound_behind) {
        buf_str_add(out, space);
        buf_str_add(out, "£");
    }
}

void language_decimal(struct buf *out, enum language language, const char *decimal)
{
    for (; *decimal != '\0'; decimal++)
        buf_char(out, *decimal == '.' ? language_ways(language)->point : *decimal);
}
