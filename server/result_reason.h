/* result_reason.h: why a project was funded or not, and a question adopted or not. An English page
 * has the sentence of the count itself, which its published files have too; other languages make
 * theirs of the same outcome's words and figures (count/reasons.c, count/mes_words.c). */
#ifndef WM_RESULT_REASON_H
#define WM_RESULT_REASON_H

#include "server/html.h"
#include "server/store_results.h"

/* As text, without a paragraph. `all`: for titles of other projects. */
void result_reason(struct html *h, const struct result_part *part, const struct result_proposal *p,
                   const struct proposals *all);
/* Of a question. */
void result_verdict(struct html *h, const struct result_part *part);

#endif
