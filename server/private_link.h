/* private_link.h: links that are somebody's alone: a random key in the path, of which only the
 * SHA-256 is stored. Any thread. */
#ifndef WM_SERVER_PRIVATE_LINK_H
#define WM_SERVER_PRIVATE_LINK_H

#include "common/db.h"

enum { PRIVATE_TEXT_MAX = 32 };

/* `len` random characters of Crockford's base32, five bits each: no I, L, O or U, so that nobody
 * misreads one over the telephone. `out` holds len + 1. */
void private_text(char *out, size_t len);
/* The hash of a key as a parameter. */
void put_private_key(struct db_params *p, const char *key);

#endif
