/* phone.h: telephone numbers as people and providers write them, to E.164 (ITU-T). UK first;
 * international numbers are kept. */
#ifndef WM_PHONE_H
#define WM_PHONE_H

#include <stdbool.h>

enum { PHONE_LEN = 16 }; /* '+' and at most 15 digits */

enum phone_kind {
    PHONE_UK_MOBILE,    /* +447[1-57-9]…, and 07624 (Isle of Man) */
    PHONE_OTHER,        /* any other E.164 number */
    PHONE_SHORT_CODE,   /* 3 to 8 digits: never replied to */
    PHONE_ALPHANUMERIC, /* a name: never replied to */
    PHONE_PREMIUM,      /* UK 09…, 070…, 0871/2/3, 118…; +979, +1 900: never replied to */
    PHONE_INVALID
};

/* Spaces, (), -, . are dropped; + or 00 means international; 0 and 10 digits is UK; 44 and 10
 * digits is UK, as is +440 and 10 digits; "(0)" behind a country code is dropped; 11 to 15 digits
 * without a leading 0 are international, as providers write them. `out` gets E.164 for the first
 * two kinds and premium, else ""; 118xxx is premium but has no E.164 form, and gets "". */
enum phone_kind phone_read(const char *typed, char out[PHONE_LEN + 1]);
/* E.164 as people read it aloud: UK numbers from 0, grouped ("07700 900456", "01904 551550",
 * "020 7946 0123"; Ofcom's National Telephone Numbering Plan); others as they are. */
void phone_words(const char *e164, char out[PHONE_LEN + 1]);
/* The keyed hash under which a number is looked up (never stored in clear). */
void phone_lookup(const char *e164, unsigned char out[32]);

#endif
