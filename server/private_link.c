/* private_link.c: links that are somebody's alone. */
#include "server/private_link.h"

#include "common/digest.h"
#include "common/log.h"
#include "common/secret.h"

void private_text(char *out, size_t len)
{
    static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    uint8_t bytes[PRIVATE_TEXT_MAX];
    MUST(len <= sizeof bytes);
    secret_random(bytes, len);
    for (size_t i = 0; i < len; i++)
        out[i] = letters[bytes[i] % 32];
    out[len] = '\0';
}

void put_private_key(struct db_params *p, const char *key)
{
    uint8_t hash[DIGEST_LEN];
    digest_sha256(key, strlen(key), hash);
    db_put_bytes(p, hash, sizeof hash);
}
