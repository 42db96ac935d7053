/* secret.c: the keys of this process: derivation, HMAC, random bytes and sealed values. */
#include "common/secret.h"

#include "common/buf.h"
#include "common/log.h"
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <threads.h>

enum { SEAL_VERSION = 1, NONCE_LEN = 12, TAG_LEN = 16, LABEL_MAX = 64 };

static const char *const use_names[SECRET_USES] = {
    [SECRET_CODE] = "code", [SECRET_PHONE] = "phone", [SECRET_ADDRESS] = "address",
    [SECRET_NEAR] = "near", [SECRET_SEAL] = "seal",   [SECRET_SESSION] = "session",
    [SECRET_CSRF] = "csrf",
};

static uint8_t keys[SECRET_USES][SECRET_KEY_LEN];
static bool started;

/* Algorithms are fetched once: a fetch by name costs more than a short HMAC. */
static EVP_MAC *hmac;
static EVP_CIPHER *gcm;
static tss_t macs_of_thread;
static once_flag fetched = ONCE_FLAG_INIT;

/* Each thread keeps a few contexts with the keys that it used last: beginning anew with the same
 * key costs half of setting it. */
enum { MACS = 6 };

struct macs {
    struct {
        EVP_MAC_CTX *context; /* NULL: not used yet */
        bool known;           /* its key stands here: one of our own length */
        uint8_t key[SECRET_KEY_LEN];
    } mac[MACS];
    unsigned next; /* to be keyed anew */
};

static void free_macs(void *kept)
{
    struct macs *macs = kept;
    for (int i = 0; i < MACS; i++)
        EVP_MAC_CTX_free(macs->mac[i].context);
    OPENSSL_cleanse(macs, sizeof(*macs));
    free(macs);
}

static void fetch(void)
{
    hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    gcm = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
    MUST(hmac != NULL && gcm != NULL);
    MUST(tss_create(&macs_of_thread, free_macs) == thrd_success);
}

static struct macs *own_macs(void)
{
    call_once(&fetched, fetch);
    struct macs *macs = tss_get(macs_of_thread);
    if (macs == NULL) {
        macs = wm_alloc(sizeof(*macs));
        MUST(tss_set(macs_of_thread, macs) == thrd_success);
    }
    return macs;
}

static EVP_MAC_CTX *new_context(void)
{
    char name[] = "SHA256";
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0),
        OSSL_PARAM_construct_end(),
    };
    EVP_MAC_CTX *context = EVP_MAC_CTX_new(hmac);
    MUST(context != NULL && EVP_MAC_CTX_set_params(context, params) == 1);
    return context;
}

/* A context that has the key and has taken nothing yet. */
static EVP_MAC_CTX *hmac_begin(const uint8_t *key, size_t len)
{
    struct macs *macs = own_macs();
    for (int i = 0; len == SECRET_KEY_LEN && i < MACS; i++) {
        if (macs->mac[i].known && secret_equal(macs->mac[i].key, key, len)) {
            MUST(EVP_MAC_init(macs->mac[i].context, NULL, 0, NULL) == 1);
            return macs->mac[i].context;
        }
    }
    unsigned at = macs->next++ % MACS;
    if (macs->mac[at].context == NULL)
        macs->mac[at].context = new_context();
    macs->mac[at].known = len == SECRET_KEY_LEN;
    if (macs->mac[at].known)
        memcpy(macs->mac[at].key, key, len);
    MUST(EVP_MAC_init(macs->mac[at].context, key, len, NULL) == 1);
    return macs->mac[at].context;
}

static void hmac_end(EVP_MAC_CTX *context, uint8_t out[32])
{
    size_t len = 0;
    MUST(EVP_MAC_final(context, out, &len, 32) == 1 && len == 32);
}

void secret_hmac_key(const uint8_t *key, size_t key_len, const void *bytes, size_t len,
                     uint8_t out[32])
{
    EVP_MAC_CTX *context = hmac_begin(key, key_len);
    MUST(EVP_MAC_update(context, bytes, len) == 1);
    hmac_end(context, out);
}

void secret_hmac(enum secret_use use, const char *label, const void *bytes, size_t len,
                 uint8_t out[32])
{
    MUST(started);
    EVP_MAC_CTX *context = hmac_begin(keys[use], SECRET_KEY_LEN);
    MUST(EVP_MAC_update(context, (const uint8_t *)label, strlen(label) + 1) == 1);
    MUST(EVP_MAC_update(context, bytes, len) == 1);
    hmac_end(context, out);
}

bool secret_start(const char *hex)
{
    uint8_t master[SECRET_KEY_LEN];
    char label[LABEL_MAX];
    if (!secret_unhex(hex, master, sizeof(master)))
        return false;
    for (size_t use = 0; use < SECRET_USES; use++) {
        int len = snprintf(label, sizeof(label), "wardmote/%s/1", use_names[use]);
        MUST(len > 0 && (size_t)len < sizeof(label));
        secret_hmac_key(master, sizeof(master), label, (size_t)len + 1, keys[use]);
    }
    OPENSSL_cleanse(master, sizeof(master));
    started = true;
    return true;
}

void secret_random(void *out, size_t len)
{
    MUST(len <= INT32_MAX && RAND_bytes(out, (int)len) == 1);
}

bool secret_equal(const void *a, const void *b, size_t len)
{
    return CRYPTO_memcmp(a, b, len) == 0;
}

/* --- seals -------------------------------------------------------------------------------- */

/* A context that is keyed and has taken the version and `about`, for either direction. */
static EVP_CIPHER_CTX *gcm_begin(bool encrypt, const uint8_t *nonce, const char *about)
{
    static const uint8_t version = SEAL_VERSION;
    int n = 0;
    MUST(started);
    call_once(&fetched, fetch);
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    MUST(context != NULL);
    MUST(EVP_CipherInit_ex2(context, gcm, keys[SECRET_SEAL], nonce, encrypt ? 1 : 0, NULL) == 1);
    MUST(EVP_CipherUpdate(context, NULL, &n, &version, 1) == 1);
    MUST(EVP_CipherUpdate(context, NULL, &n, (const uint8_t *)about, (int)strlen(about)) == 1);
    return context;
}

size_t secret_seal(const char *about, const void *plain, size_t len, uint8_t *out)
{
    int n = 0, rest = 0;
    MUST(len <= INT32_MAX - SECRET_SEAL_EXTRA);
    uint8_t *nonce = out + 1, *text = nonce + NONCE_LEN;
    out[0] = SEAL_VERSION;
    secret_random(nonce, NONCE_LEN);
    EVP_CIPHER_CTX *context = gcm_begin(true, nonce, about);
    if (len > 0)
        MUST(EVP_CipherUpdate(context, text, &n, plain, (int)len) == 1);
    MUST(EVP_CipherFinal_ex(context, text + n, &rest) == 1 && (size_t)(n + rest) == len);
    MUST(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, TAG_LEN, text + len) == 1);
    EVP_CIPHER_CTX_free(context);
    return len + SECRET_SEAL_EXTRA;
}

long secret_unseal(const char *about, const void *sealed, size_t len, uint8_t *out)
{
    const uint8_t *in = sealed;
    uint8_t tag[TAG_LEN], end[16];
    int n = 0, rest = 0;
    if (len < SECRET_SEAL_EXTRA || len > INT32_MAX || in[0] != SEAL_VERSION)
        return -1;
    size_t plain_len = len - SECRET_SEAL_EXTRA;
    const uint8_t *text = in + 1 + NONCE_LEN;
    memcpy(tag, text + plain_len, TAG_LEN);
    EVP_CIPHER_CTX *context = gcm_begin(false, in + 1, about);
    if (plain_len > 0)
        MUST(EVP_CipherUpdate(context, out, &n, text, (int)plain_len) == 1);
    MUST(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, TAG_LEN, tag) == 1);
    bool ours = EVP_CipherFinal_ex(context, end, &rest) == 1;
    EVP_CIPHER_CTX_free(context);
    if (!ours) {
        OPENSSL_cleanse(out, plain_len);
        return -1;
    }
    return (long)plain_len;
}
