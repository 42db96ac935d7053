/* request.c: reads a request out of the HTTP library, and refuses what a careful proxy would.
 *
 * libmicrohttpd 0.9.75 accepts requests that mean one thing to it and another to a proxy in front
 * (architecture §11; every rule below has its probe in tests/web/http.test.mjs). */
#include "server/request.h"

#include "common/log.h"
#include "server/exchange.h"
#include "server/multipart.h"
#include "server/request_parse.h"
#include "server/settings.h"
#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <strings.h>

enum { IGNORED_MAX = 1 << 20, BODY_MAX_USUAL = 16384 };

/* --- for handlers ------------------------------------------------------------------------- */

const char *request_field_at(const struct request *r, const char *name, int n)
{
    for (int i = 0; i < r->n_fields; i++)
        if (strcmp(r->fields[i].name, name) == 0 && n-- == 0)
            return r->fields[i].value;
    return NULL;
}

const char *request_field(const struct request *r, const char *name)
{
    const char *value = request_field_at(r, name, 0);
    return value != NULL ? value : "";
}

int request_field_count(const struct request *r, const char *name)
{
    int count = 0;
    for (int i = 0; i < r->n_fields; i++)
        count += strcmp(r->fields[i].name, name) == 0;
    return count;
}

/* FNV-1a (Fowler, Noll, Vo) of the address. */
int request_order(const struct request *r)
{
    uint32_t hash = 2166136261u;
    for (const char *c = r->address; *c != '\0'; c++)
        hash = (hash ^ (uint8_t)*c) * 16777619u;
    return (int)((hash ^ hash >> 16) % REQUEST_ORDERS);
}

const char *request_cookie(const struct request *r, const char *name)
{
    static const char prefix[] = "__Host-";
    bool prefixed = settings_secure();
    for (int i = 0; i < r->n_cookies; i++) {
        const char *have = r->cookies[i].name;
        if (prefixed) {
            if (strncmp(have, prefix, sizeof(prefix) - 1) != 0)
                continue;
            have += sizeof(prefix) - 1;
        }
        if (strcmp(have, name) == 0)
            return r->cookies[i].value;
    }
    return "";
}

/* --- headers ------------------------------------------------------------------------------ */

enum header {
    HEADER_HOST,
    HEADER_CONTENT_LENGTH,
    HEADER_TRANSFER_ENCODING,
    HEADER_CONTENT_TYPE,
    HEADER_COOKIE,
    HEADER_REAL_IP,
    HEADER_ORIGIN,
    HEADER_FETCH_SITE,
    HEADER_AUTHORIZATION,
    HEADER_IF_NONE_MATCH,
    HEADER_TWILIO_SIGNATURE,
    HEADERS
};

static const struct {
    const char *name;
    size_t len;
} header_names[HEADERS] = {
#define NAME(text)                                                                                 \
    {                                                                                              \
        text, sizeof(text) - 1                                                                     \
    }
    [HEADER_HOST] = NAME("host"),
    [HEADER_CONTENT_LENGTH] = NAME("content-length"),
    [HEADER_TRANSFER_ENCODING] = NAME("transfer-encoding"),
    [HEADER_CONTENT_TYPE] = NAME("content-type"),
    [HEADER_COOKIE] = NAME("cookie"),
    [HEADER_REAL_IP] = NAME("x-real-ip"),
    [HEADER_ORIGIN] = NAME("origin"),
    [HEADER_FETCH_SITE] = NAME("sec-fetch-site"),
    [HEADER_AUTHORIZATION] = NAME("authorization"),
    [HEADER_IF_NONE_MATCH] = NAME("if-none-match"),
    [HEADER_TWILIO_SIGNATURE] = NAME("x-twilio-signature"),
#undef NAME
};

struct headers {
    const char *value[HEADERS]; /* NULL: absent. In the library's memory */
    bool wrong;                 /* a name or value that no honest client sends */
    bool looks_folded;          /* check where a value lies */
};

/* RFC 9110 §5.6.2 */
static const bool token_char[256] = {
    ['!'] = true,         ['#'] = true,         ['$'] = true,         ['%'] = true, ['&'] = true,
    ['\''] = true,        ['*'] = true,         ['+'] = true,         ['-'] = true, ['.'] = true,
    ['^'] = true,         ['_'] = true,         ['`'] = true,         ['|'] = true, ['~'] = true,
    ['0' ... '9'] = true, ['A' ... 'Z'] = true, ['a' ... 'z'] = true,
};

/* Length of a header's name, 0 when it is none. */
static size_t token_length(const char *name)
{
    size_t len = 0;
    while (token_char[(unsigned char)name[len]])
        len++;
    return name[len] == '\0' ? len : 0;
}

static bool is_header_value(const char *value)
{
    for (; *value != '\0'; value++)
        if (((unsigned char)*value < 0x20 && *value != '\t') || *value == 0x7F)
            return false;
    return true;
}

/* Until 0.9.77 the library glues a folded line to the header's NAME, in new memory: a value then
 * no longer follows its name. In a line that was not folded only a NUL and blanks lie between. */
static bool is_folded(const char *name, size_t len, const char *value)
{
    const char *at = name + len + 1;
    if ((uintptr_t)value < (uintptr_t)at || (uintptr_t)value > (uintptr_t)at + 256)
        return true;
    while (at < value && (*at == ' ' || *at == '\t'))
        at++;
    return at != value;
}

static enum MHD_Result read_header(void *context, enum MHD_ValueKind kind, const char *name,
                                   const char *value)
{
    struct headers *h = context;
    size_t len = token_length(name);
    (void)kind;
    if (len == 0 || value == NULL || !is_header_value(value) ||
        (h->looks_folded && is_folded(name, len, value))) {
        h->wrong = true;
        return MHD_NO;
    }
    for (int i = 0; i < HEADERS; i++) {
        if (header_names[i].len != len || strcasecmp(header_names[i].name, name) != 0)
            continue;
        h->wrong |= h->value[i] != NULL;
        h->value[i] = value;
        break;
    }
    return MHD_YES;
}

static const char *copy(struct http_exchange *x, const char *value)
{
    return value != NULL ? arena_strdup(&x->request.arena, value) : "";
}

/* --- framing ------------------------------------------------------------------------------ */

/* Status to refuse with, 0 when body and headers are framed without doubt. */
static int check_framing(const struct headers *h, bool may_have_body, size_t max)
{
    const char *length = h->value[HEADER_CONTENT_LENGTH];
    const char *encoding = h->value[HEADER_TRANSFER_ENCODING];
    uint64_t len = 0;
    if (h->wrong || h->value[HEADER_HOST] == NULL)
        return MHD_HTTP_BAD_REQUEST;
    if (encoding != NULL && (length != NULL || strcasecmp(encoding, "chunked") != 0))
        return MHD_HTTP_BAD_REQUEST;
    if (length != NULL && !parse_uint(length, INT64_MAX, &len))
        return MHD_HTTP_BAD_REQUEST;
    if ((encoding != NULL || len > 0) && !may_have_body)
        return MHD_HTTP_BAD_REQUEST;
    return len > max ? MHD_HTTP_CONTENT_TOO_LARGE : 0;
}

/* --- who and whence ------------------------------------------------------------------------ */

/* Only a proxy on our unix socket is believed about the address. */
static void set_address(struct request *r, const struct sockaddr *peer, const char *real_ip)
{
    struct in6_addr ignored;
    r->address[0] = '\0';
    if (peer == NULL)
        return;
    if (peer->sa_family == AF_UNIX) {
        bool good = real_ip != NULL && strlen(real_ip) < sizeof(r->address) &&
                    (inet_pton(AF_INET, real_ip, &ignored) == 1 ||
                     inet_pton(AF_INET6, real_ip, &ignored) == 1);
        snprintf(r->address, sizeof(r->address), "%s", good ? real_ip : "unix");
    } else if (peer->sa_family == AF_INET) {
        const struct sockaddr_in *in = (const struct sockaddr_in *)peer;
        inet_ntop(AF_INET, &in->sin_addr, r->address, sizeof(r->address));
    } else if (peer->sa_family == AF_INET6) {
        const struct sockaddr_in6 *in = (const struct sockaddr_in6 *)peer;
        inet_ntop(AF_INET6, &in->sin6_addr, r->address, sizeof(r->address));
    }
}

/* An https URL's origin is all of public_url up to a third slash, which it does not have. In demo
 * mode people come by 127.0.0.1, localhost or a forwarded port: the Host they used stands. */
static bool is_our_origin(const char *origin, const char *host)
{
    if (strcasecmp(origin, settings.public_url) == 0)
        return true;
    return settings.demo && host != NULL && strncmp(origin, "http://", 7) == 0 &&
           strcasecmp(origin + 7, host) == 0;
}

/* What the browser says about the page that sent this. Under our own Referrer-Policy browsers send
 * "Origin: null" with forms (Fetch §3.2.6), which then says nothing; Sec-Fetch-Site does. */
static bool is_same_origin(const struct headers *h)
{
    const char *site = h->value[HEADER_FETCH_SITE], *origin = h->value[HEADER_ORIGIN];
    if (site != NULL && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
        return false;
    return origin == NULL || strcmp(origin, "null") == 0 ||
           is_our_origin(origin, h->value[HEADER_HOST]);
}

/* --- the head ----------------------------------------------------------------------------- */

static const char *known_method(const char *method)
{
    static const char *const known[] = {"GET", "HEAD", "POST"};
    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
        if (strcmp(method, known[i]) == 0)
            return known[i];
    return NULL;
}

/* The methods of a path, for a 405. */
static const char *allowed(struct request *r)
{
    const char *segment[REQUEST_SEGMENTS_MAX];
    bool other;
    const struct route *reading = routes_find(&r->arena, "GET", r->path, segment, &other);
    bool get = reading != NULL;
    if (get && reading->who == WHO_ANY_SITE)
        return "GET, HEAD, OPTIONS";
    bool post = routes_find(&r->arena, "POST", r->path, segment, &other) != NULL;
    return get && post ? "GET, HEAD, POST" : post ? "POST" : "GET, HEAD";
}

/* What a browser asks before a script of another site may read with a header of its own (Fetch
 * §4.8). Elsewhere OPTIONS is a method that nobody needs. */
static bool is_preflight(struct request *r, const char *method)
{
    bool other;
    if (strcmp(method, "OPTIONS") != 0)
        return false;
    r->route = routes_find(&r->arena, "GET", r->path, r->segment, &other);
    if (r->route != NULL && r->route->who == WHO_ANY_SITE)
        return true;
    r->route = NULL;
    return false;
}

/* Finds path and route, and the refusal where there is none. */
static void find_route(struct http_exchange *x, const char *method)
{
    struct request *r = &x->request;
    const char *query;
    bool other_method = false;
    const char *path = path_read(&r->arena, x->target, &query);
    const char *known = known_method(method);
    r->query = "";
    r->method = known != NULL ? known : "GET";
    r->path = path != NULL ? path : "/";
    if (path == NULL) {
        x->refusal = MHD_HTTP_BAD_REQUEST;
        return;
    }
    r->query = query;
    x->is_preflight = is_preflight(r, method);
    if (x->is_preflight)
        return;
    x->is_head = known != NULL && strcmp(known, "HEAD") == 0;
    if (x->is_head)
        r->method = "GET";
    if (known != NULL && strncmp(path, "/assets/", 8) != 0 && strcmp(path, "/live") != 0)
        r->route = routes_find(&r->arena, r->method, path, r->segment, &other_method);
    if (known == NULL || other_method) {
        x->refusal = MHD_HTTP_METHOD_NOT_ALLOWED;
        r->response.allow = known == NULL ? "GET, HEAD, POST" : allowed(r);
    }
}

static const struct sockaddr *peer_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    return info != NULL ? info->client_addr : NULL;
}

/* Of the pages that refuse, too. */
static void set_language(struct request *r)
{
    if (!language_read(request_cookie(r, LANGUAGE_COOKIE), &r->language) ||
        !settings_offer(r->language))
        r->language = LANGUAGE_EN;
}

bool request_read_head(struct http_exchange *x, const char *method)
{
    static const uint32_t folding_mended = 0x00097700;
    struct request *r = &x->request;
    struct headers h = {.looks_folded = MHD_VERSION < folding_mended};
    MHD_get_connection_values(x->connection, MHD_HEADER_KIND, read_header, &h);
    find_route(x, method);
    const char *cookie = h.value[HEADER_COOKIE] != NULL ? h.value[HEADER_COOKIE] : "";
    bool cookies_good = cookies_read(&r->arena, cookie, &r->cookies, &r->n_cookies);
    set_language(r);
    bool post = strcmp(r->method, "POST") == 0;
    x->body_max =
        r->route != NULL && r->route->body_max > 0 ? (size_t)r->route->body_max : BODY_MAX_USUAL;
    int wrong = check_framing(&h, post, x->body_max);
    if (wrong != 0) {
        x->refusal = wrong;
        return false;
    }
    set_address(r, peer_of(x->connection), h.value[HEADER_REAL_IP]);
    r->same_origin = is_same_origin(&h);
    r->authorization = copy(x, h.value[HEADER_AUTHORIZATION]);
    r->signature = copy(x, h.value[HEADER_TWILIO_SIGNATURE]);
    r->if_none_match = copy(x, h.value[HEADER_IF_NONE_MATCH]);
    x->type = copy(x, h.value[HEADER_CONTENT_TYPE]);
    if (x->refusal == 0 && !cookies_good)
        x->refusal = MHD_HTTP_BAD_REQUEST;
    return true;
}

/* --- the body ----------------------------------------------------------------------------- */

/* How many bodies with a file are held now: officers only, and few at once, since nobody was asked
 * for a password yet when a body comes in. */
static atomic_int big_bodies;

static bool make_big(struct http_exchange *x)
{
    if (x->big)
        return true;
    if (request_cookie(&x->request, "wm_desk")[0] == '\0') {
        x->refusal = MHD_HTTP_FORBIDDEN;
    } else if (atomic_fetch_add(&big_bodies, 1) >= REQUEST_FILES_MAX) {
        atomic_fetch_sub(&big_bodies, 1);
        x->refusal = MHD_HTTP_SERVICE_UNAVAILABLE;
    } else {
        x->big = true;
    }
    return x->big;
}

void request_forget_body(struct http_exchange *x)
{
    free(x->body);
    x->body = NULL;
    if (x->big)
        atomic_fetch_sub(&big_bodies, 1);
    x->big = false;
}

static void grow_body(struct http_exchange *x, size_t need)
{
    size_t cap = x->body_cap > 0 ? x->body_cap : 1024;
    while (cap < need)
        cap *= 2;
    if (cap > x->body_max + 1)
        cap = x->body_max + 1;
    if (cap == x->body_cap)
        return;
    x->body = wm_realloc(x->body, cap);
    x->body_cap = cap;
}

bool request_read_body(struct http_exchange *x, const char *bytes, size_t len)
{
    if (x->refusal == 0 && len > x->body_max - x->body_len)
        x->refusal = MHD_HTTP_CONTENT_TOO_LARGE;
    if (x->refusal == 0 && x->body_len + len > REQUEST_BODY_MAX)
        make_big(x);
    if (x->refusal != 0) {
        x->body_ignored += len;
        return x->body_ignored <= IGNORED_MAX;
    }
    grow_body(x, x->body_len + len + 1);
    memcpy(x->body + x->body_len, bytes, len);
    x->body_len += len;
    x->body[x->body_len] = '\0';
    return true;
}

/* The media type before any parameter. */
static bool has_type(const char *header, const char *type)
{
    size_t len = strcspn(header, "; \t");
    return len == strlen(type) && strncasecmp(header, type, len) == 0;
}

static void read_form(struct http_exchange *x, const char *bytes, size_t len, enum form_mode mode)
{
    struct request *r = &x->request;
    struct form form;
    if (!form_read(&r->arena, bytes, len, r->route->fields, mode, &form)) {
        x->refusal = MHD_HTTP_BAD_REQUEST;
        return;
    }
    r->fields = form.fields;
    r->n_fields = form.n;
    r->malformed = form.malformed;
}

static void read_multipart(struct http_exchange *x)
{
    struct request *r = &x->request;
    struct multipart m;
    if (!multipart_read(&r->arena, x->type, r->body, r->body_len, r->route->fields, &m)) {
        x->refusal = MHD_HTTP_BAD_REQUEST;
        return;
    }
    r->fields = m.form.fields;
    r->n_fields = m.form.n;
    r->file = m.file;
    r->file_len = m.file_len;
}

void request_read_end(struct http_exchange *x)
{
    struct request *r = &x->request;
    r->body = x->body_len > 0 ? x->body : "";
    r->body_len = x->body_len;
    if (x->refusal != 0 || r->route == NULL)
        return;
    bool provider = (r->route->who & WHO_PROVIDER) != 0;
    if (strcmp(r->method, "GET") == 0)
        read_form(x, r->query, strlen(r->query), provider ? FORM_PROVIDER : FORM_QUERY);
    else if (provider)
        return;
    else if (r->route->body_max == REQUEST_FILE_MAX && has_type(x->type, "multipart/form-data"))
        read_multipart(x);
    else if (x->body_len > 0 && !has_type(x->type, "application/x-www-form-urlencoded"))
        x->refusal = MHD_HTTP_UNSUPPORTED_MEDIA_TYPE;
    else
        read_form(x, r->body, r->body_len, FORM_STRICT);
}
