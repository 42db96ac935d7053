/* rules_words.h: the frozen text of a round's rules (api.round_rules) in plain words. */
#ifndef WM_RULES_WORDS_H
#define WM_RULES_WORDS_H

#include "server/html.h"

/* Who may vote and what they declare: paragraphs, from the lines eligibility, minimum-age and
 * residence of `rules`. Texts of version 1 had none of them, and say nothing. */
void rules_voters_words(struct html *h, const char *rules);
/* Limits of what may win: cap-percent, carry and exclusion lines. */
void rules_limits_words(struct html *h, const char *rules);

#endif
