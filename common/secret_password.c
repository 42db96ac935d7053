/* secret_password.c: officers' passwords by scrypt (RFC 7914), at most two at work at once. */
#include "common/secret_private.h"

#include "common/log.h"
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <pthread.h>

/* N·r·128 bytes are 32 MiB, OpenSSL 3.0's whole default allowance, which the call therefore
 * exceeds: the limit is always given. */
enum { SCRYPT_N = 1 << 15, SCRYPT_R = 8, SCRYPT_P = 3, SCRYPT_MEMORY = 64 << 20 };
enum { SALT_LEN = 16, HASH_LEN = 32, SALT_TEXT = 22, HASH_TEXT = 43, AT_ONCE = 2 };

static const char prefix[] = "$scrypt$ln=15,r=8,p=3$";

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t finished = PTHREAD_COND_INITIALIZER;
static int at_work;

static void derive(const char *password, const uint8_t salt[SALT_LEN], uint8_t out[HASH_LEN])
{
    pthread_mutex_lock(&lock);
    while (at_work == AT_ONCE)
        pthread_cond_wait(&finished, &lock);
    at_work++;
    pthread_mutex_unlock(&lock);

    MUST(EVP_PBE_scrypt(password, strlen(password), salt, SALT_LEN, SCRYPT_N, SCRYPT_R, SCRYPT_P,
                        SCRYPT_MEMORY, out, HASH_LEN) == 1);

    pthread_mutex_lock(&lock);
    at_work--;
    pthread_cond_signal(&finished);
    pthread_mutex_unlock(&lock);
}

void secret_password_hash(const char *password, char *out)
{
    uint8_t salt[SALT_LEN], hash[HASH_LEN];
    secret_random(salt, sizeof(salt));
    derive(password, salt, hash);
    memcpy(out, prefix, sizeof(prefix) - 1);
    char *at = out + sizeof(prefix) - 1;
    secret_base64(secret_base64_plain, salt, SALT_LEN, at);
    at[SALT_TEXT] = '$';
    secret_base64(secret_base64_plain, hash, HASH_LEN, at + SALT_TEXT + 1);
    OPENSSL_cleanse(hash, sizeof(hash));
}

/* Takes a stored string apart; false unless it is exactly as secret_password_hash writes it. */
static bool parse(const char *stored, uint8_t salt[SALT_LEN + 2], uint8_t hash[HASH_LEN + 2])
{
    char text[SALT_TEXT + 1];
    if (stored == NULL || strncmp(stored, prefix, sizeof(prefix) - 1) != 0)
        return false;
    stored += sizeof(prefix) - 1;
    if (strlen(stored) != SALT_TEXT + 1 + HASH_TEXT || stored[SALT_TEXT] != '$')
        return false;
    memcpy(text, stored, SALT_TEXT);
    text[SALT_TEXT] = '\0';
    return secret_unbase64(secret_base64_plain, text, salt) == SALT_LEN &&
           secret_unbase64(secret_base64_plain, stored + SALT_TEXT + 1, hash) == HASH_LEN;
}

bool secret_password_check(const char *password, const char *hash)
{
    uint8_t salt[SALT_LEN + 2] = {0}, wanted[HASH_LEN + 2] = {0}, got[HASH_LEN];
    bool well_formed = parse(hash, salt, wanted);
    derive(password, salt, got);
    bool same = secret_equal(got, wanted, HASH_LEN);
    OPENSSL_cleanse(got, sizeof(got));
    return well_formed && same;
}
