/* layout.h: the shell of every page: head, skip link, header, navigation, footer. */
#ifndef WM_LAYOUT_H
#define WM_LAYOUT_H

#include "server/html.h"
#include "server/request.h"

enum layout_kind { LAYOUT_RESIDENT, LAYOUT_DESK };

struct layout {
    enum layout_kind kind;
    enum language language; /* of the whole page: r->language where all its words are translated */
    const char *here;       /* then: the path of the page, for the choice of language; else NULL */
    const char *title; /* in that language; " - Wardmote" is added; "Error: " too when has_error */
    bool has_error;
    const char *back_path; /* back link, or NULL */
    const char *back_text; /* "Back" when NULL */
    const char *back_name; /* instead: a title or a place, which keeps its language */
    bool practice;         /* about a practice round: a banner says so */
    bool wide;             /* the page brings its own containers inside main (home) */
    bool script;           /* load ballot.js (the ballot page only) */
    bool framed;           /* shown in other sites' frames: nothing around, links leave the frame */
    bool print;            /* a letter: no header, no footer */
    const char *feeds; /* path below which rounds.atom, results.atom and dates.ics of this lie, or
                          NULL */
    const char *form_token; /* desk: for the sign-out button; else NULL */
    unsigned roles;         /* desk: ROLE_… of routes.h: the menu holds what is open to them */
};

/* Everything up to and including <main …>; layout_end closes it. */
void layout_begin(struct html *h, const struct layout *l);
void layout_end(struct html *h, const struct layout *l);
/* The operator's line on how to get help, marked with its language where it is not the page's; and
 * whether there is one. */
void layout_contact(struct html *h);
bool layout_has_contact(const struct html *h);

/* "?lang=pl", behind the address of what is read without cookies (feeds, frames); "" in English.
 * Returns `out`. */
enum { LANGUAGE_QUERY_LEN = 16 };
const char *layout_language_query(enum language language, char out[LANGUAGE_QUERY_LEN]);

/* The resident's page that r asks for, wholly translated: kind, language and here. */
struct layout layout_said(const struct request *r, const char *title);

/* Times in Europe/London as residents read them: "9pm on Sunday 14 December 2026";
 * minutes and seconds only when not zero ("9:30pm", "9:30:15pm"). `out` holds 64 bytes. */
void when_text(int64_t unix_us, char out[64]);
/* And in another language: "niedziela 14 grudnia 2026, godz. 21:00". */
void when_text_in(enum language language, int64_t unix_us, char out[64]);
/* "14 December 2026" */
void when_date(int64_t unix_us, char out[40]);
void when_date_in(enum language language, int64_t unix_us, char out[40]);
/* In UTC for programs, to the second: "2026-12-14T21:00:00Z" (RFC 3339). */
void when_utc(int64_t unix_us, char out[24]);
/* "2026-12-14", for files; "" where there is none (DB_NO_TIME). */
void when_iso(int64_t unix_us, char out[40]);
/* The moment without its seconds, for what merely happened; deadlines are told to the second. */
int64_t when_minute(int64_t unix_us);
/* A moment that lies `days` midnights in London ahead, in short: "today at 9pm", "tomorrow at
 * 9pm", "Sunday at 9pm" (within six days), "14 December", "14 December 2027" (past 300 days). */
void when_short_in(enum language language, int64_t unix_us, int days, char out[64]);

#endif
