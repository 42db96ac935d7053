/* digest.c: SHA-256 by way of OpenSSL's EVP, at once or in pieces. */
#include "common/digest.h"

#include "common/buf.h"
#include <openssl/evp.h>
#include <threads.h>

struct digest {
    EVP_MD_CTX *ctx;
};

static void must(int ok)
{
    if (ok != 1) {
        fputs("bug: SHA-256 failed\n", stderr);
        abort();
    }
}

/* Fetched once and kept: a fetch by name costs as much as hashing a ballot. */
static EVP_MD *sha256;
static once_flag fetched = ONCE_FLAG_INIT;

static void fetch(void)
{
    sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    must(sha256 != NULL);
}

void digest_sha256(const void *bytes, size_t len, uint8_t out[DIGEST_LEN])
{
    call_once(&fetched, fetch);
    must(EVP_Digest(bytes, len, out, NULL, sha256, NULL));
}

struct digest *digest_begin(void)
{
    struct digest *d = wm_alloc(sizeof(*d));
    d->ctx = EVP_MD_CTX_new();
    must(d->ctx != NULL);
    call_once(&fetched, fetch);
    must(EVP_DigestInit_ex(d->ctx, sha256, NULL));
    return d;
}

void digest_more(struct digest *d, const void *bytes, size_t len)
{
    must(EVP_DigestUpdate(d->ctx, bytes, len));
}

void digest_end(struct digest *d, uint8_t out[DIGEST_LEN])
{
    if (d == NULL)
        return;
    if (out != NULL)
        must(EVP_DigestFinal_ex(d->ctx, out, NULL));
    EVP_MD_CTX_free(d->ctx);
    free(d);
}
