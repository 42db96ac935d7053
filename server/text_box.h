/* text_box.h: group commit for texts, as the ballot box is for ballots: a webhook that has read a
 * text puts it in, its connection stays suspended, and one writer takes all that wait into the
 * inbox in one transaction, in the order in which they came. No provider is told 200 before that
 * COMMIT returned. With the database away, or texts in the spool, they go behind those. */
#ifndef WM_TEXT_BOX_H
#define WM_TEXT_BOX_H

#include "common/text_in.h"
#include "server/request.h"

bool text_box_start(void);
/* Takes over the request, and answers it: 200, or 503 for trouble of ours. `text` is copied; its
 * strings must live as long as the request. False when the box is full or closed: answer 503. */
bool text_box_put(struct request *r, const struct text_in *text);
/* Takes no more, writes what waits, joins the writer. */
void text_box_stop(void);

#endif
