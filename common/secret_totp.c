/* secret_totp.c: one-time codes of authenticator apps (RFC 6238 over RFC 4226). */
#include "common/secret.h"

#include "common/log.h"
#include <endian.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

enum { STEP_S = 30, SEED_LEN = 20, SHA1_LEN = 20, CODE_LEN = 6 };

static void code_of_step(const uint8_t seed[SEED_LEN], int64_t step, char out[CODE_LEN + 1])
{
    uint64_t counter = htobe64((uint64_t)step);
    uint8_t hash[SHA1_LEN];
    MUST(HMAC(EVP_sha1(), seed, SEED_LEN, (const uint8_t *)&counter, sizeof(counter), hash, NULL) !=
         NULL);
    const uint8_t *at = hash + (hash[SHA1_LEN - 1] & 15); /* dynamic truncation */
    uint32_t n =
        ((uint32_t)(at[0] & 0x7F) << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3]) %
        1000000;
    for (int i = CODE_LEN - 1; i >= 0; i--, n /= 10)
        out[i] = (char)('0' + n % 10);
    out[CODE_LEN] = '\0';
}

void secret_totp(const uint8_t seed[20], int64_t unix_s, char out[7])
{
    code_of_step(seed, unix_s / STEP_S, out);
}

int64_t secret_totp_check(const uint8_t seed[20], const char *code, int64_t unix_s,
                          int64_t last_step)
{
    int64_t matched = -1;
    if (strlen(code) != CODE_LEN)
        return -1;
    for (int64_t step = unix_s / STEP_S - 1; step <= unix_s / STEP_S; step++) {
        char wanted[CODE_LEN + 1];
        code_of_step(seed, step, wanted);
        if (secret_equal(code, wanted, CODE_LEN) && step > last_step)
            matched = step;
    }
    return matched;
}
