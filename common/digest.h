/* digest.h: SHA-256, the one hash of this project. A sibling of secret.h that needs no key, so
 * that count/ may use it for lots and fingerprints. */
#ifndef WM_DIGEST_H
#define WM_DIGEST_H

#include <stddef.h>
#include <stdint.h>

enum { DIGEST_LEN = 32 };

/* SHA-256 (FIPS 180-4) of `len` bytes. Any thread. Aborts if the library fails. */
void digest_sha256(const void *bytes, size_t len, uint8_t out[DIGEST_LEN]);

/* The same in pieces, for a file too big to hold: digest_begin, digest_more as often as needed,
 * then digest_end, which writes the hash and frees the state (`out` NULL only frees it).
 * One thread at a time. Abort if the library fails. */
struct digest;
struct digest *digest_begin(void);
void digest_more(struct digest *d, const void *bytes, size_t len);
void digest_end(struct digest *d, uint8_t out[DIGEST_LEN]);

#endif
