/* paper_view.h: the form in which a clerk types a ballot, on the pages of page_paper.c and again
 * where the ballot box refused it. */
#ifndef WM_PAPER_VIEW_H
#define WM_PAPER_VIEW_H

#include "server/desk_view.h"
#include "server/page_kit.h"
#include "server/store_paper.h"

/* The form of a batch, or of assisted ballots (`batch` 0), with what was typed in it ("" the first
 * time). `asks`: the round asks for a declaration. A new form has a new key. (page_paper_entry.c)
 */
void paper_form(struct html *h, struct request *r, const struct form_errors *e, const char *slug,
                int32_t batch, bool asks, const char *code, const char *ballot);
/* The last ballots that were typed in; nothing when there is none. */
void paper_last(struct html *h, const struct paper_entries *entries);
/* The round when it is frozen; answers otherwise. */
const struct desk_round *paper_round(struct request *r, struct db *db);
/* The page of a round's batches; `words` are where paper is handed in, as they were typed, or NULL:
 * as they are kept. */
void paper_list_show(struct request *r, struct db *db, const struct desk_round *round,
                     const struct form_errors *e, const char *words);
/* The ballot to print, and a form for where it is handed in; nothing when `words` is NULL: no paper
 * is handed in, or no more.
 * (page_paper_return.c) */
void paper_return_show(struct html *h, struct request *r, const struct form_errors *e,
                       const struct desk_round *round, const char *words);

#endif
