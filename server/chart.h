/* chart.h: bars as inline SVG. Widths are SVG attributes, so a strict style policy holds; every
 * bar stands beside the same figures in words, so that it says nothing alone. */
#ifndef WM_CHART_H
#define WM_CHART_H

#include "server/html.h"

enum chart_tone { CHART_GOOD, CHART_PLAIN, CHART_OVER };

/* `value` of `max`, decorative (hidden from screen readers). Negative or too large values are
 * drawn empty or full. */
void chart_bar(struct html *h, int64_t value, int64_t max, enum chart_tone tone);
/* The running total of a ballot: the same bar, named, so that ballot.js can move it. */
void chart_budget(struct html *h, int64_t value, int64_t max);
/* A count as a column. */
struct chart_column {
    const char *label;
    int64_t n;
    bool hidden; /* not to be shown: neither drawn nor said */
};
/* Columns beside each other with their counts, as a picture that says all of it in words: `title`,
 * and a description made of labels and counts. `id`: a name on the page, of letters and digits. */
void chart_columns(struct html *h, const char *id, const char *title,
                   const struct chart_column *columns, int n);
/* One pot: `parts` one beside the other in `total`, the rest empty; `label` says it in words. */
void chart_pot(struct html *h, const int64_t *parts, int n, int64_t total, const char *label);

#endif
