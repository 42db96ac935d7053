/* session_cookie.h: the text of a voter's cookie and of a form token, apart from any request, for
 * session.c and for the program that makes load (tests/load/voters.c). */
#ifndef WM_SESSION_COOKIE_H
#define WM_SESSION_COOKIE_H

#include "server/session.h"

enum { SESSION_COOKIE_MAX = 128 };

/* base64url(payload ‖ HMAC-SHA-256 under SECRET_SESSION). */
void session_cookie_write(const struct voter_session *v, char out[SESSION_COOKIE_MAX]);
/* False when it was not made by us or has expired at `now` (unix seconds). */
bool session_cookie_read(const char *text, int64_t now, struct voter_session *v);
/* base64url(HMAC-SHA-256 under SECRET_CSRF) of a session's id. */
void session_token_of(const uint8_t *id, size_t len, char out[SESSION_TOKEN_LEN + 1]);

/* Big-endian numbers of `len` bytes. */
void session_put(uint8_t *out, uint64_t n, size_t len);
uint64_t session_get(const uint8_t *in, size_t len);

#endif
