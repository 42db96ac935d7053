/* session_cookie.c: the bytes of a voter's cookie and of a form token. */
#include "server/session_cookie.h"

#include "common/secret.h"
#include <assert.h>

void session_put(uint8_t *out, uint64_t n, size_t len)
{
    for (size_t i = 0; i < len; i++)
        out[i] = (uint8_t)(n >> (8 * (len - 1 - i)));
}

uint64_t session_get(const uint8_t *in, size_t len)
{
    uint64_t n = 0;
    for (size_t i = 0; i < len; i++)
        n = n << 8 | in[i];
    return n;
}

/* version 1, voter 8, credential 8, generation 4, id 16, expires 8; then the HMAC, 32. */
enum { PAYLOAD_LEN = 45, COOKIE_LEN = PAYLOAD_LEN + 32, COOKIE_VERSION = 1 };
static_assert(SESSION_COOKIE_MAX > COOKIE_LEN * 4 / 3 + 4, "the cookie fits its text");

void session_cookie_write(const struct voter_session *v, char out[SESSION_COOKIE_MAX])
{
    uint8_t bytes[COOKIE_LEN];
    bytes[0] = COOKIE_VERSION;
    session_put(bytes + 1, (uint64_t)v->voter, 8);
    session_put(bytes + 9, (uint64_t)v->credential, 8);
    session_put(bytes + 17, (uint64_t)v->generation, 4);
    memcpy(bytes + 21, v->id, sizeof(v->id));
    session_put(bytes + 37, (uint64_t)v->expires, 8);
    secret_hmac(SECRET_SESSION, "voter", bytes, PAYLOAD_LEN, bytes + PAYLOAD_LEN);
    secret_base64url(bytes, sizeof(bytes), out);
}

bool session_cookie_read(const char *text, int64_t now, struct voter_session *v)
{
    uint8_t bytes[SESSION_COOKIE_MAX], mac[32];
    size_t len = strlen(text);
    if (len == 0 || len >= SESSION_COOKIE_MAX || secret_unbase64url(text, bytes) != COOKIE_LEN)
        return false;
    secret_hmac(SECRET_SESSION, "voter", bytes, PAYLOAD_LEN, mac);
    if (!secret_equal(mac, bytes + PAYLOAD_LEN, sizeof(mac)) || bytes[0] != COOKIE_VERSION)
        return false;
    v->voter = (int64_t)session_get(bytes + 1, 8);
    v->credential = (int64_t)session_get(bytes + 9, 8);
    v->generation = (int32_t)session_get(bytes + 17, 4);
    memcpy(v->id, bytes + 21, sizeof(v->id));
    v->expires = (int64_t)session_get(bytes + 37, 8);
    return v->expires > now;
}

void session_token_of(const uint8_t *id, size_t len, char out[SESSION_TOKEN_LEN + 1])
{
    uint8_t mac[32];
    char text[sizeof(mac) * 4 / 3 + 4];
    secret_hmac(SECRET_CSRF, "form", id, len, mac);
    secret_base64url(mac, sizeof(mac), text);
    memcpy(out, text, SESSION_TOKEN_LEN);
    out[SESSION_TOKEN_LEN] = '\0';
}
