/* ballot_box.h: group commit for ballots (architecture §4). A handler that has read a ballot puts
 * it in; its connection stays suspended; one of the writers takes all that wait, casts them in one
 * transaction (common/cast.h), and calls `done` for each with its own outcome. Nobody is told
 * "recorded" before that COMMIT returned. When traffic is low a batch is one ballot. While one
 * writer is at the database the next waits for a third of a batch, at most 20 ms. */
#ifndef WM_BALLOT_BOX_H
#define WM_BALLOT_BOX_H

#include "common/cast.h"
#include "server/request.h"

/* Runs in a writer thread, without a connection: must set r->response (pages that need the
 * database redirect). The request is sent afterwards. */
typedef void ballot_done(struct request *r, const struct cast_item *item);

bool ballot_box_start(void); /* opens settings.box_writers connections; false when it cannot */
/* Takes over the request. `item` is copied. False when the box is full: answer 503 at once. */
bool ballot_box_put(struct request *r, const struct cast_item *item, ballot_done *done);
/* Waits until all that was put in is cast (at most `seconds`), then joins the writers; what is
 * left is answered 503. */
void ballot_box_stop(int seconds);

#endif
