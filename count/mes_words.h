/* mes_words.h: a count by equal shares in words: round by round, and a reason for every project. */
#ifndef COUNT_MES_WORDS_H
#define COUNT_MES_WORDS_H

#include "count/shares_why.h"
#include "count/steps.h"

/* Fills in the tally's log, its ties and figures, and the reasons of its lines, which stand in
 * order already. `why` is of shares_why(). */
void mes_words(struct tally *t, const struct profile *p, const struct terms *terms,
               const struct equal_shares *r, const struct shares_why *why);

#endif
