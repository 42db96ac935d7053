/* result_show.h: a result as residents read it, for its page and for the officers' preview. */
#ifndef WM_RESULT_SHOW_H
#define WM_RESULT_SHOW_H

#include "server/page_kit.h"
#include "server/store_results.h"

/* "Westfield chose six projects", "Westfield agreement, edition 2: adopted"; in the arena. */
const char *result_title(struct arena *a, const struct round_view *round,
                         const struct result_view *v);
/* Figures, pots, every proposal with its reason, breakdowns. `all`: for full titles. */
void result_show(struct html *h, const struct round_view *round, const struct result_view *v,
                 const struct proposals *all);
/* The same as lines of CSV (RFC 4180), guarded against being read as formulas. */
void result_csv(struct buf *out, const struct result_view *v, const struct proposals *all);

#endif
