/* paper_view.h: the form in which a clerk types a ballot, on the pages of page_paper.c and again
 * where the ballot box refused it. */
#ifndef WM_PAPER_VIEW_H
#define WM_PAPER_VIEW_H

#include "server/desk_view.h"
#include "server/store_paper.h"

/* The form of a batch, or of assisted ballots (`batch` 0), with what was typed in it ("" the first
 * time). `asks`: the round asks for a declaration. A new form has a new key. (page_paper_entry.c)
 */
void paper_form(struct html *h, struct request *r, const struct form_errors *e, const char *slug,
                int32_t batch, bool asks, const char *code, const char *ballot);
/* The last ballots that were typed in; nothing when there is none. */
void paper_last(struct html *h, const struct paper_entries *entries);
/* The round when it is frozen and not counted yet; answers otherwise. */
const struct desk_round *paper_round(struct request *r, struct db *db);

#endif
