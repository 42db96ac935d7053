/* http.c: libmicrohttpd's side of a request: gathers it, has it answered, sends the reply. */
#include "sms/handset/http.h"

#include <arpa/inet.h>
#include <microhttpd.h>

#include "common/log.h"
#include "sms/handset/moment.h"

struct http {
    struct handset *h;
    struct MHD_Daemon *daemon;
    pthread_mutex_t lock; /* with `stopped`: for those who hang */
    pthread_cond_t stopped;
};

/* One request while it comes in. */
struct exchange {
    bool started;
    bool bad_url;
    bool too_big;
    bool has_nul;
    struct buf body;
    struct arena arena;
};

/* The raw target, before libmicrohttpd decodes it: a %00 in it would end strings early. */
static void *note_url(void *context, const char *url, struct MHD_Connection *connection)
{
    (void)context;
    (void)connection;
    struct exchange *x = wm_alloc(sizeof *x);
    x->bad_url = strstr(url, "%00") != NULL || strlen(url) > HTTP_URL_MAX;
    x->body = buf_new(HANDSET_BODY_MAX);
    x->arena = arena_new((size_t)8 * HANDSET_BODY_MAX);
    return x;
}

static void forget(void *context, struct MHD_Connection *connection, void **state,
                   enum MHD_RequestTerminationCode code)
{
    (void)context;
    (void)connection;
    (void)code;
    struct exchange *x = *state;
    if (!x)
        return;
    buf_free(&x->body);
    arena_free(&x->arena);
    free(x);
    *state = NULL;
}

static void gather(struct exchange *x, const char *bytes, size_t len)
{
    if (memchr(bytes, '\0', len))
        x->has_nul = true;
    if (!x->too_big)
        buf_add(&x->body, bytes, len);
    x->too_big = x->too_big || x->body.overflowed;
}

static void keep_header(struct request *q, const char **slot, const char *value)
{
    if (*slot)
        q->problem = "A header came twice.";
    *slot = value ? value : "";
}

static enum MHD_Result take_header(void *context, enum MHD_ValueKind kind, const char *name,
                                   const char *value)
{
    (void)kind;
    struct request *q = context;
    const struct {
        const char *name;
        const char **slot;
    } wanted[] = {{"Host", &q->host},
                  {"Authorization", &q->authorization},
                  {"Content-Type", &q->content_type},
                  {"Origin", &q->origin},
                  {"apikey", &q->api_key},
                  {"Sec-Fetch-Site", &q->fetch_site}};
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        if (strcasecmp(name, wanted[i].name) == 0)
            keep_header(q, wanted[i].slot, value);
    return MHD_YES;
}

static enum MHD_Result take_param(void *context, enum MHD_ValueKind kind, const char *name,
                                  const char *value)
{
    (void)kind;
    struct request *q = context;
    struct params *query = &q->query;
    if (query->n == HTTP_PARAMS_MAX || params_get(query, name)) {
        q->problem = "A parameter came twice, or there are too many.";
        return MHD_YES;
    }
    query->param[query->n++] = (struct param){.name = name, .value = value ? value : ""};
    return MHD_YES;
}

static void fill_request(struct request *q, struct MHD_Connection *connection, struct exchange *x,
                         const char *method, const char *path)
{
    *q = (struct request){.method = strcmp(method, "HEAD") == 0 ? "GET" : method,
                          .path = path,
                          .body = buf_str(&x->body),
                          .body_len = x->body.len,
                          .too_big = x->too_big,
                          .arena = &x->arena};
    MHD_get_connection_values(connection, MHD_HEADER_KIND, take_header, q);
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, take_param, q);
    if (x->bad_url)
        q->problem = "The address is malformed or too long.";
    if (x->has_nul)
        q->problem = "The body holds a zero byte.";
}

static void add_headers(struct MHD_Response *response, const struct reply *reply)
{
    static const char *const always[][2] = {
        {"Content-Security-Policy",
         "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
         "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "same-origin"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Cache-Control", "no-store"},
    };
    char seconds[16];
    for (size_t i = 0; i < sizeof always / sizeof always[0]; i++)
        MUST(MHD_add_response_header(response, always[i][0], always[i][1]) == MHD_YES);
    MUST(MHD_add_response_header(response, "Content-Type", reply->type) == MHD_YES);
    if (reply->allow)
        MUST(MHD_add_response_header(response, "Allow", reply->allow) == MHD_YES);
    if (reply->status == MHD_HTTP_UNAUTHORIZED)
        MUST(MHD_add_response_header(response, "WWW-Authenticate", "Bearer") == MHD_YES);
    if (reply->location.len > 0)
        MUST(MHD_add_response_header(response, "Location", buf_str(&reply->location)) == MHD_YES);
    if (reply->retry_after > 0) {
        snprintf(seconds, sizeof seconds, "%d", reply->retry_after);
        MUST(MHD_add_response_header(response, "Retry-After", seconds) == MHD_YES);
    }
}

static enum MHD_Result send_reply(struct MHD_Connection *connection, struct reply *reply)
{
    MUST(!reply->body.overflowed && !reply->location.overflowed);
    size_t len = reply->body.len;
    char *bytes = buf_take(&reply->body);
    struct MHD_Response *response =
        MHD_create_response_from_buffer(len, bytes, MHD_RESPMEM_MUST_FREE);
    MUST(response);
    add_headers(response, reply);
    enum MHD_Result result = MHD_queue_response(connection, reply->status, response);
    MHD_destroy_response(response);
    return result;
}

/* Holds the connection without an answer. */
static void hang(struct http *http)
{
    int64_t until = moment_steady() + HTTP_HANG_MS;
    pthread_mutex_lock(&http->lock);
    while (!atomic_load(&http->h->stopping))
        if (!moment_wait(&http->stopped, &http->lock, until))
            break;
    pthread_mutex_unlock(&http->lock);
}

static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_len, void **state)
{
    (void)version;
    struct http *http = context;
    struct exchange *x = *state;
    if (!x)
        return MHD_NO;
    if (!x->started) {
        x->started = true;
        return MHD_YES;
    }
    if (*upload_len > 0) {
        gather(x, upload, *upload_len);
        *upload_len = 0;
        return MHD_YES;
    }
    struct request request;
    struct reply reply = {.status = MHD_HTTP_INTERNAL_SERVER_ERROR,
                          .type = "text/plain; charset=utf-8",
                          .location = buf_new(HTTP_URL_MAX),
                          .body = buf_new((size_t)8 << 20)};
    fill_request(&request, connection, x, method, url);
    routes_answer(http->h, &request, &reply);
    enum MHD_Result result = MHD_NO;
    if (reply.fate == FATE_HANG)
        hang(http);
    if (reply.fate == FATE_SEND)
        result = send_reply(connection, &reply);
    buf_free(&reply.location);
    buf_free(&reply.body);
    return result;
}

static void log_panic(void *context, const char *file, unsigned line, const char *reason)
{
    (void)context;
    log_bug("libmicrohttpd %s:%u: %s", file, line, reason ? reason : "");
    abort();
}

struct http *http_start(struct handset *h, struct buf *error)
{
    struct sockaddr_in address;
    if (!client_address_read(h->settings->listen, &address)) {
        buf_fmt(error, "listen: \"%s\" is not a loopback address and port, like 127.0.0.1:8081\n",
                h->settings->listen);
        return NULL;
    }
    struct http *http = wm_alloc(sizeof *http);
    http->h = h;
    MUST(pthread_mutex_init(&http->lock, NULL) == 0);
    moment_cond(&http->stopped);
    MHD_set_panic_func(log_panic, NULL);
    http->daemon = MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL, 0, NULL,
        NULL, answer, http, MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_URI_LOG_CALLBACK, note_url,
        NULL, MHD_OPTION_NOTIFY_COMPLETED, forget, NULL, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)HTTP_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, 30u,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)48 * 1024, MHD_OPTION_THREAD_STACK_SIZE,
        (size_t)4 * 1024 * 1024, MHD_OPTION_END);
    if (!http->daemon) {
        buf_fmt(error, "listen: cannot listen on %s; is it in use?\n", h->settings->listen);
        free(http);
        return NULL;
    }
    return http;
}

unsigned http_port(const struct http *http)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info ? info->port : 0;
}

void http_stop(struct http *http)
{
    pthread_mutex_lock(&http->lock);
    MUST(atomic_load(&http->h->stopping));
    pthread_cond_broadcast(&http->stopped);
    pthread_mutex_unlock(&http->lock);
    MHD_stop_daemon(http->daemon);
    pthread_cond_destroy(&http->stopped);
    pthread_mutex_destroy(&http->lock);
    free(http);
}
