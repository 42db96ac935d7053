/* pabulib_write.h: writes a file that was read once more, as Pabulib's format has it today.
 *
 * Every column stays; what is changed is spelling that only lenient readers take (line ends, byte
 * order mark, quoting, blanks, a missing line `key;value`, decimal commas, words of `selected`,
 * short dates, former names of columns), stated counts that differ from the ballots, and ballots
 * by text message, which the format does not know: they become `internet`, and META's comment says
 * so. The output reads to the same election, and converting it again gives the same bytes. */
#ifndef COUNT_PABULIB_WRITE_H
#define COUNT_PABULIB_WRITE_H

#include <stdio.h>

#include "count/election.h"
#include "count/refusal.h"

/* Reads the same bytes from `in`, at its start, that `e` was read from. Says each kind of change on
 * a line of *changes. False, with *why, when they can't be read or written. */
bool pabulib_write(FILE *in, const struct election *e, bool has_texts, FILE *out,
                   struct buf *changes, struct refusal *why);

/* Whether any ballot says voting_method `sms`; reads `in` from its start. */
bool pabulib_has_texts(FILE *in);

#endif
