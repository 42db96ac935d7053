/* embargo_show.h: at the desk, how an approved result becomes public: at once, or at a date and
 * time, which can be brought forward or called off until then. */
#ifndef WM_EMBARGO_SHOW_H
#define WM_EMBARGO_SHOW_H

#include "server/form.h"
#include "server/store_desk_round.h"

/* What was typed into the forms below. */
struct embargo_typed {
    const char *date, *time, *reason;
};
/* The second officer's button, and the folded form for a later moment; unfolded where it was sent
 * and has errors. */
void embargo_publish(struct html *h, struct request *r, const struct desk_round *round,
                     const struct form_errors *errors, const struct embargo_typed *t);
/* That it waits for its moment (round->public_at), and the form that brings it forward or calls it
 * off. */
void embargo_waits(struct html *h, struct request *r, const struct desk_round *round,
                   const struct form_errors *errors, const struct embargo_typed *t);

#endif
