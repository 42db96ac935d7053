/* steps.h: what rules that buy projects step by step have in common when they fill in a tally. */
#ifndef COUNT_STEPS_H
#define COUNT_STEPS_H

#include "count/profile.h"

/* Appends an amount rounded down to `decimals`, for people, in the currency of the election; exact
 * when it has no more decimals than that. */
void steps_money(struct buf *out, const struct election *e, const mpq_t amount, int decimals);
/* Appends a rational rounded down to `decimals`, such as "4999.98". */
void steps_number(struct buf *out, const mpq_t number, int decimals);
/* Appends score / scale * 1000 / cost, rounded down to 6 decimals; the cost is not 0. */
void per_thousand(struct buf *out, uint64_t score, uint32_t scale, const mpq_t cost);
/* Appends "12 \"New trees\"". */
void steps_name(struct buf *out, const struct election *e, size_t project);

/* Rounds down to `decimals` in place. */
void steps_round_down(mpq_t number, int decimals);
/* Appends " Its supporters' money went to ..." with the first few; nothing when there is none. */
void steps_takers(struct buf *out, const struct election *e, const struct taker *takers,
                  size_t count);
/* Adds a fraction, such as "1252/3", to the tally's details. */
void steps_fact(struct tally *t, const char *name, const mpq_t value);

/* Begins a tally: one line for each project of `order`, which names each project once, in the
 * order in which lines shall stand. The first `winners` of them won, in that order; what was left
 * before each is filled in. The others' reason is what barred them, or REASON_ENDED, which the rule
 * then makes precise. */
void steps_tally(struct tally *t, const struct profile *p, const struct terms *terms,
                 const uint32_t *order, size_t winners);
/* Puts projects that are not among order[0 .. count) behind them, in the order of rank. */
void steps_append_rest(const struct profile *p, uint32_t *order, size_t count);
/* steps_tally for those that won in this order, the rest behind them. */
void steps_tally_won(struct tally *t, const struct profile *p, const struct terms *terms,
                     const uint32_t *won, size_t count);
/* Why a project could not win under any rule; REASON_WON when nothing speaks against it. */
enum reason steps_barred(const struct profile *p, size_t project);

/* Where the rule ended because nothing more fitted: the reason of a line that has none yet. */
void steps_not_enough(struct tally_line *line);

/* Notes a tie of step `step` (from 1) and appends a sentence to the log. */
void steps_tie(struct tally *t, struct buf *log, const struct profile *p, const struct terms *terms,
               struct step_tie tie);

#endif
