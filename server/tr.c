/* tr.c: fills words of the catalogue into pages. */
#include "server/tr.h"

#include "common/log.h"
#include "server/layout.h"

enum { WORDS_MAX = 16384 };

static void value(struct buf *out, enum language language, const struct tr_value *v)
{
    char when[64];
    switch (v->kind) {
    case TR_TEXT_VALUE:
        buf_str_add(out, v->text);
        return;
    case TR_NUMBER_VALUE:
        language_number(out, language, v->n, "\u00a0");
        return;
    case TR_MONEY_VALUE:
        language_money(out, language, v->n, "\u00a0");
        return;
    case TR_WHEN_VALUE:
        when_text_in(language, v->n, when);
        buf_str_add(out, when);
        return;
    }
}

struct filling {
    struct buf *out;
    enum language language;
    const struct tr_value *values;
};

static void literal(void *context, const char *words, size_t len)
{
    const struct filling *f = context;
    buf_add(f->out, words, len);
}

static void placeholder(void *context, const char *name, size_t len)
{
    const struct filling *f = context;
    for (const struct tr_value *v = f->values; v->name != NULL; v++) {
        if (strlen(v->name) == len && strncmp(v->name, name, len) == 0) {
            value(f->out, f->language, v);
            return;
        }
    }
    log_bug("no value for a placeholder of %zu letters", len);
}

static void fill(struct buf *out, enum language language, const char *translated,
                 const struct tr_value *values)
{
    words_walk(translated, literal, placeholder, &(struct filling){out, language, values});
}

const char *tr_values(struct arena *a, enum language language, const char *words,
                      const struct tr_value *values)
{
    struct buf text = buf_new(WORDS_MAX);
    fill(&text, language, translate(language, words), values);
    const char *kept = arena_strdup(a, buf_str(&text));
    buf_free(&text);
    return kept;
}

const char *tr_number(struct arena *a, enum language language, const char *one, const char *many,
                      int64_t n)
{
    struct buf text = buf_new(WORDS_MAX);
    fill(&text, language, translate_n(language, one, many, n), TR_VALUES(TR_NUMBER("n", n)));
    const char *kept = arena_strdup(a, buf_str(&text));
    buf_free(&text);
    return kept;
}

static void write(struct html *h, const char *translated, const struct tr_value *values)
{
    struct buf text = buf_new(WORDS_MAX);
    fill(&text, h->language, translated, values);
    html_text(h, buf_str(&text));
    buf_free(&text);
}

void html_tr(struct html *h, const char *words)
{
    html_text(h, translate(h->language, words));
}

void html_tr_values(struct html *h, const char *words, const struct tr_value *values)
{
    write(h, translate(h->language, words), values);
}

void html_trn(struct html *h, const char *one, const char *many, int64_t n)
{
    write(h, translate_n(h->language, one, many, n), TR_VALUES(TR_NUMBER("n", n)));
}

void html_tr_p(struct html *h, const char *words)
{
    html_raw(h, "<p class=\"govuk-body\">");
    html_tr(h, words);
    html_raw(h, "</p>\n");
}

void html_tr_p_values(struct html *h, const char *words, const struct tr_value *values)
{
    html_raw(h, "<p class=\"govuk-body\">");
    html_tr_values(h, words, values);
    html_raw(h, "</p>\n");
}

void html_tr_h2(struct html *h, const char *words)
{
    html_raw(h, "<h2 class=\"govuk-heading-m\">");
    html_tr(h, words);
    html_raw(h, "</h2>\n");
}

void html_written(struct html *h, const char *text)
{
    if (h->language == LANGUAGE_EN) {
        html_text(h, text);
        return;
    }
    html_raw(h, "<span lang=\"en-GB\" dir=\"ltr\">");
    html_text(h, text);
    html_raw(h, "</span>");
}
