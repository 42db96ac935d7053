/* audit_words.h: the record of what officers did, in everybody's words. Any thread. */
#ifndef WM_SERVER_AUDIT_WORDS_H
#define WM_SERVER_AUDIT_WORDS_H

#include "server/html.h"
#include "server/store_audit.h"

/* What was done, as one sentence: "Asked for a count of Westfield 2026". An action without words is
 * its code and its object. `row` was told (store_audit.h). In the arena. */
const char *audit_sentence(struct arena *arena, const struct audit_row *row);
/* Codes of the actions whose sentence holds these words, commas between; "" for none. Letters of
 * ASCII are the same in both cases. In the arena. */
const char *audit_actions(struct arena *arena, const char *words);
/* A changed field, or a fact, as the forms call it: "pot 1 amount" is "Amount of pot 1"; one
 * without a name is what it is. In the arena. */
const char *audit_field(struct arena *arena, const char *what);
/* A value of that field: money with £, times as elsewhere on the desk; "" is "nothing". */
void audit_value(struct html *h, const char *what, const char *value);

#endif
