/* chart.c: bars as inline SVG. */
#include "server/chart.h"

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
