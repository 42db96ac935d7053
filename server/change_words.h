/* change_words.h: what was changed after a round's rules were frozen, in everybody's words. */
#ifndef WM_CHANGE_WORDS_H
#define WM_CHANGE_WORDS_H

#include "server/html.h"
#include "server/store_amendments.h"

/* What a change does, as one sentence without its reason. */
void change_words(struct html *h, const struct change *c);
/* A heading and a list of what was granted, with reasons, void ballots of one reason together;
 * nothing where there is nothing. */
void changes_show(struct html *h, const struct changes *all);
/* The same beside a count of that moment (µs UTC): what was decided later is a list of its own. */
void changes_show_counted(struct html *h, const struct changes *all, int64_t counted_at);

#endif
