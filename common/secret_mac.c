/* secret_mac.c: the message digests that providers sign their webhooks with. Weak ones are theirs
 * to choose; nothing of ours is protected by them alone. */
#include "common/log.h"
#include "common/secret.h"
#include <openssl/evp.h>
#include <openssl/hmac.h>

static const EVP_MD *digest_of(enum secret_mac_digest digest)
{
    switch (digest) {
    case SECRET_MD5:
        return EVP_md5();
    case SECRET_SHA1:
        return EVP_sha1();
    case SECRET_SHA256:
        return EVP_sha256();
    case SECRET_SHA512:
        return EVP_sha512();
    }
    return NULL;
}

size_t secret_mac(enum secret_mac_digest digest, const void *key, size_t key_len, const void *bytes,
                  size_t len, uint8_t out[SECRET_MAC_MAX])
{
    unsigned size = 0;
    MUST(key_len <= INT32_MAX &&
         HMAC(digest_of(digest), key, (int)key_len, bytes, len, out, &size) != NULL);
    return size;
}

size_t secret_hash(enum secret_mac_digest digest, const void *bytes, size_t len,
                   uint8_t out[SECRET_MAC_MAX])
{
    unsigned size = 0;
    MUST(EVP_Digest(bytes, len, out, &size, digest_of(digest), NULL) == 1);
    return size;
}
