/* site.h: what an administrator made every page say: a banner and the council's colour. Read from
 * the database when it changes (content_watch.c), kept in memory. */
#ifndef WM_SITE_H
#define WM_SITE_H

#include "common/db.h"

enum { SITE_BANNER_MAX = 300, SITE_TEXT_MAX = 4000, SITE_COLOUR_LEN = 6 };

struct site {
    char colour[SITE_COLOUR_LEN + 1];     /* "0e4a4f"; "": the usual one */
    char banner[4 * SITE_BANNER_MAX + 1]; /* "": none */
    int64_t banner_until;                 /* unix microseconds; DB_NO_TIME: no end */
};

/* Reads it anew; keeps what there was when the database does not answer. Any thread. */
void site_refresh(struct db *db);
/* A copy of what holds now, without a banner that is over. Any thread. */
void site_now(struct site *out);

/* --- colours ------------------------------------------------------------------------------ */
/* "#0E4A4F" or "0e4a4f" to "0e4a4f"; false for anything else. */
bool site_colour_read(const char *typed, char out[SITE_COLOUR_LEN + 1]);
/* How many times lighter white is than this colour (WCAG 2.2, "contrast ratio"): letters need 4.5.
 */
double site_colour_contrast(const char colour[SITE_COLOUR_LEN + 1]);
/* The style sheet that brings the colour in. */
void site_colour_css(const char colour[SITE_COLOUR_LEN + 1], struct buf *out);

#endif
