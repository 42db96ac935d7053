/* tr.c: fills words of the catalogue into pages. */
#include "server/tr.h"

#include "common/log.h"
#include "server/layout.h"

enum { WORDS_MAX = 16384 };

/* Where words go to: text, or a page with its markup (then `out` is only one value). */
struct filling {
    struct buf *out;
    struct html *h; /* or NULL */
    const char *words;
    enum language language;
    const struct tr_value *values;
    int64_t n; /* {n}, where no value has that name */
};

static bool is_name(const char *name, size_t len, const char *one)
{
    return strlen(one) == len && strncmp(one, name, len) == 0;
}

static const struct tr_value *value_of(const struct filling *f, const char *name, size_t len)
{
    for (const struct tr_value *v = f->values; v->name != NULL; v++) {
        if (is_name(name, len, v->name))
            return v;
    }
    return NULL;
}

const char *place_the(const char *name)
{
    static const char *const with[] = {
        "Borough of ",        "City of ",   "County of ",        "Isle of ",
        "London Borough of ", "Parish of ", "Royal Borough of ", "Vale of "};
    for (size_t i = 0; i < sizeof with / sizeof *with; i++) {
        if (strncmp(name, with[i], strlen(with[i])) == 0)
            return "the ";
    }
    return "";
}

/* `first`: the words begin with it. */
static void value(struct buf *out, enum language language, const struct tr_value *v, bool first)
{
    char when[64];
    switch (v->kind) {
    case TR_TEXT_VALUE:
    case TR_WRITTEN_VALUE:
        buf_str_add(out, v->text);
        return;
    case TR_PLACE_VALUE:
        if (language == LANGUAGE_EN)
            buf_str_add(out, first && *place_the(v->text) != '\0' ? "The " : place_the(v->text));
        buf_str_add(out, v->text);
        return;
    case TR_NUMBER_VALUE:
        language_number(out, language, v->n, "\u00a0");
        return;
    case TR_MONEY_VALUE:
        language_money(out, language, v->n, "\u00a0");
        return;
    case TR_DECIMAL_VALUE:
        language_decimal(out, language, v->text);
        return;
    case TR_WHEN_VALUE:
        when_text_in(language, v->n, when);
        buf_str_add(out, when);
        return;
    case TR_DATE_VALUE:
        when_date_in(language, v->n, when);
        buf_str_add(out, when);
        return;
    case TR_LINK_VALUE:
    case TR_PART_VALUE:
        return; /* markup: only a page has it */
    }
}

/* --- text --------------------------------------------------------------------------------- */
static void literal(void *context, const char *words, size_t len)
{
    const struct filling *f = context;
    buf_add(f->out, words, len);
}

static void placeholder(void *context, const char *name, size_t len)
{
    const struct filling *f = context;
    const struct tr_value *v = value_of(f, name, len);
    if (v != NULL)
        value(f->out, f->language, v, name == f->words + 1);
    else if (is_name(name, len, "n"))
        language_number(f->out, f->language, f->n, "\u00a0");
    else if (!is_name(name, len, "b") && *name != '/')
        log_bug("no value for a placeholder of %zu letters", len);
}

static const char *kept(struct arena *a, enum language language, const char *translated,
                        const struct tr_value *values, int64_t n)
{
    struct buf text = buf_new(WORDS_MAX);
    struct filling f = {
        .out = &text, .words = translated, .language = language, .values = values, .n = n};
    words_walk(translated, literal, placeholder, &f);
    const char *words = arena_strdup(a, buf_str(&text));
    buf_free(&text);
    return words;
}

const char *tr_values(struct arena *a, enum language language, const char *words,
                      const struct tr_value *values)
{
    return kept(a, language, translate(language, words), values, 0);
}

const char *tr_number(struct arena *a, enum language language, const char *one, const char *many,
                      int64_t n, const struct tr_value *values)
{
    return kept(a, language, translate_n(language, one, many, n), values, n);
}

/* --- pages -------------------------------------------------------------------------------- */
static void page_text(const struct filling *f)
{
    html_text(f->h, buf_str(f->out));
    buf_clear(f->out);
}

static void page_literal(void *context, const char *words, size_t len)
{
    literal(context, words, len);
    page_text(context);
}

static void page_placeholder(void *context, const char *name, size_t len)
{
    const struct filling *f = context;
    const struct tr_value *v = value_of(f, name, len);
    if (is_name(name, len, "b")) {
        html_raw(f->h, "<strong>");
    } else if (is_name(name, len, "/b")) {
        html_raw(f->h, "</strong>");
    } else if (*name == '/') {
        html_raw(f->h, "</a>");
    } else if (v != NULL && v->kind == TR_LINK_VALUE) {
        html_raw(f->h, "<a class=\"govuk-link\"");
        html_attr(f->h, "href", v->text);
        html_raw(f->h, ">");
    } else if (v != NULL && v->kind == TR_PLACE_VALUE && f->language != LANGUAGE_EN) {
        html_written(f->h, v->text);
    } else if (v != NULL && v->kind == TR_WRITTEN_VALUE) {
        html_written_in(f->h, v->language, v->text);
    } else if (v != NULL && v->kind == TR_PART_VALUE) {
        buf_add(&f->h->out, buf_str(&v->part->out), v->part->out.len);
    } else {
        placeholder(context, name, len);
        page_text(context);
    }
}

static void write(struct html *h, const char *translated, const struct tr_value *values, int64_t n)
{
    if (strchr(translated, '{') == NULL) {
        html_text(h, translated);
        return;
    }
    struct buf text = buf_new(WORDS_MAX);
    struct filling f = {.out = &text,
                        .h = h,
                        .words = translated,
                        .language = h->language,
                        .values = values,
                        .n = n};
    words_walk(translated, page_literal, page_placeholder, &f);
    buf_free(&text);
}

void html_tr(struct html *h, const char *words)
{
    write(h, translate(h->language, words), TR_NONE, 0);
}

void html_tr_values(struct html *h, const char *words, const struct tr_value *values)
{
    write(h, translate(h->language, words), values, 0);
}

void html_tr_number(struct html *h, const char *one, const char *many, int64_t n,
                    const struct tr_value *values)
{
    write(h, translate_n(h->language, one, many, n), values, n);
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

void html_when(struct html *h, int64_t unix_us)
{
    char words[64];
    when_text_in(h->language, unix_us, words);
    html_text(h, words);
}

void html_date(struct html *h, int64_t unix_us)
{
    char words[40];
    when_date_in(h->language, unix_us, words);
    html_text(h, words);
}

void html_lang(struct html *h, enum language language)
{
    if (h->language == language)
        return;
    html_attr(h, "lang", language_marked(language));
    html_attr(h, "dir", language_is_rtl(language) ? "rtl" : "ltr");
}

void html_written_in(struct html *h, enum language language, const char *text)
{
    if (h->language == language) {
        html_text(h, text);
        return;
    }
    if (*text == '\0')
        return;
    html_raw(h, "<span");
    html_lang(h, language);
    html_raw(h, ">");
    html_text(h, text);
    html_raw(h, "</span>");
}

void html_own(struct html *h, const char *text)
{
    if (h->language == LANGUAGE_EN) {
        html_text(h, text);
        return;
    }
    html_raw(h, "<bdi>");
    html_text(h, text);
    html_raw(h, "</bdi>");
}

void html_written(struct html *h, const char *text)
{
    html_written_in(h, LANGUAGE_EN, text);
}
