/* shares_words.h: what rules of equal shares say about completion and comparison. */
#ifndef COUNT_SHARES_WORDS_H
#define COUNT_SHARES_WORDS_H

#include "count/equal_shares.h"
#include "count/steps.h"

/* Puts the winners into `order` (room for all projects), in order, and behind them the others by
 * rank; returns the number of winners. */
size_t shares_order(const struct profile *p, const struct equal_shares *r, uint32_t *order);

/* Appends how much every voter is given, and how that comes about: budget / voters, and more where
 * that would have left money over. */
void shares_given(struct buf *out, const struct profile *p, const struct equal_shares *r);

/* Appends what completion took and what the comparison found; nothing when there was none. */
void shares_completion_log(struct buf *out, const struct profile *p, const struct equal_shares *r);

/* Sets text and reason of a line when greedy was preferred; false when it was not, or the line's
 * reason says enough. */
bool shares_greedy_reason(struct tally_line *line, const struct equal_shares *r);

/* Adds endowment, runs and the rest to the tally's details. */
void shares_facts(struct tally *t, const struct equal_shares *r);

#endif
