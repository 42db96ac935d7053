/* chart.c: bars and columns as inline SVG. */
#include "server/chart.h"

#include "server/tr.h"

enum { WIDTH = 3200 }; /* tenths of the view box, so that integers are fine enough */

static const char *const FILLS[] = {"#0b6b3a", "#6a747d", "#a3360d"};

static int64_t width_of(int64_t value, int64_t max)
{
    if (max <= 0 || value <= 0)
        return 0;
    if (value >= max)
        return WIDTH;
    return (int64_t)((double)value / (double)max * WIDTH);
}

static void rect(struct html *h, int64_t x, int64_t width, const char *fill)
{
    html_raw(h, "<rect");
    if (x > 0)
        html_attrf(h, "x", "%d.%d", (int)(x / 10), (int)(x % 10));
    html_attrf(h, "width", "%d.%d", (int)(width / 10), (int)(width % 10));
    html_raw(h, " height=\"26\"");
    html_attr(h, "fill", fill);
    html_raw(h, "/>");
}

static void bar(struct html *h, int64_t value, int64_t max, const char *fill)
{
    html_raw(h, " viewBox=\"0 0 320 26\" preserveAspectRatio=\"none\" width=\"100%\" height=\"12\" "
                "aria-hidden=\"true\" focusable=\"false\">");
    rect(h, 0, WIDTH, "#e6eaed");
    rect(h, 0, width_of(value, max), fill);
    html_raw(h, "</svg></div>");
}

void chart_bar(struct html *h, int64_t value, int64_t max, enum chart_tone tone)
{
    html_raw(h, "<div class=\"wm-bar\"><svg");
    bar(h, value, max, FILLS[tone]);
}

void chart_budget(struct html *h, int64_t value, int64_t max)
{
    html_raw(h, "<div class=\"wm-bar\"><svg");
    bar(h, value, max, value > max ? FILLS[CHART_OVER] : FILLS[CHART_GOOD]);
}

void chart_pot(struct html *h, const int64_t *parts, int n, int64_t total, const char *label)
{
    static const char *const TURNS[] = {"#0b6b3a", "#2c8a5a", "#0e4a4f", "#3a7d83"};
    html_raw(h, "<div class=\"wm-pot\"><svg viewBox=\"0 0 320 26\" preserveAspectRatio=\"none\" "
                "width=\"100%\" height=\"30\" role=\"img\"");
    html_attr(h, "aria-label", label);
    html_raw(h, ">");
    rect(h, 0, WIDTH, "#e6eaed");
    int64_t sum = 0;
    for (int i = 0; i < n; i++) {
        int64_t from = width_of(sum, total), to = width_of(sum + parts[i], total);
        /* A hair's breadth between two parts, where there is room for one. */
        rect(h, from, to - from > 12 ? to - from - 7 : to - from, TURNS[i % 4]);
        sum += parts[i];
    }
    html_raw(h, "</svg></div>");
}

/* --- columns ------------------------------------------------------------------------------ */
enum { COLUMNS_WIDTH = 320, COLUMNS_HEIGHT = 110, COLUMNS_TOP = 16, COLUMNS_FOOT = 18 };

static void describe(struct html *h, const struct chart_column *columns, int n)
{
    for (int i = 0; i < n; i++) {
        html_raw_bytes(h, ", ", i > 0 ? 2 : 0);
        html_text(h, columns[i].label);
        html_raw(h, ": ");
        if (columns[i].hidden)
            html_tr(h, "not shown");
        else
            html_number(h, columns[i].n);
    }
}

static void words_at(struct html *h, int x, int y)
{
    html_raw(h, "<text font-size=\"14\" text-anchor=\"middle\" fill=\"#0b0c0c\"");
    html_attrf(h, "x", "%d", x);
    html_attrf(h, "y", "%d", y);
    html_raw(h, ">");
}

static void column(struct html *h, const struct chart_column *c, int x, int width, int64_t most)
{
    int room = COLUMNS_HEIGHT - COLUMNS_TOP, middle = x + width / 2;
    int height = !c->hidden && most > 0 ? (int)((double)c->n / (double)most * room) : 0;
    html_raw(h, "<rect fill=\"#0b6b3a\"");
    html_attrf(h, "x", "%d", x + width / 8);
    html_attrf(h, "y", "%d", COLUMNS_HEIGHT - height);
    html_attrf(h, "width", "%d", width - width / 4 > 0 ? width - width / 4 : 1);
    html_attrf(h, "height", "%d", height);
    html_raw(h, "/>");
    words_at(h, middle, COLUMNS_HEIGHT - height - 4);
    if (c->hidden)
        html_raw(h, "–");
    else
        html_number(h, c->n);
    html_raw(h, "</text>");
    words_at(h, middle, COLUMNS_HEIGHT + COLUMNS_FOOT - 4);
    html_text(h, c->label);
    html_raw(h, "</text>");
}

void chart_columns(struct html *h, const char *id, const char *title,
                   const struct chart_column *columns, int n)
{
    int64_t most = 0;
    for (int i = 0; i < n; i++)
        most = !columns[i].hidden && columns[i].n > most ? columns[i].n : most;
    html_raw(
        h,
        "<svg role=\"img\" class=\"wm-chart\" width=\"320\" height=\"128\" viewBox=\"0 0 320 128\" "
        "focusable=\"false\"");
    html_attrf(h, "aria-labelledby", "%s-title %s-words", id, id);
    html_raw(h, "><title");
    html_attrf(h, "id", "%s-title", id);
    html_raw(h, ">");
    html_text(h, title);
    html_raw(h, "</title><desc");
    html_attrf(h, "id", "%s-words", id);
    html_raw(h, ">");
    describe(h, columns, n);
    html_raw(h, "</desc>");
    bool rtl = language_is_rtl(h->language);
    for (int i = 0; i < n; i++)
        column(h, &columns[i], (rtl ? n - 1 - i : i) * COLUMNS_WIDTH / n, COLUMNS_WIDTH / n, most);
    html_raw(h, "</svg>\n");
}
