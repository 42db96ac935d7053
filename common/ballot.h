/* ballot.h: the canonical bytes of a ballot, its commitment and its receipt (architecture §7).
 * Golden bytes: tests/unit/test_ballot.c. Pure, any thread. */
#ifndef WM_BALLOT_H
#define WM_BALLOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    BALLOT_PICKS_MAX = 60,
    PSEUDONYM_LEN = 16,
    COMMITMENT_LEN = 32,
    UUID_LEN = 16,
    UUID_TEXT_LEN = 36,
    RECEIPT_DIGITS = 13, /* 12 Crockford base32 characters and a check character */
    RECEIPT_LEN = 17,    /* "R7K3M-Q9TZ-4HWD-A" */
    BALLOT_TEXT_MAX = 1400
};

struct ballot_pick {
    uint16_t number; /* of the proposal, 0 to 9999 */
    uint16_t weight; /* 1; points; rank from 1; yes/no: 1 or 0 */
};

/* The two random keys of a round, unsealed, and its uuid. */
struct round_keys {
    int32_t round;
    uint8_t uuid[UUID_LEN];
    uint8_t k_pseudonym[32];
    uint8_t k_nonce[32];
};

/* Lower-case 8-4-4-4-12; `out` holds 37 bytes. */
void uuid_text(const uint8_t uuid[UUID_LEN], char out[UUID_TEXT_LEN + 1]);
bool uuid_read(const char *text, uint8_t out[UUID_LEN]);

/* First 16 bytes of HMAC-SHA-256(K_pseudonym, "wardmote/pseudonym/1" 0x00 ‖ round ‖ voter). */
void ballot_pseudonym(const struct round_keys *keys, const uint8_t voter[UUID_LEN],
                      uint8_t out[PSEUDONYM_LEN]);
/* Sorts picks ascending by number, in place. */
void ballot_sort(struct ballot_pick *picks, size_t n);
/* The ballot text, ASCII with LF. Picks must be sorted; n 0 and !withdrawn is a blank ballot.
 * Returns its length; `out` holds BALLOT_TEXT_MAX bytes. */
size_t ballot_text(const struct round_keys *keys, const uint8_t pseudonym[PSEUDONYM_LEN],
                   uint32_t revision, const struct ballot_pick *picks, size_t n, bool withdrawn,
                   char *out);
/* commitment = SHA-256("wardmote/commitment/1" 0x00 ‖ nonce ‖ text), with
 * nonce = HMAC-SHA-256(K_nonce, "wardmote/nonce/1" 0x00 ‖ pseudonym ‖ u32 revision). */
void ballot_commitment(const struct round_keys *keys, const uint8_t pseudonym[PSEUDONYM_LEN],
                       uint32_t revision, const char *text, size_t len,
                       uint8_t out[COMMITMENT_LEN]);
/* SHA-256 over the picks (sorted, 4 bytes each, big-endian) and the withdrawn flag: tells whether
 * a repeated form says the same. */
void ballot_picks_hash(const struct ballot_pick *picks, size_t n, bool withdrawn, uint8_t out[32]);

/* First 60 bits of a commitment, as the non-negative number under which a receipt is stored. */
int64_t receipt_bits(const uint8_t commitment[COMMITMENT_LEN]);
/* "R" + 12 characters of Crockford's base32 + a check character (Luhn mod 32), shown R-4-4-4-1:
 * R7K3M-Q9TZ-4HWD-A. `out` holds RECEIPT_LEN + 1 bytes. */
void receipt_show(int64_t bits, char out[RECEIPT_LEN + 1]);
/* As people type it: any case, spaces and dashes ignored, O as 0, I and L as 1, with or without
 * the R. False when it has another length or the check character is wrong. */
bool receipt_read(const char *typed, int64_t *bits);

#endif
