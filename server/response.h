/* response.h: ways to answer. Each sets r->response and may be called once a request; handlers
 * return right afterwards. Security headers are added to every response by httpd (integrity.md
 * section 4 of the design material): CSP, nosniff, no-referrer, COOP, CORP, HSTS under https. */
#ifndef WM_RESPONSE_H
#define WM_RESPONSE_H

#include "server/html.h"
#include "server/request.h"

/* Takes over the html's bytes. */
void response_html(struct request *r, int status, struct html *h);
/* text/plain; charset=utf-8 */
void response_text(struct request *r, int status, const char *text);
/* A download (or inline when filename is NULL) of another type; takes over the bytes. `type` is a
 * literal such as "text/csv; charset=utf-8"; `filename` printf-made ASCII in the arena. */
void response_file(struct request *r, const char *type, const char *filename, struct buf *body);
/* The answer to a preflight request: what other sites may ask of this path. */
void response_preflight(struct request *r);
/* 303 to a path of ours (printf into the arena; must begin with one '/'). */
void response_redirect(struct request *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Set-Cookie with Path=/; HttpOnly; SameSite=Lax (or Strict), Secure and __Host- under https.
 * `max_age` seconds; 0 deletes; -1 a session cookie. Value must be base64url. */
void response_cookie(struct request *r, const char *name, const char *value, int max_age,
                     bool strict);
/* The standard page for 400, 403, 404, 405, 409, 413, 429, 500, 503 in the user's words; nothing
 * of the request is echoed. 503 and 429 carry Retry-After. Written by page_error.c. */
void response_error(struct request *r, int status);
/* Answers a failed database outcome: DB_LOST 503, DB_RETRY 503, DB_REFUSED 500. */
void response_db(struct request *r, enum db_outcome outcome);

#endif
