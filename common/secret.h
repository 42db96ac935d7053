/* secret.h: keys, tokens and seals. The only place, with digest.c, that knows OpenSSL.
 *
 * One master key of 32 bytes lives in a file outside the database. Every use has a key of its
 * own, derived once at start: HMAC-SHA-256(master, "wardmote/<use>/1" 0x00). All functions may be
 * called from any thread after secret_start; a failure of the library aborts. */
#ifndef WM_SECRET_H
#define WM_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SECRET_KEY_LEN = 32, SECRET_SEAL_EXTRA = 29 }; /* version 1 + nonce 12 + tag 16 */

enum secret_use {
    SECRET_CODE,    /* lookup hash of voting codes */
    SECRET_PHONE,   /* lookup hash of phone numbers */
    SECRET_ADDRESS, /* hash of network addresses for limits */
    SECRET_NEAR,    /* near-duplicate key of texts */
    SECRET_SEAL,    /* AES-256-GCM of numbers, bodies, round keys, TOTP seeds, draft cookies */
    SECRET_SESSION, /* voters' cookies */
    SECRET_CSRF,    /* form tokens */
    SECRET_USES
};

/* `hex`: the master key, 64 hexadecimal digits (as conf loads it). False if it is not. */
bool secret_start(const char *hex);

void secret_random(void *out, size_t len);
/* HMAC-SHA-256 (RFC 2104) under the key of `use` over label ‖ 0x00 ‖ bytes. */
void secret_hmac(enum secret_use use, const char *label, const void *bytes, size_t len,
                 uint8_t out[32]);
/* HMAC-SHA-256 under an explicit key. */
void secret_hmac_key(const uint8_t *key, size_t key_len, const void *bytes, size_t len,
                     uint8_t out[32]);
bool secret_equal(const void *a, const void *b, size_t len); /* constant time */

/* Other people's signatures: HMAC (RFC 2104), or the bare digest, with the digest that a provider
 * uses. Both return the length written. */
enum secret_mac_digest { SECRET_MD5, SECRET_SHA1, SECRET_SHA256, SECRET_SHA512 };
enum { SECRET_MAC_MAX = 64 };
size_t secret_mac(enum secret_mac_digest digest, const void *key, size_t key_len, const void *bytes,
                  size_t len, uint8_t out[SECRET_MAC_MAX]);
size_t secret_hash(enum secret_mac_digest digest, const void *bytes, size_t len,
                   uint8_t out[SECRET_MAC_MAX]);

/* AES-256-GCM under SECRET_SEAL's key: version byte 1, 12-byte random nonce, ciphertext, 16-byte
 * tag. `about` is authenticated, not stored: name what the value belongs to ("inbox.body",
 * "round.k_nonce"), so that a sealed value cannot be moved elsewhere.
 * `out` must hold len + SECRET_SEAL_EXTRA bytes; returns the length written. */
size_t secret_seal(const char *about, const void *plain, size_t len, uint8_t *out);
/* `out` must hold len - SECRET_SEAL_EXTRA bytes. Returns the plain length, or -1 when the value
 * was not sealed by us for this use. */
long secret_unseal(const char *about, const void *sealed, size_t len, uint8_t *out);

/* base64url without padding (RFC 4648 §5). `out` must hold len * 4 / 3 + 4 bytes. */
void secret_base64url(const void *bytes, size_t len, char *out);
/* Returns the number of bytes, or -1; `out` must hold strlen(s) * 3 / 4 + 3 bytes. */
long secret_unbase64url(const char *s, uint8_t *out);
/* Plain base64 with padding (RFC 4648 §4), for HTTP. `out` must hold (len + 2) / 3 * 4 + 1 bytes.
 */
void secret_base64_text(const void *bytes, size_t len, char *out);
/* Hex to bytes; false unless exactly 2*len hexadecimal digits. */
bool secret_unhex(const char *hex, uint8_t *out, size_t len);

/* Officers' passwords: scrypt N=2^15 r=8 p=3, 16-byte salt, as
 * "$scrypt$ln=15,r=8,p=3$<salt>$<hash>" (base64 without padding). About 0.3 s and 32 MiB a call:
 * at most two run at once, others wait. `out` must hold 128 bytes. */
void secret_password_hash(const char *password, char *out);
/* Constant time for a well-formed hash; a NULL or malformed hash costs as much and is false. */
bool secret_password_check(const char *password, const char *hash);

/* TOTP (RFC 6238): SHA-1, 6 digits, 30 s, seed of 20 bytes. Returns the time step that matched
 * `code` among the one of `unix_s` and the one before it, greater than `last_step`; or -1. */
int64_t secret_totp_check(const uint8_t seed[20], const char *code, int64_t unix_s,
                          int64_t last_step);
/* The six digits for a moment, for the demo page and tests. */
void secret_totp(const uint8_t seed[20], int64_t unix_s, char out[7]);
/* Base32 (RFC 4648) of a seed, as authenticator apps want it; `out` must hold 33 bytes. */
void secret_base32(const uint8_t seed[20], char out[33]);

#endif
