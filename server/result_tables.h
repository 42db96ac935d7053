/* result_tables.h: a result as tables for spreadsheets, with what its page shows and no more. */
#ifndef WM_RESULT_TABLES_H
#define WM_RESULT_TABLES_H

#include "server/sheet.h"
#include "server/store_decisions.h"
#include "server/store_results.h"

/* A row a project, in the order in which they were considered; or the one row of a question. What
 * the council decided has columns of its own; `decisions` NULL: they are empty. */
struct sheet result_table(struct arena *a, const struct result_view *v, const struct proposals *all,
                          const struct decisions *decisions);
/* What the result says as a whole: a row a figure. */
struct sheet result_figures(struct arena *a, const struct round_view *round,
                            const struct result_view *v);

#endif
