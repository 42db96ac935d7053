/* rules_words.h: the frozen text of a round's rules (api.round_rules) in plain words. */
#ifndef WM_RULES_WORDS_H
#define WM_RULES_WORDS_H

#include "server/html.h"

/* Whether what a pot leaves goes on to the next. */
bool rules_carry(const char *rules);

/* Limits of what may win: cap-percent, carry and exclusion lines. */
void rules_limits_words(struct html *h, const char *rules);

#endif
