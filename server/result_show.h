/* result_show.h: a result as residents read it, for its page and for the officers' preview. */
#ifndef WM_RESULT_SHOW_H
#define WM_RESULT_SHOW_H

#include "server/page_kit.h"
#include "server/store_decisions.h"
#include "server/store_results.h"

/* "Westfield chose six projects", "Westfield agreement, edition 2: adopted"; in the arena. */
const char *result_title(struct arena *a, enum language language, const struct round_view *round,
                         const struct result_view *v);
/* Figures, pots, every proposal with its reason, breakdowns. `all`: for full titles. */
void result_show(struct html *h, const struct round_view *round, const struct result_view *v,
                 const struct proposals *all);

/* A proposal's full title, or its short one where `all` lacks it. */
const char *result_title_of(const struct proposals *all, const struct result_proposal *p);

/* Writes it, marked where it is in another language than the page. */
void result_title_show(struct html *h, const struct proposals *all,
                       const struct result_proposal *p);
/* Counts of a breakdown up to this are not shown; 0: all are. One small count alone could be worked
 * out from the sum of all: then the next larger is left out with it. */
int64_t result_hide_up_to(const int64_t *counts, int n);
/* Whether a count by itself is so small that it is told as "fewer than 5". */
bool result_is_few(int64_t n);

#endif
