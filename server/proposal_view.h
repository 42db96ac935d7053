/* proposal_view.h: a proposal as residents read it, for its page and for the officers' preview. */
#ifndef WM_PROPOSAL_VIEW_H
#define WM_PROPOSAL_VIEW_H

#include "server/page_kit.h"

/* Title, number, cost, pot, place, proposer, summary and text. `pot_name` "" when there is one
 * pot only; `body` is Markdown. */
void proposal_show(struct html *h, const struct proposal *p, const char *pot_name,
                   const char *body);
/* One proposal in a list: number, title (a link to `href`), cost, place, summary. */
void proposal_line(struct html *h, const struct proposal *p, const char *pot_name,
                   const char *href);

#endif
