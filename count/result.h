/* result.h: writes an outcome, for machines, for people, and for people who check it.
 *
 * The same election, terms and tally give the same bytes, on every machine and at every time.
 * Each returns text that the caller frees. */
#ifndef COUNT_RESULT_H
#define COUNT_RESULT_H

#include "count/tally.h"

/* JSON, format "wardmote-result/1" (wardmote-count(1) lists its members). Amounts of money are
 * strings, canonical decimals; counts are integers; there is no floating-point number in it. */
char *result_json(const struct election *e, const struct terms *terms, const struct tally *t);

/* A table and one sentence a proposal. */
char *result_text(const struct election *e, const struct terms *terms, const struct tally *t);

/* Every step with its sum, to be followed with a pocket calculator. */
char *result_explain(const struct election *e, const struct terms *terms, const struct tally *t);

#endif
