/* ballot.c: the canonical bytes of a ballot, and the commitment and receipt made from them. */
#include "common/ballot.h"

#include "common/digest.h"
#include "common/log.h"
#include "common/secret.h"
#include <endian.h>

/* Labels keep the hashes of different things apart; sizeof counts their NUL, as the format does. */
static const char pseudonym_label[] = "wardmote/pseudonym/1";
static const char nonce_label[] = "wardmote/nonce/1";
static const char commitment_label[] = "wardmote/commitment/1";

static const char hex_digits[] = "0123456789abcdef";

/* --- bytes -------------------------------------------------------------------------------- */

static char *put(char *at, const void *bytes, size_t len)
{
    memcpy(at, bytes, len);
    return at + len;
}

static char *put_hex(char *at, const uint8_t *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        *at++ = hex_digits[bytes[i] >> 4];
        *at++ = hex_digits[bytes[i] & 15];
    }
    return at;
}

static char *put_number(char *at, uint32_t n)
{
    char digits[10];
    size_t from = sizeof(digits);
    do {
        digits[--from] = (char)('0' + n % 10);
        n /= 10;
    } while (n > 0);
    return put(at, digits + from, sizeof(digits) - from);
}

static bool is_dash_place(size_t at)
{
    return at == 8 || at == 13 || at == 18 || at == 23;
}

void uuid_text(const uint8_t uuid[UUID_LEN], char out[UUID_TEXT_LEN + 1])
{
    size_t at = 0;
    for (size_t i = 0; i < UUID_LEN; i++) {
        if (is_dash_place(at))
            out[at++] = '-';
        put_hex(out + at, uuid + i, 1);
        at += 2;
    }
    out[UUID_TEXT_LEN] = '\0';
}

bool uuid_read(const char *text, uint8_t out[UUID_LEN])
{
    char hex[2 * UUID_LEN + 1];
    size_t n = 0;
    if (strlen(text) != UUID_TEXT_LEN)
        return false;
    for (size_t at = 0; at < UUID_TEXT_LEN; at++) {
        if (is_dash_place(at) != (text[at] == '-'))
            return false;
        if (text[at] != '-')
            hex[n++] = text[at];
    }
    hex[n] = '\0';
    return secret_unhex(hex, out, UUID_LEN);
}

/* --- ballots ------------------------------------------------------------------------------ */

void ballot_pseudonym(const struct round_keys *keys, const uint8_t voter[UUID_LEN],
                      uint8_t out[PSEUDONYM_LEN])
{
    char message[sizeof(pseudonym_label) + 2 * UUID_LEN];
    uint8_t hash[32];
    char *at = put(message, pseudonym_label, sizeof(pseudonym_label));
    at = put(at, keys->uuid, UUID_LEN);
    put(at, voter, UUID_LEN);
    secret_hmac_key(keys->k_pseudonym, sizeof(keys->k_pseudonym), message, sizeof(message), hash);
    memcpy(out, hash, PSEUDONYM_LEN);
}

/* Insertion sort: a ballot has a handful of picks, mostly in order already. */
void ballot_sort(struct ballot_pick *picks, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct ballot_pick pick = picks[i];
        size_t to = i;
        for (; to > 0 && picks[to - 1].number > pick.number; to--)
            picks[to] = picks[to - 1];
        picks[to] = pick;
    }
}

static char *put_picks(char *at, const struct ballot_pick *picks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        MUST(i == 0 || picks[i - 1].number < picks[i].number);
        at = put(at, "pick ", 5);
        at = put_number(at, picks[i].number);
        *at++ = ' ';
        at = put_number(at, picks[i].weight);
        *at++ = '\n';
    }
    return at;
}

size_t ballot_text(const struct round_keys *keys, const uint8_t pseudonym[PSEUDONYM_LEN],
                   uint32_t revision, const struct ballot_pick *picks, size_t n, bool withdrawn,
                   char *out)
{
    char round[UUID_TEXT_LEN + 1];
    MUST(n <= BALLOT_PICKS_MAX && !(withdrawn && n > 0));
    uuid_text(keys->uuid, round);
    char *at = put(out, "wardmote/ballot/1\nround ", 24);
    at = put(at, round, UUID_TEXT_LEN);
    at = put(at, "\nvoter ", 7);
    at = put_hex(at, pseudonym, PSEUDONYM_LEN);
    at = put(at, "\nrevision ", 10);
    at = put_number(at, revision);
    *at++ = '\n';
    at = put_picks(at, picks, n);
    if (withdrawn)
        at = put(at, "withdrawn\n", 10);
    at = put(at, "end\n", 4);
    return (size_t)(at - out);
}

static void ballot_nonce(const struct round_keys *keys, const uint8_t pseudonym[PSEUDONYM_LEN],
                         uint32_t revision, uint8_t out[32])
{
    char message[sizeof(nonce_label) + PSEUDONYM_LEN + sizeof(uint32_t)];
    uint32_t wire = htobe32(revision);
    char *at = put(message, nonce_label, sizeof(nonce_label));
    at = put(at, pseudonym, PSEUDONYM_LEN);
    put(at, &wire, sizeof(wire));
    secret_hmac_key(keys->k_nonce, sizeof(keys->k_nonce), message, sizeof(message), out);
}

void ballot_commitment(const struct round_keys *keys, const uint8_t pseudonym[PSEUDONYM_LEN],
                       uint32_t revision, const char *text, size_t len, uint8_t out[COMMITMENT_LEN])
{
    char message[sizeof(commitment_label) + 32 + BALLOT_TEXT_MAX];
    uint8_t nonce[32];
    MUST(len <= BALLOT_TEXT_MAX);
    ballot_nonce(keys, pseudonym, revision, nonce);
    char *at = put(message, commitment_label, sizeof(commitment_label));
    at = put(at, nonce, sizeof(nonce));
    at = put(at, text, len);
    digest_sha256(message, (size_t)(at - message), out);
}

void ballot_picks_hash(const struct ballot_pick *picks, size_t n, bool withdrawn, uint8_t out[32])
{
    uint8_t message[BALLOT_PICKS_MAX * 4 + 1];
    uint8_t *at = message;
    MUST(n <= BALLOT_PICKS_MAX);
    for (size_t i = 0; i < n; i++) {
        *at++ = (uint8_t)(picks[i].number >> 8);
        *at++ = (uint8_t)(picks[i].number & 0xFF);
        *at++ = (uint8_t)(picks[i].weight >> 8);
        *at++ = (uint8_t)(picks[i].weight & 0xFF);
    }
    *at++ = withdrawn ? 1 : 0;
    digest_sha256(message, (size_t)(at - message), out);
}
