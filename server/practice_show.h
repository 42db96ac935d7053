/* practice_show.h: at the desk, what there is only in a practice round. */
#ifndef WM_PRACTICE_SHOW_H
#define WM_PRACTICE_SHOW_H

#include "server/desk_view.h"

/* The form that makes ballots up, in an open practice round (page_practice.c). */
void practice_form(struct html *h, struct request *r, const struct desk_round *round);

#endif
