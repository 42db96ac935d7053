/* edition_show.h: an edition of an agreement as residents read it: its pledges with their checks,
 * and what residents do in return. */
#ifndef WM_SERVER_EDITION_SHOW_H
#define WM_SERVER_EDITION_SHOW_H

#include "server/page_kit.h"
#include "server/store_offer.h"
#include "server/store_places.h"

/* An area's agreement, and the edition of it that a request asks for. */
struct edition_place {
    const struct area *area;
    struct editions all; /* newest first, no drafts */
    const struct edition *edition;
};
/* Of the request's first segment; `number` NULL: the edition in force, or failing that the newest.
 * False when the request was answered: there is none, or the database failed. */
bool edition_place_load(struct request *r, struct db *db, const char *number,
                        struct edition_place *out);

/* What is shown of an edition besides its own row. */
struct edition_shown {
    struct pledges pledges;
    struct pledge_pasts checks;
    struct offer_counts offers;
};
enum db_outcome edition_shown_load(struct db *db, struct arena *a, int32_t edition,
                                   struct edition_shown *out);

/* ", in force", ", put forward", ", replaced", ", not adopted": to be translated. */
const char *edition_state_words(const struct edition *e);
/* Adopted when, to be reviewed when, and why without a vote; plain sentences. */
void edition_dates(struct html *h, const struct edition *e);
/* Figures of its checks, the pledges, what residents do in return. */
void edition_show(struct html *h, struct arena *a, const struct edition_place *place,
                  const struct edition_shown *shown);

/* What an edition changed of the one before it, pledge by pledge, and in what residents do in
 * return (page_agreement_changes.c). */
void edition_changes_show(struct html *h, const struct pledge_changes *all,
                          const char *was_in_return, const char *now_in_return);

/* The edition with this number, as an address says it; NULL: there is none. */
const struct edition *edition_numbered(const struct editions *all, const char *number);

#endif
