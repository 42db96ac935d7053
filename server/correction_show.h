/* correction_show.h: at the desk, how a published result is corrected: one officer asks, with a
 * reason, it is counted anew, and another publishes it. */
#ifndef WM_CORRECTION_SHOW_H
#define WM_CORRECTION_SHOW_H

#include "server/form.h"
#include "server/store_desk_count.h"

/* Whether the latest count is a correction that waits for a second officer. */
bool correction_waits(const struct desk_result *x);
/* What waits: who asked, why, what is funded now that was not, and the other way; and the buttons.
 */
void correction_decide(struct html *h, struct request *r, const struct desk_round *round,
                       const struct desk_result *x, const struct desk_result *stands);
/* The folded form that asks for one; unfolded where it was sent and has errors. */
void correction_form(struct html *h, struct request *r, const struct desk_round *round,
                     const struct form_errors *errors, const char *reason);

#endif
