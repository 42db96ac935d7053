/* pairs.h: what a provider posts, as names and values, whether it wrote a form or JSON. Bounded:
 * at most PAIRS_MAX pairs; memory is the caller's arena. Pure, any thread. */
#ifndef WM_PAIRS_H
#define WM_PAIRS_H

#include "common/buf.h"

enum { PAIRS_MAX = 200 };

struct pair {
    const char *name, *value; /* bytes without NUL; in JSON "a.b.0" for what lies deeper */
};

struct pairs {
    struct pair pair[PAIRS_MAX];
    int n;
};

/* Adds the pairs of application/x-www-form-urlencoded bytes (WHATWG URL §5.1), as they came: no
 * white space is trimmed, since signatures are over it. False, with what was read so far, at a
 * wrong percent sign, a NUL or one pair too many. */
bool pairs_add_form(struct pairs *p, struct arena *arena, const char *bytes, size_t len);
/* Adds the members of a JSON object. Numbers become text, true and false too; null is left out.
 * False when it is no JSON object, names a member twice, is nested deeper than 8 or has too many.
 */
bool pairs_add_json(struct pairs *p, struct arena *arena, const char *bytes, size_t len);
/* Either, by its first character. */
bool pairs_add_body(struct pairs *p, struct arena *arena, const char *bytes, size_t len);
/* The value of the one pair of this name; NULL when there is none, or more than one. */
const char *pairs_get(const struct pairs *p, const char *name);

#endif
