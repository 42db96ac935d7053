/* damm.h: numbers with a check digit. Voting codes have 13 digits (12 random, one check);
 * proposals have 4 (3 and one check). The Damm scheme (H. Michael Damm, 2004, totally
 * anti-symmetric quasigroup of order 10) catches every single wrong digit and every swap of
 * neighbours. */
#ifndef WM_DAMM_H
#define WM_DAMM_H

#include <stdbool.h>
#include <stddef.h>

enum { CODE_DIGITS = 13 };

/* The check digit, as a character, for `len` digits. */
char damm_digit(const char *digits, size_t len);
/* True when the last of `len` digits is the check digit of those before it. */
bool damm_valid(const char *digits, size_t len);

/* Reads a voting code as people type it: digits with spaces, dashes, dots; the letters O, o as 0
 * and l, I as 1. Writes 13 digits and a NUL. False when there are not 13 digits, something else
 * stands between, or the check digit is wrong. */
bool code_read(const char *typed, char out[CODE_DIGITS + 1]);
/* 12 random digits and their check digit. */
void code_make(char out[CODE_DIGITS + 1]);
/* As printed: 3-3-3-4 with spaces; `out` holds 17 bytes. */
void code_show(const char code[CODE_DIGITS + 1], char out[17]);
/* The keyed hash under which a code is stored and looked up. */
void code_lookup(const char code[CODE_DIGITS + 1], unsigned char out[32]);

#endif
