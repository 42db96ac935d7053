/* ics.h: calendars in iCalendar's format (RFC 5545): lines end with CR LF and are folded at 75
 * octets, between characters; times are UTC. Pure, any thread. */
#ifndef WM_ICS_H
#define WM_ICS_H

#include "common/buf.h"

struct ics_event {
    const char *uid;     /* the same for ever; TEXT */
    const char *summary; /* in words */
    const char *details; /* "" none */
    const char *url;
    int64_t at;         /* when: a moment without length, unix microseconds */
    int64_t changed_at; /* when this was last changed */
    int sequence;       /* how often it was moved */
};

/* `name`: of the calendar, as programs show it. ics_end closes what ics_begin opened. */
void ics_begin(struct buf *b, const char *name);
void ics_event(struct buf *b, const struct ics_event *e);
void ics_end(struct buf *b);

/* One property of type TEXT (§3.3.11), escaped and folded. */
void ics_text(struct buf *b, const char *property, const char *text);

#endif
