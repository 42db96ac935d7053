/* routes.h: the route table's row. routes.c holds the one table; reading it is reading the site
 * map. */
#ifndef WM_ROUTES_H
#define WM_ROUTES_H

#include "server/request.h"

/* Where a handler runs (architecture §4): the lanes have their own bound, workers and role. */
enum lane {
    LANE_BALLOTS, /* casting, which is tried in the I/O thread first, with `db` NULL, and
                     webhooks; role wardmote_web */
    LANE_PAGES,   /* role wardmote_web */
    LANE_DESK,    /* officers; role wardmote_desk */
    LANES
};

/* Who may call: one of the kinds. Of a page of the desk besides: which roles (one of them is
 * enough), whose the page is, and whether password and authenticator must have been given lately.
 * A page of the desk that names no role is nobody's. */
enum who {
    WHO_ANYONE = 1 << 0,
    WHO_ANY_SITE = 1 << 14, /* anyone, and scripts on other sites' pages: open data, with CORS;
                               what is wrong is told as application/problem+json */
    WHO_FRAMED = 1 << 15,   /* anyone, and other sites may show it in a frame */
    WHO_VOTER = 1 << 1,     /* a voter's session, else page_session_ended */
    WHO_OFFICER = 1 << 2,   /* an officer's session, else 303 to /desk/sign-in */
    WHO_PROVIDER = 1 << 3,  /* a webhook: the handler checks the provider's secret */
    WHO_KINDS = WHO_ANYONE | WHO_ANY_SITE | WHO_FRAMED | WHO_VOTER | WHO_OFFICER | WHO_PROVIDER,

    ROLE_WARD_OFFICER = 1 << 4, /* of an area, as the next two */
    ROLE_APPROVER = 1 << 5,
    ROLE_CLERK = 1 << 6,
    ROLE_SMS_OPERATOR = 1 << 7, /* of the whole service, as the next two */
    ROLE_AUDITOR = 1 << 8,
    ROLE_ADMINISTRATOR = 1 << 9,
    ROLES_NAMED = ROLE_WARD_OFFICER | ROLE_APPROVER | ROLE_CLERK | ROLE_SMS_OPERATOR |
                  ROLE_AUDITOR | ROLE_ADMINISTRATOR,
    ROLE_ANY = 1 << 10, /* every officer, one without a role too */

    OF_AREA = 1 << 11,    /* path or form name something of an area: 404 without a role there */
    OF_SERVICE = 1 << 12, /* of no area; a list shows what is in the officer's own */
    PROVEN = 1 << 13      /* else 303 to /desk/prove, see guard.h */
};

enum guard {
    GUARD_NONE,   /* GET, or a webhook */
    GUARD_ORIGIN, /* POST without a session yet: Sec-Fetch-Site and Origin must be ours */
    GUARD_TOKEN   /* POST with a session: its form token, and the origin */
};

enum { CACHED_BY_ORDER = 2 };

struct field_rule {
    const char *name; /* NULL ends the list */
    int max_len;      /* bytes of the value; longer is 400 */
    int max_times;    /* more is 400 */
    bool block;       /* may hold line breaks */
};

enum handled {
    HANDLED,       /* r->response is set */
    HANDED_OVER,   /* the ballot box or the text box will set it */
    NEEDS_DATABASE /* called with `db` NULL: to be called again by a worker that has one */
};
typedef enum handled handler(struct request *r, struct db *db);

struct route {
    const char *method;  /* "GET" (also serves HEAD) or "POST" */
    const char *pattern; /* "/ballot/:round/check" */
    enum lane lane;
    unsigned who; /* enum who */
    enum guard guard;
    int cached; /* true: alike for every reader, with an ETag; kept until content changes, but for
                   answers to a query that `fields` declare. CACHED_BY_ORDER: the same, once for
                   each order of lists (request_order) */
    const struct field_rule *fields; /* NULL: none; an undeclared field is 400 */
    handler *handle;
    int body_max; /* bytes; 0: 16 KiB; at most REQUEST_BODY_MAX, or REQUEST_FILE_MAX: an officer's
                     multipart form with a file */
};

extern const struct route routes[];
extern const size_t routes_count;

/* The row for a method and path, with ":name" values (pointing into an arena copy) in `segment`.
 * NULL: none; *other_method is then true when the path exists for another method (405). */
const struct route *routes_find(struct arena *arena, const char *method, const char *path,
                                const char *segment[REQUEST_SEGMENTS_MAX], bool *other_method);
/* Does an officer with these roles (ROLE_…) pass the row's? */
bool routes_open_to(const struct route *route, unsigned roles);
/* The same for the row of a method and path; false where there is none. */
bool routes_may(struct arena *arena, const char *method, const char *path, unsigned roles);

#endif
