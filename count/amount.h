/* amount.h: money and other decimal fractions, exact: read from text, written to text.
 *
 * Amounts are GMP rationals (mpq_t). The caller inits and clears them. No function here, and
 * none in count/, ever holds an amount in a floating-point number. */
#ifndef COUNT_AMOUNT_H
#define COUNT_AMOUNT_H

#include <gmp.h>
#include <stdbool.h>

#include "common/buf.h"

/* Digits before and after the decimal sign that are accepted. */
enum { AMOUNT_WHOLE_MAX = 18, AMOUNT_DECIMALS_MAX = 12 };

/* Reads "1234", "1234.50" or "1234,50" (older files of Pabulib have a decimal comma). No sign,
 * no exponent, no thousands mark, not both '.' and ','. When false, *out is left alone. */
bool amount_parse(const char *text, mpq_t out);

/* Appends the canonical decimal: two decimals ("1200.00"), more only where the amount has more.
 * The amount must be a decimal fraction >= 0, which every sum and difference of read ones is. */
void amount_decimal(struct buf *out, const mpq_t amount);

/* Appends it for people: "£1,200.00", "€1,200.00", "PLN 1,200.00", or without sign when
 * `currency` (from the file) is NULL or no code as in ISO 4217. */
void amount_words(struct buf *out, const mpq_t amount, const char *currency);

#endif
