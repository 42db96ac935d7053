/* response.c: handlers' ways to answer, and what the HTTP library is given for them. */
#include "server/response.h"

#include "common/digest.h"
#include "common/log.h"
#include "server/exchange.h"
#include "server/pages.h"
#include "server/settings.h"
#include <microhttpd.h>

enum { LOCATION_MAX = 2048, RETRY_BUSY_SECONDS = 5, RETRY_LIMIT_SECONDS = 60 };

static struct response *fresh(struct request *r, int status)
{
    MUST(r->response.status == 0);
    r->response.status = status;
    return &r->response;
}

void response_html(struct request *r, int status, struct html *h)
{
    struct response *p = fresh(r, status);
    MUST(!h->out.overflowed);
    p->type = "text/html; charset=utf-8";
    p->body = h->out;
    h->out = buf_new(h->out.max);
}

void response_text(struct request *r, int status, const char *text)
{
    struct response *p = fresh(r, status);
    p->type = "text/plain; charset=utf-8";
    p->body = buf_new(strlen(text) + 1);
    buf_str_add(&p->body, text);
}

/* A file's name goes between quotes in a header. */
static const char *safe_name(struct request *r, const char *name)
{
    char *safe = arena_strdup(&r->arena, name);
    for (char *at = safe; *at != '\0'; at++)
        if (strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-", *at) ==
            NULL)
            *at = '_';
    return safe;
}

void response_file(struct request *r, const char *type, const char *filename, struct buf *body)
{
    struct response *p = fresh(r, MHD_HTTP_OK);
    MUST(!body->overflowed);
    p->type = type;
    p->filename = filename != NULL ? safe_name(r, filename) : NULL;
    p->body = *body;
    *body = buf_new(body->max);
}

/* What may stand in a Location header as it is (RFC 3986 §2); the rest is percent-encoded, the
 * backslash too, which browsers take for a slash. */
static const bool plain[256] = {
    ['a' ... 'z'] = true, ['A' ... 'Z'] = true, ['0' ... '9'] = true, ['-'] = true, ['.'] = true,
    ['_'] = true,         ['~'] = true,         ['!'] = true,         ['$'] = true, ['&'] = true,
    ['\''] = true,        ['('] = true,         [')'] = true,         ['*'] = true, ['+'] = true,
    [','] = true,         [';'] = true,         ['='] = true,         [':'] = true, ['@'] = true,
    ['/'] = true,         ['?'] = true,         ['%'] = true,         ['#'] = true,
};

static const char *encode(struct request *r, const char *path)
{
    static const char hex[] = "0123456789abcdef";
    char *encoded = arena_alloc(&r->arena, strlen(path) * 3 + 1), *to = encoded;
    for (; *path != '\0'; path++) {
        unsigned char c = (unsigned char)*path;
        if (plain[c]) {
            *to++ = *path;
            continue;
        }
        *to++ = '%';
        *to++ = hex[c >> 4];
        *to++ = hex[c & 15];
    }
    return encoded;
}

void response_redirect(struct request *r, const char *format, ...)
{
    struct response *p = fresh(r, MHD_HTTP_SEE_OTHER);
    char path[LOCATION_MAX];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(path, sizeof(path), format, args);
    va_end(args);
    MUST(len > 0 && len < LOCATION_MAX && path[0] == '/' && path[1] != '/');
    p->location = encode(r, path);
}

/* The last word on a cookie is the one that is sent. */
static void put_cookie(struct request *r, const char *cookie)
{
    struct response *p = &r->response;
    size_t name = strcspn(cookie, "=") + 1;
    for (int i = 0; i < p->n_cookies; i++) {
        if (strncmp(p->cookies[i], cookie, name) == 0) {
            p->cookies[i] = cookie;
            return;
        }
    }
    MUST(p->n_cookies < (int)(sizeof(p->cookies) / sizeof(*p->cookies)));
    p->cookies[p->n_cookies++] = cookie;
}

void response_cookie(struct request *r, const char *name, const char *value, int max_age,
                     bool strict)
{
    char age[40] = "";
    bool secure = settings_secure();
    if (max_age >= 0)
        snprintf(age, sizeof(age), "; Max-Age=%d", max_age);
    put_cookie(r, arena_fmt(&r->arena, "%s%s=%s; Path=/%s; HttpOnly; SameSite=%s%s",
                            secure ? "__Host-" : "", name, value, secure ? "; Secure" : "",
                            strict ? "Strict" : "Lax", age));
}

/* Read by programs: they are told what is wrong in their own way. */
static bool is_open_data(const struct request *r)
{
    if (r->route != NULL)
        return r->route->who == WHO_ANY_SITE;
    return r->path != NULL && strncmp(r->path, "/api/", 5) == 0;
}

void response_preflight(struct request *r)
{
    fresh(r, MHD_HTTP_NO_CONTENT)->preflight = true;
}

/* What a handler had begun to say does not stand; its cookies do. */
void response_error(struct request *r, int status)
{
    struct response *p = &r->response;
    buf_free(&p->body);
    p->status = 0;
    p->location = p->filename = NULL;
    if (is_open_data(r))
        page_problem(r, status);
    else
        page_error(r, status);
    MUST(p->status != 0);
    if (p->retry_after == 0 && status == MHD_HTTP_SERVICE_UNAVAILABLE)
        p->retry_after = RETRY_BUSY_SECONDS;
    if (p->retry_after == 0 && status == MHD_HTTP_TOO_MANY_REQUESTS)
        p->retry_after = RETRY_LIMIT_SECONDS;
}

void response_db(struct request *r, enum db_outcome outcome)
{
    switch (outcome) {
    case DB_OK:
        log_bug("response_db for a success");
        response_error(r, MHD_HTTP_INTERNAL_SERVER_ERROR);
        return;
    case DB_RETRY:
    case DB_LOST:
        response_error(r, MHD_HTTP_SERVICE_UNAVAILABLE);
        return;
    case DB_REFUSED:
        response_error(r, MHD_HTTP_INTERNAL_SERVER_ERROR);
        return;
    }
}

/* --- for the library ---------------------------------------------------------------------- */

/* OWASP ASVS 5.0: 3.4.1 to 3.4.8. */
static const char *const security_headers[][2] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
};

static void put_header(struct MHD_Response *m, const char *name, const char *value)
{
    MUST(MHD_add_response_header(m, name, value) == MHD_YES);
}

#define POLICY(scripts, forms, frames)                                                             \
    "default-src 'none'; style-src 'self'; script-src " scripts                                    \
    "; img-src 'self' data:; form-action " forms "; base-uri 'none'; frame-ancestors " frames

/* What depends on who may ask: other sites may read open data, and frame what is made for it. */
static void put_sharing(struct MHD_Response *m, enum who who)
{
    bool shared = who == WHO_ANY_SITE || who == WHO_FRAMED;
    put_header(m, "Content-Security-Policy",
               who == WHO_FRAMED ? POLICY("'none'", "'none'", "*")
                                 : POLICY("'self'", "'self'", "'none'"));
    put_header(m, "Cross-Origin-Resource-Policy", shared ? "cross-origin" : "same-origin");
    if (who != WHO_ANY_SITE)
        return;
    put_header(m, "Access-Control-Allow-Origin", "*");
    put_header(m, "Access-Control-Expose-Headers", "ETag, Link");
}

static void put_security(struct MHD_Response *m, enum who who)
{
    put_sharing(m, who);
    for (size_t i = 0; i < sizeof(security_headers) / sizeof(*security_headers); i++)
        put_header(m, security_headers[i][0], security_headers[i][1]);
    if (settings_secure())
        put_header(m, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

static enum who who_may(const struct request *r)
{
    if (r->route != NULL)
        return r->route->who;
    return is_open_data(r) ? WHO_ANY_SITE : WHO_ANYONE;
}

/* Takes the body's bytes, or refers to them, by `mode`. */
static struct MHD_Response *wrap(const void *bytes, size_t len, enum MHD_ResponseMemoryMode mode,
                                 enum who who)
{
    struct MHD_Response *m = MHD_create_response_from_buffer(len, (void *)(uintptr_t)bytes, mode);
    MUST(m != NULL);
    put_security(m, who);
    return m;
}

/* What the handler said besides the body and how long it may be kept. */
static void put_said(struct MHD_Response *m, struct request *r)
{
    const struct response *p = &r->response;
    char number[12];
    if (p->type != NULL)
        put_header(m, MHD_HTTP_HEADER_CONTENT_TYPE, p->type);
    if (p->location != NULL)
        put_header(m, MHD_HTTP_HEADER_LOCATION, p->location);
    for (int i = 0; i < p->n_cookies; i++)
        put_header(m, MHD_HTTP_HEADER_SET_COOKIE, p->cookies[i]);
    if (p->allow != NULL)
        put_header(m, MHD_HTTP_HEADER_ALLOW, p->allow);
    if (p->filename != NULL)
        put_header(m, MHD_HTTP_HEADER_CONTENT_DISPOSITION,
                   arena_fmt(&r->arena, "attachment; filename=\"%s\"", p->filename));
    if (p->preflight) {
        put_header(m, "Access-Control-Allow-Methods", "GET, HEAD");
        put_header(m, "Access-Control-Allow-Headers", "If-None-Match");
        put_header(m, "Access-Control-Max-Age", "86400");
    }
    if (p->link != NULL)
        put_header(m, MHD_HTTP_HEADER_LINK, p->link);
    if (p->retry_after > 0) {
        snprintf(number, sizeof(number), "%d", p->retry_after);
        put_header(m, MHD_HTTP_HEADER_RETRY_AFTER, number);
    }
    if (p->refresh > 0) { /* HTML Living Standard, "Refresh" */
        snprintf(number, sizeof(number), "%d", p->refresh);
        put_header(m, "Refresh", number);
    }
}

struct MHD_Response *response_build(struct request *r)
{
    struct response *p = &r->response;
    struct MHD_Response *m;
    if (p->body.len > 0) {
        size_t len = p->body.len;
        m = wrap(buf_take(&p->body), len, MHD_RESPMEM_MUST_FREE, who_may(r));
    } else {
        m = wrap("", 0, MHD_RESPMEM_PERSISTENT, who_may(r));
    }
    put_said(m, r);
    put_header(m, MHD_HTTP_HEADER_CACHE_CONTROL, p->store ? "no-cache" : "no-store");
    return m;
}

/* --- redirects ---------------------------------------------------------------------------- */

/* Making a response with its dozen headers costs more than all else in answering a ballot, so an
 * exchange keeps the last redirect that it sent. The next that says the same but for as many bytes
 * of body takes its place. */
struct kept_redirect {
    struct MHD_Response *m;
    char *body;
    size_t len;
    const char *type;
    char *location, *cookie;
};

static bool same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static const char *only_cookie(const struct response *p)
{
    return p->n_cookies == 1 ? p->cookies[0] : NULL;
}

static bool can_be_kept(const struct response *p)
{
    return p->location != NULL && p->body.len > 0 && p->n_cookies <= 1 && p->allow == NULL &&
           p->filename == NULL && p->retry_after == 0 && !p->store;
}

static bool fits(const struct kept_redirect *k, const struct response *p)
{
    return k != NULL && k->len == p->body.len && same(k->type, p->type) &&
           same(k->location, p->location) && same(k->cookie, only_cookie(p));
}

void response_kept_free(struct kept_redirect *k)
{
    if (k == NULL)
        return;
    MHD_destroy_response(k->m);
    free(k->body);
    free(k->location);
    free(k->cookie);
    free(k);
}

static struct kept_redirect *keep(struct request *r)
{
    struct response *p = &r->response;
    struct kept_redirect *k = wm_alloc(sizeof(*k));
    k->len = p->body.len;
    k->body = buf_take(&p->body);
    k->type = p->type;
    k->location = wm_strdup(p->location);
    k->cookie = only_cookie(p) != NULL ? wm_strdup(only_cookie(p)) : NULL;
    k->m = wrap(k->body, k->len, MHD_RESPMEM_PERSISTENT, who_may(r));
    put_said(k->m, r);
    put_header(k->m, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
    return k;
}

struct MHD_Response *response_redirect_kept(struct request *r, struct kept_redirect **kept)
{
    if (!can_be_kept(&r->response))
        return NULL;
    if (fits(*kept, &r->response)) {
        memcpy((*kept)->body, buf_str(&r->response.body), (*kept)->len);
        return (*kept)->m;
    }
    response_kept_free(*kept);
    *kept = keep(r);
    return (*kept)->m;
}

/* --- for many ----------------------------------------------------------------------------- */

struct sendable {
    struct MHD_Response *full, *not_modified;
};

struct sendable *response_build_shared(struct request *r, char etag[40])
{
    struct sendable *s = wm_alloc(sizeof(*s));
    struct response *p = &r->response;
    uint8_t hash[DIGEST_LEN];
    struct buf tag = buf_new(38);
    MUST(p->n_cookies == 0);
    p->store = true;
    digest_sha256(buf_str(&p->body), p->body.len, hash);
    buf_char(&tag, '"');
    buf_hex(&tag, hash, 16);
    buf_char(&tag, '"');
    memcpy(etag, buf_str(&tag), tag.len + 1);
    buf_free(&tag);
    s->full = response_build(r);
    s->not_modified = wrap("", 0, MHD_RESPMEM_PERSISTENT, who_may(r));
    put_header(s->not_modified, MHD_HTTP_HEADER_CACHE_CONTROL, "no-cache");
    put_header(s->full, MHD_HTTP_HEADER_ETAG, etag);
    put_header(s->not_modified, MHD_HTTP_HEADER_ETAG, etag);
    if (who_may(r) != WHO_ANY_SITE) { /* open data has no language */
        put_header(s->full, MHD_HTTP_HEADER_VARY, "Cookie");
        put_header(s->not_modified, MHD_HTTP_HEADER_VARY, "Cookie");
    }
    return s;
}

void response_shared_free(void *sendable)
{
    struct sendable *s = sendable;
    MHD_destroy_response(s->full);
    MHD_destroy_response(s->not_modified);
    free(s);
}

struct MHD_Response *response_shared(const struct sendable *s, bool has_it, int *status)
{
    *status = has_it ? MHD_HTTP_NOT_MODIFIED : MHD_HTTP_OK;
    return has_it ? s->not_modified : s->full;
}

struct MHD_Response *response_build_static(const char *type, const void *data, size_t len)
{
    struct MHD_Response *m = wrap(data, len, MHD_RESPMEM_PERSISTENT, WHO_ANYONE);
    put_header(m, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    put_header(m, MHD_HTTP_HEADER_CACHE_CONTROL, "public, max-age=31536000, immutable");
    return m;
}
