/* letters.h: voting codes on their way to people: printable letters with a QR code, and the file
 * for a mail house. Codes are here in clear for the length of one request. */
#ifndef WM_LETTERS_H
#define WM_LETTERS_H

#include "common/damm.h"
#include "server/html.h"

enum { LETTERS_MAX = 500 }; /* on one page; more come as a file */

struct letter {
    char code[CODE_DIGITS + 1];
    const char *serial, *address; /* address "" when the code is not for one */
    const char *area;             /* NULL: as all of them */
};

/* What all letters of a page share. */
struct letters {
    const char *place, *area; /* "City of York", "Westfield" */
    const char *public_url;
    const char *sms_number; /* "" when texts are not offered */
    const char *sms_prefix; /* what every text begins with: "York ", or "" */
    const char *contact;    /* "" or a line */
    const struct letter *letter;
    int n;
};

/* One <section class="wm-letter"> each, to stand in a layout with print set; at most LETTERS_MAX.
 */
void letters_show(struct html *h, const struct letters *all);
/* "serial,code,area,address" and a line each (RFC 4180); cells that a spreadsheet would take for a
 * formula begin with an apostrophe. */
void letters_csv(struct buf *out, const struct letters *all);
/* `text` (at most 200 bytes) as a QR code, model 2, error correction M, in an <svg> named `label`.
 * Aborts when the library cannot. */
void letters_qr(struct html *h, const char *text, const char *label);

#endif
