/* provider_sign.c: the signatures of providers who sign their webhooks. */
#include "common/log.h"
#include "common/secret.h"
#include "server/provider_read.h"

enum { SIGNED_MAX = 1 << 18, FRESH_S = 300 };

static int by_name_and_value(const void *a, const void *b)
{
    const struct pair *x = *(const struct pair *const *)a, *y = *(const struct pair *const *)b;
    int order = strcmp(x->name, y->name);
    return order != 0 ? order : strcmp(x->value, y->value);
}

static void sorted(const struct pairs *p, const struct pair *out[PAIRS_MAX])
{
    for (int i = 0; i < p->n; i++)
        out[i] = &p->pair[i];
    qsort(out, (size_t)p->n, sizeof(*out), by_name_and_value);
}

/* Compares digests of both, so that time tells neither length nor content. */
static bool same_text(const char *a, const char *b)
{
    uint8_t x[SECRET_MAC_MAX], y[SECRET_MAC_MAX];
    size_t len = secret_hash(SECRET_SHA256, a, strlen(a), x);
    secret_hash(SECRET_SHA256, b, strlen(b), y);
    return secret_equal(x, y, len);
}

/* As Twilio's own libraries do it: names in order of their bytes; of a repeated name each value
 * once, in order. */
static bool signed_over(const char *token, const char *url, const struct pairs *posted,
                        const char *signature)
{
    const struct pair *pair[PAIRS_MAX] = {NULL};
    uint8_t mac[SECRET_MAC_MAX];
    char expected[32];
    struct buf text = buf_new(SIGNED_MAX);
    sorted(posted, pair);
    buf_str_add(&text, url);
    for (int i = 0; i < posted->n; i++) {
        if (i > 0 && by_name_and_value(&pair[i - 1], &pair[i]) == 0)
            continue;
        buf_str_add(&text, pair[i]->name);
        buf_str_add(&text, pair[i]->value);
    }
    size_t len = secret_mac(SECRET_SHA1, token, strlen(token), buf_str(&text), text.len, mac);
    secret_base64_text(mac, len, expected);
    bool good = !text.overflowed && same_text(expected, signature);
    buf_free(&text);
    return good;
}

/* Twilio signs over the address with or without its scheme's usual port, by product and age.
 * Empty when the address has another port. */
static void other_form(const char *url, struct buf *out)
{
    const char *port = strncmp(url, "https://", 8) == 0 ? ":443" : ":80";
    const char *host = strstr(url, "://");
    size_t start = host != NULL ? (size_t)(host - url) + 3 : 0;
    size_t end = start + strcspn(url + start, "/?"), len = strlen(port);
    bool has = end >= start + len && strncmp(url + end - len, port, len) == 0;
    if (!has && memchr(url + start, ':', end - start) != NULL)
        return;
    buf_add(out, url, has ? end - len : end);
    if (!has)
        buf_str_add(out, port);
    buf_str_add(out, url + end);
}

bool twilio_signed(const char *token, const char *url, const struct pairs *posted,
                   const char *signature)
{
    struct buf other = buf_new(SIGNED_MAX);
    if (token[0] == '\0')
        return false;
    other_form(url, &other);
    bool good = signed_over(token, url, posted, signature);
    good |= other.len > 0 && signed_over(token, buf_str(&other), posted, signature);
    buf_free(&other);
    return good;
}

/* --- Vonage -------------------------------------------------------------------------------- */

static void add_signed_pairs(struct buf *text, const struct pairs *p)
{
    const struct pair *pair[PAIRS_MAX] = {NULL};
    sorted(p, pair);
    for (int i = 0; i < p->n; i++) {
        if (strcmp(pair[i]->name, "sig") == 0)
            continue;
        buf_fmt(text, "&%s=", pair[i]->name);
        for (const char *c = pair[i]->value; *c != '\0'; c++)
            buf_char(text, *c == '&' || *c == '=' ? '_' : *c);
    }
}

static bool mac_of(const char *secret, const char *method, struct buf *text,
                   uint8_t mac[SECRET_MAC_MAX], size_t *len)
{
    static const struct {
        const char *name;
        enum secret_mac_digest digest;
    } methods[] = {{"md5", SECRET_MD5},
                   {"sha1", SECRET_SHA1},
                   {"sha256", SECRET_SHA256},
                   {"sha512", SECRET_SHA512}};
    if (strcmp(method, "md5hash") == 0) {
        buf_str_add(text, secret);
        *len = secret_hash(SECRET_MD5, buf_str(text), text->len, mac);
        return true;
    }
    for (size_t i = 0; i < sizeof(methods) / sizeof(*methods); i++)
        if (strcmp(methods[i].name, method) == 0) {
            *len = secret_mac(methods[i].digest, secret, strlen(secret), buf_str(text), text->len,
                              mac);
            return true;
        }
    return false;
}

static bool is_fresh(const char *timestamp, int64_t now)
{
    uint64_t at = 0;
    return timestamp != NULL && parse_uint(timestamp, INT32_MAX, &at) &&
           (int64_t)at >= now - FRESH_S && (int64_t)at <= now + FRESH_S;
}

bool vonage_signed(const char *secret, const char *method, const struct pairs *p, int64_t now)
{
    uint8_t mac[SECRET_MAC_MAX];
    size_t len = 0;
    const char *sig = pairs_get(p, "sig");
    struct buf text = buf_new(SIGNED_MAX), hex = buf_new(2 * SECRET_MAC_MAX);
    char lower[2 * SECRET_MAC_MAX + 1];
    bool good = false;
    if (secret[0] == '\0' || sig == NULL || strlen(sig) >= sizeof(lower))
        goto out;
    for (size_t i = 0; i <= strlen(sig); i++)
        lower[i] = sig[i] >= 'A' && sig[i] <= 'F' ? (char)(sig[i] | 0x20) : sig[i];
    add_signed_pairs(&text, p);
    if (!mac_of(secret, method, &text, mac, &len) || text.overflowed)
        goto out;
    buf_hex(&hex, mac, len);
    good = same_text(buf_str(&hex), lower) && is_fresh(pairs_get(p, "timestamp"), now);
out:
    buf_free(&text);
    buf_free(&hex);
    return good;
}
