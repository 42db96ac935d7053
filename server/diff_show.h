/* diff_show.h: words that were removed or added, marked on a page, and said to who hears it. */
#ifndef WM_DIFF_SHOW_H
#define WM_DIFF_SHOW_H

#include "server/html.h"

void diff_removed(struct html *h, const char *text);
void diff_added(struct html *h, const char *text);
/* Two wordings as one text, word by word (word_diff.h), compared in memory of its own: a page may
 * show as many as it likes. */
void diff_show(struct html *h, const char *was, const char *now);

#endif
