/* decision_show.h: the council's decisions beside a vote's result: never mixed with it. */
#ifndef WM_DECISION_SHOW_H
#define WM_DECISION_SHOW_H

#include "server/result_show.h"
#include "server/store_decisions.h"

/* "Approved", "Deferred", "Referred", "Refused". */
const char *decision_word(const char *decision);
/* "14 December 2026". */
void decision_day(struct html *h, const struct decision *d);
/* A heading and a table: each project, how the vote went, what the council decided; and earlier
 * decisions that a later one replaced. For projects only. */
void decisions_show(struct html *h, const struct result_view *v, const struct proposals *titles,
                    const struct decisions *all);

#endif
