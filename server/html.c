/* html.c: writing HTML so that nothing can be written unescaped by accident. */
#include "server/html.h"

struct html html_new(void)
{
    return (struct html){.out = buf_new(HTML_MAX)};
}

void html_free(struct html *h)
{
    buf_free(&h->out);
}

void html_raw_bytes(struct html *h, const char *literal, size_t len)
{
    buf_add(&h->out, literal, len);
}

/* What stands for one byte: NULL is the byte itself, "" drops it. */
static const char *stand_in(unsigned char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&#34;";
    case '\'':
        return "&#39;";
    case '\n':
    case '\t':
        return NULL;
    default:
        return c < 0x20 || c == 0x7f ? "" : NULL;
    }
}

/* U+FFFE and U+FFFF, which no XML may hold (XML 1.0 §2.2): feeds and spreadsheets are written here
 * too. */
static bool is_noncharacter(const char *c)
{
    return c[0] == '\xEF' && c[1] == '\xBF' && (c[2] == '\xBE' || c[2] == '\xBF');
}

void html_text(struct html *h, const char *text)
{
    const char *run = text;
    for (const char *c = text; *c != '\0'; c++) {
        if (is_noncharacter(c)) {
            buf_add(&h->out, run, (size_t)(c - run));
            c += 2;
            run = c + 1;
            continue;
        }
        const char *instead = stand_in((unsigned char)*c);
        if (instead == NULL)
            continue;
        buf_add(&h->out, run, (size_t)(c - run));
        buf_str_add(&h->out, instead);
        run = c + 1;
    }
    buf_str_add(&h->out, run);
}

static void formatted(struct html *h, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
static void formatted(struct html *h, const char *format, va_list args)
{
    struct buf text = buf_new(HTML_MAX);
    buf_vfmt(&text, format, args);
    html_text(h, buf_str(&text));
    buf_free(&text);
}

void html_textf(struct html *h, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    formatted(h, format, args);
    va_end(args);
}

static void attr_open(struct html *h, const char *name)
{
    buf_char(&h->out, ' ');
    buf_str_add(&h->out, name);
    buf_str_add(&h->out, "=\"");
}

void html_attr(struct html *h, const char *name, const char *value)
{
    attr_open(h, name);
    html_text(h, value);
    buf_char(&h->out, '"');
}

void html_attrf(struct html *h, const char *name, const char *format, ...)
{
    va_list args;
    attr_open(h, name);
    va_start(args, format);
    formatted(h, format, args);
    va_end(args);
    buf_char(&h->out, '"');
}

void number_text(struct buf *b, int64_t n)
{
    language_number(b, LANGUAGE_EN, n, "");
}

void money_text(struct buf *b, int64_t pence)
{
    language_money(b, LANGUAGE_EN, pence, "");
}

void html_money(struct html *h, int64_t pence)
{
    bool apart = language_is_rtl(h->language);
    if (apart)
        html_raw(h, "<bdi>");
    language_money(&h->out, h->language, pence, "\u00a0");
    if (apart)
        html_raw(h, "</bdi>");
}

void html_number(struct html *h, int64_t n)
{
    language_number(&h->out, h->language, n, "\u00a0");
}
