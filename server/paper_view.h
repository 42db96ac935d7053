/* paper_view.h: the pages on which a clerk types ballots, drawn by page_paper.c and
 * page_paper_entry.c, and again where the ballot box refused one. */
#ifndef WM_PAPER_VIEW_H
#define WM_PAPER_VIEW_H

#include "server/desk_view.h"
#include "server/page_kit.h"
#include "server/store_paper.h"

/* The page on which a clerk types ballots, with what the database says to it: the ballot box shows
 * it again without a connection. All of it lives in the arena. */
struct paper_page {
    const struct desk_round *round;
    const struct paper_batch *batch; /* NULL: assisted */
    struct paper_entries last;
};
/* What was typed in its forms, "" the first time. */
struct paper_typed {
    const char *code, *ballot, *spoilt;
};

/* The page of a batch of `round` (NULL: assisted); answers and returns NULL when the database
 * fails. (page_paper_entry.c) */
const struct paper_page *paper_page_of(struct request *r, struct db *db,
                                       const struct desk_round *round,
                                       const struct paper_batch *batch);
/* The batch of the second segment among the round's, or NULL, answered; its page, drawn.
 * (page_paper.c) */
const struct paper_batch *paper_batch_of(struct request *r, struct db *db,
                                         const struct desk_round *round);
void paper_batch_show(struct request *r, const struct paper_page *page,
                      const struct paper_typed *typed, const struct form_errors *e, int status);
/* The form in it. A new form has a new key. (page_paper_entry.c) */
void paper_form(struct html *h, struct request *r, const struct form_errors *e,
                const struct paper_page *page, const struct paper_typed *typed);
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
