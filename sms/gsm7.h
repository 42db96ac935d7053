/* gsm7.h: what a text costs: its alphabet and its number of segments (3GPP TS 23.038 §6.2 for the
 * alphabet, TS 23.040 §9.2.3.24.1 for joined parts). Pure, any thread. */
#ifndef WM_SMS_GSM7_H
#define WM_SMS_GSM7_H

#include "common/buf.h"
#include <stdbool.h>
#include <stdint.h>

/* The numbers are Kannel's `coding`. */
enum text_alphabet { ALPHABET_GSM7 = 0, ALPHABET_UCS2 = 2 };

struct text_size {
    enum text_alphabet alphabet;
    size_t units;    /* septets, or UTF-16 code units */
    size_t segments; /* 1 for an empty text */
};

/* Septets that a character needs in GSM-7: 1, 2 (by escape), or 0 when it is not in it. */
unsigned gsm7_septets(uint32_t point);
/* One foreign character makes the whole text UCS-2. 160 septets or 70 units fit alone; joined
 * parts hold 153 and 67, and neither an escape nor a surrogate pair is split between two. */
struct text_size gsm7_size(const char *utf8);
/* Appends the text in characters of GSM-7 only: accents that it lacks are dropped from their
 * letters, typographers' marks become plain ones, all else a question mark. */
void gsm7_fold(const char *utf8, struct buf *out);

#endif
