/* request_parse.h: what clients send, taken apart: paths, forms, queries, cookies. Pure and
 * bounded: nothing here allocates more than a small multiple of its input, and the arena is the
 * caller's. Fuzzed by tests/fuzz/fuzz_server_form.c and fuzz_server_cookie.c. */
#ifndef WM_REQUEST_PARSE_H
#define WM_REQUEST_PARSE_H

#include "server/routes.h"

enum { COOKIES_MAX = 50, COOKIE_HEADER_MAX = 8192, PATH_MAX_LEN = 512 };

/* How strict a form is read. */
enum form_mode {
    FORM_STRICT,  /* posted forms: anything undeclared or wrong refuses the whole */
    FORM_QUERY,   /* pages: undeclared names are ignored (people share links with utm_…) */
    FORM_PROVIDER /* webhooks: as FORM_QUERY; values are bytes (any charset, no NUL), and what is
                     wrong with one is reported, not refused: retrying would not mend it */
};

struct form {
    struct field *fields; /* in the order sent; names point at the rules' names */
    int n;
    bool malformed; /* FORM_PROVIDER: a value was cut or repeated, or held a NUL */
};

/* Reads application/x-www-form-urlencoded (WHATWG URL §5.1) by a route's rules (NULL: none). False
 * refuses the whole (400): more than REQUEST_FIELDS_MAX pairs, a wrong percent sign, NUL, invalid
 * UTF-8, a control character other than TAB, and LF, CR in a field without `block`, a value too
 * long or sent too often. Line ends become LF; white space at both ends is dropped. */
bool form_read(struct arena *arena, const char *bytes, size_t len, const struct field_rule *rules,
               enum form_mode mode, struct form *out);

/* Decodes the path of a request target in place of "?query", which *query then points at ("" when
 * there is none). NULL refuses: it does not begin with '/', is too long, or holds %00, an encoded
 * slash, a control character or invalid UTF-8. */
const char *path_read(struct arena *arena, const char *target, const char **query);

/* Reads a Cookie header (RFC 6265 §4.2.1). False: too many, too long, or a name that begins with
 * "wm_" or "__Host-wm_" stands there twice. Pairs that are no cookies are ignored. */
bool cookies_read(struct arena *arena, const char *header, struct field **cookies, int *n);

/* True when If-None-Match (RFC 9110 §13.1.2) names this entity tag, given with its quotes. */
bool etag_matches(const char *if_none_match, const char *etag);

#endif
