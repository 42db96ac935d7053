/* httpd.c: drives the HTTP library: reads requests, answers what needs no database, suspends the
 * rest into lanes, and sends what workers and the ballot box answer. */
#include "server/httpd.h"

#include "common/log.h"
#include "common/secret.h"
#include "server/assets.h"
#include "server/exchange.h"
#include "server/lanes.h"
#include "server/listen.h"
#include "server/request_parse.h"
#include "server/response.h"
#include "server/settings.h"
#include <microhttpd.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum {
    TIMEOUT_SECONDS = 30,          /* of inactivity; a proxy in front sets total deadlines */
    CONNECTION_MEMORY = 32 * 1024, /* for a request's line and headers, and a response's */
    ARENA_MAX = 8 << 20,
    ARENA_KEPT = 64 * 1024, /* an unused exchange keeps at most so much memory */
    UNUSED_MAX = 512,
    SENDING_SECONDS = 2,
    WAIT_MS = 1000, /* the I/O thread looks up at least so often */
    ASSET_HASH_LEN = 12
};

static struct {
    struct MHD_Daemon *daemon;
    pthread_t thread;
    int epoll_fd; /* the library's */
    int wake_fd;
    atomic_bool woken; /* wake_fd was written and not yet seen */
    atomic_bool quiesce, quiesced, stopping;
    struct MHD_Response **assets;
    struct http_exchange *unused; /* I/O thread only */
    int n_unused;
    uint64_t id_seed, id_count;
    atomic_long in_flight; /* requests read and not yet sent */
    atomic_bool draining;
} httpd;

int64_t monotonic_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* --- exchanges ---------------------------------------------------------------------------- */

/* Unique in a process and without meaning: splitmix64 (Steele, Lea, Flood 2014) of a counter. */
static void make_id(char out[REQUEST_ID_LEN + 1])
{
    static const char digits[] = "0123456789abcdef";
    uint64_t z = httpd.id_seed + ++httpd.id_count * 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    z ^= z >> 31;
    for (int i = 0; i < REQUEST_ID_LEN; i++, z >>= 4)
        out[i] = digits[z & 15];
    out[REQUEST_ID_LEN] = '\0';
}

static struct http_exchange *new_exchange(void)
{
    struct http_exchange *x = httpd.unused;
    if (x == NULL) {
        x = wm_alloc(sizeof(*x));
        x->request.arena = arena_new(ARENA_MAX);
    } else {
        httpd.unused = x->next;
        httpd.n_unused--;
    }
    struct arena arena = x->request.arena;
    struct kept_redirect *kept = x->kept;
    *x = (struct http_exchange){.request.arena = arena, .request.exchange = x, .kept = kept};
    return x;
}

static void free_exchange(struct http_exchange *x)
{
    buf_free(&x->request.response.body);
    request_forget_body(x);
    if (httpd.n_unused >= UNUSED_MAX) {
        response_kept_free(x->kept);
        arena_free(&x->request.arena);
        free(x);
        return;
    }
    if (x->request.arena.used > ARENA_KEPT)
        arena_free(&x->request.arena);
    else
        arena_clear(&x->request.arena);
    x->next = httpd.unused;
    httpd.unused = x;
    httpd.n_unused++;
}

/* The first that we hear of a request. The target is kept as sent: the library cuts it at %00. */
static void *begin(void *unused, const char *target, struct MHD_Connection *connection)
{
    (void)unused;
    struct http_exchange *x = new_exchange();
    x->connection = connection;
    x->began_us = monotonic_us();
    x->target = arena_strdup(&x->request.arena, target);
    make_id(x->request.id);
    return x;
}

/* The last, once the answer is sent or the connection is gone. Not while it is suspended. */
static void complete(void *unused, struct MHD_Connection *connection, void **context,
                     enum MHD_RequestTerminationCode why)
{
    struct http_exchange *x = *context;
    (void)unused, (void)connection, (void)why;
    if (x == NULL)
        return;
    *context = NULL;
    if (x->counted)
        atomic_fetch_sub(&httpd.in_flight, 1);
    free_exchange(x);
}

/* --- answering ---------------------------------------------------------------------------- */

static void log_access(const struct http_exchange *x, const char *pattern, int status)
{
    log_set_request(x->request.id);
    log_info("%s %s %d %lld ms", x->is_head ? "HEAD" : x->request.method, pattern, status,
             (long long)((monotonic_us() - x->began_us) / 1000));
}

/* Makes the I/O thread look up from its wait, or not begin one. */
static void wake(void)
{
    uint64_t one = 1;
    if (!atomic_exchange(&httpd.woken, true) && write(httpd.wake_fd, &one, sizeof(one)) < 0)
        log_bug("the I/O thread cannot be woken");
}

/* Queues a response and lets the connection go on. Afterwards x may be gone. */
static enum MHD_Result send_response(struct http_exchange *x, const char *pattern, int status,
                                     struct MHD_Response *m)
{
    struct MHD_Connection *connection = x->connection;
    bool suspended = x->suspended;
    log_access(x, pattern, status);
    enum MHD_Result queued = MHD_queue_response(connection, (unsigned)status, m);
    if (suspended) {
        if (queued != MHD_YES)
            log_bug("the response was not taken");
        MHD_resume_connection(connection);
        wake();
    }
    log_set_request("");
    return queued;
}

static const char *pattern_of(const struct http_exchange *x)
{
    return x->request.route != NULL ? x->request.route->pattern : "-";
}

static enum MHD_Result send_own(struct http_exchange *x)
{
    int status = x->request.response.status;
    bool draining = atomic_load(&httpd.draining);
    struct MHD_Response *m = draining ? NULL : response_redirect_kept(&x->request, &x->kept);
    if (m != NULL)
        return send_response(x, pattern_of(x), status, m);
    m = response_build(&x->request);
    if (draining)
        MHD_add_response_header(m, MHD_HTTP_HEADER_CONNECTION, "close");
    enum MHD_Result result = send_response(x, pattern_of(x), status, m);
    MHD_destroy_response(m);
    return result;
}

/* Releases the entry. */
static enum MHD_Result send_entry(struct http_exchange *x, struct cache_entry *entry)
{
    int status;
    bool has_it =
        x->request.if_none_match[0] != '\0' && etag_matches(x->request.if_none_match, entry->etag);
    struct MHD_Response *m = response_shared(entry->content, has_it, &status);
    enum MHD_Result result = send_response(x, entry->pattern, status, m);
    cache_release(entry);
    return result;
}

/* A page alike for all: made into a response that others may be sent too. */
static enum MHD_Result send_shared(struct http_exchange *x)
{
    struct request *r = &x->request;
    char etag[40];
    size_t bytes = r->response.body.len + 4096;
    struct sendable *s = response_build_shared(r, etag);
    return send_entry(x, cache_keep(cache_key(r), r->route->pattern, etag, s, bytes, x->generation,
                                    monotonic_us() / 1000, x->until_ms));
}

static bool may_send_kept(const struct http_exchange *x)
{
    return may_be_kept(&x->request) && !atomic_load(&httpd.draining);
}

static enum MHD_Result answer(struct http_exchange *x)
{
    struct request *r = &x->request;
    if (r->response.status == 0)
        response_error(r, MHD_HTTP_INTERNAL_SERVER_ERROR);
    if (r->route != NULL && r->route->cached && r->response.status == MHD_HTTP_OK &&
        r->response.n_cookies == 0 && !atomic_load(&httpd.draining))
        return send_shared(x);
    /* Who was to make a page anew and could not gets the one that there is. */
    struct cache_entry *entry = NULL;
    if (r->route != NULL && r->response.status >= 500 && may_send_kept(x))
        entry = cache_find_since(cache_key(r), monotonic_us() / 1000, 0);
    return entry != NULL ? send_entry(x, entry) : send_own(x);
}

void httpd_answer(struct request *r)
{
    answer(r->exchange);
}

static enum MHD_Result refuse(struct http_exchange *x, int status)
{
    response_error(&x->request, status);
    return answer(x);
}

/* --- what needs no worker ------------------------------------------------------------------ */

static enum MHD_Result send_asset(struct http_exchange *x)
{
    const char *hash = x->request.path + strlen("/assets/");
    for (size_t i = 0; i < assets_count && strlen(hash) > ASSET_HASH_LEN; i++)
        if (strncmp(hash, assets[i].hash, ASSET_HASH_LEN) == 0 && hash[ASSET_HASH_LEN] == '/' &&
            strcmp(hash + ASSET_HASH_LEN + 1, assets[i].path) == 0)
            return send_response(x, "/assets", MHD_HTTP_OK, httpd.assets[i]);
    return refuse(x, MHD_HTTP_NOT_FOUND);
}

static enum MHD_Result send_without_route(struct http_exchange *x)
{
    struct request *r = &x->request;
    bool asset = strncmp(r->path, "/assets/", 8) == 0, live = strcmp(r->path, "/live") == 0;
    if ((asset || live) && strcmp(r->method, "GET") != 0) {
        r->response.allow = "GET, HEAD";
        return refuse(x, MHD_HTTP_METHOD_NOT_ALLOWED);
    }
    if (asset)
        return send_asset(x);
    if (!live)
        return refuse(x, MHD_HTTP_NOT_FOUND);
    response_text(r, MHD_HTTP_OK, "live\n");
    return send_own(x);
}

/* Before it is given away: who has it may answer at once. */
static void suspend(struct http_exchange *x)
{
    x->suspended = true;
    MHD_suspend_connection(x->connection);
}

bool httpd_answer_kept(struct http_exchange *x)
{
    if (!may_send_kept(x))
        return false;
    struct cache_entry *entry =
        cache_find_since(cache_key(&x->request), monotonic_us() / 1000, x->began_us / 1000);
    if (entry != NULL)
        send_entry(x, entry);
    return entry != NULL;
}

static enum MHD_Result put_into_lane(struct http_exchange *x)
{
    enum lane lane = x->request.route->lane;
    if (!lanes_reserve(lane))
        return refuse(x, MHD_HTTP_SERVICE_UNAVAILABLE);
    if (!x->suspended)
        suspend(x);
    lanes_put(lane, x);
    return MHD_YES;
}

/* A ballot goes straight into the box when all that it needs is known here: waking a worker costs
 * more than reading it. */
static enum MHD_Result hand_over(struct http_exchange *x)
{
    const struct route *route = x->request.route;
    if (route->lane != LANE_BALLOTS || (route->who & WHO_VOTER) == 0)
        return put_into_lane(x);
    suspend(x);
    switch (serve(x, NULL)) {
    case HANDLED:
        return answer(x);
    case HANDED_OVER:
        return MHD_YES;
    case NEEDS_DATABASE:
        return put_into_lane(x);
    }
    return MHD_NO;
}

static enum MHD_Result dispatch(struct http_exchange *x)
{
    x->counted = true;
    atomic_fetch_add(&httpd.in_flight, 1);
    if (x->refusal != 0)
        return refuse(x, x->refusal);
    const struct route *route = x->request.route;
    if (route == NULL)
        return send_without_route(x);
    if (x->is_preflight) {
        response_preflight(&x->request);
        return send_own(x);
    }
    if (may_send_kept(x)) {
        struct cache_entry *entry = cache_find(cache_key(&x->request), x->began_us / 1000);
        if (entry != NULL)
            return send_entry(x, entry);
    }
    request_read_end(x);
    return x->refusal != 0 ? refuse(x, x->refusal) : hand_over(x);
}

/* Called at least twice a request: for its head, for pieces of its body, and at its end. An answer
 * in the first call closes the connection, so only what cannot be trusted gets one there. */
static enum MHD_Result handle(void *unused, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *piece,
                              size_t *piece_len, void **context)
{
    struct http_exchange *x = *context;
    (void)unused, (void)connection, (void)url, (void)version;
    if (!x->head_read) {
        x->head_read = true;
        return request_read_head(x, method) ? MHD_YES : refuse(x, x->refusal);
    }
    if (*piece_len > 0) {
        bool go_on = request_read_body(x, piece, *piece_len);
        *piece_len = 0;
        return go_on ? MHD_YES : MHD_NO;
    }
    return dispatch(x);
}

/* --- the I/O thread ------------------------------------------------------------------------- */

static void wait_for_events(void)
{
    MHD_UNSIGNED_LONG_LONG ms;
    uint64_t count;
    struct pollfd fds[2] = {{.fd = httpd.epoll_fd, .events = POLLIN},
                            {.fd = httpd.wake_fd, .events = POLLIN}};
    int wait = WAIT_MS;
    if (MHD_get_timeout(httpd.daemon, &ms) == MHD_YES && ms < WAIT_MS)
        wait = (int)ms;
    if (wait > 0 && poll(fds, 2, wait) > 0 && fds[1].revents != 0 &&
        read(httpd.wake_fd, &count, sizeof(count)) < 0)
        log_bug("the I/O thread cannot read its wake-up");
    atomic_store(&httpd.woken, false);
}

static void quiesce(void)
{
    int fd = MHD_quiesce_daemon(httpd.daemon);
    if (fd >= 0)
        close(fd);
    atomic_store(&httpd.quiesced, true);
}

/* Our own loop around the library, which never waits by itself. In its internal loop 0.9.75 waits
 * again, for as long as nothing else happens, after an epoll_wait that returned exactly its 128
 * events: with as many clients that wait for their answers that is for ever (daemon.c, MHD_epoll;
 * seen as a standstill of 256 voters). Its MHD_resume_connection is noticed in the turn that
 * begins next, and may wake the turn that runs: hence wake_fd, which is read before a turn. */
static void *run(void *unused)
{
    (void)unused;
    while (!atomic_load(&httpd.stopping)) {
        wait_for_events();
        if (atomic_load(&httpd.quiesce) && !atomic_load(&httpd.quiesced))
            quiesce();
        if (MHD_run(httpd.daemon) != MHD_YES)
            log_bug("the HTTP library does not run");
        lanes_flush();
    }
    return NULL;
}

/* --- start and stop ------------------------------------------------------------------------ */

/* The library's own words, which may quote a request: for debugging only. */
static void __attribute__((format(printf, 2, 0)))
library_says(void *unused, const char *format, va_list args)
{
    char text[300];
    (void)unused;
    if (vsnprintf(text, sizeof(text), format, args) > 0)
        log_debug("http library: %s", text);
}

static void __attribute__((noreturn))
library_panics(void *unused, const char *file, unsigned line, const char *reason)
{
    (void)unused;
    log_bug("http library: %s:%u: %s", file, line, reason != NULL ? reason : "panic");
    abort();
}

static void build_assets(void)
{
    httpd.assets = wm_alloc((assets_count + 1) * sizeof(struct MHD_Response *));
    for (size_t i = 0; i < assets_count; i++)
        httpd.assets[i] = response_build_static(assets[i].type, assets[i].data, assets[i].len);
}

static bool start_thread(void)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(httpd.daemon, MHD_DAEMON_INFO_EPOLL_FD);
    httpd.wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (info == NULL || httpd.wake_fd < 0)
        return false;
    httpd.epoll_fd = info->epoll_fd;
    return pthread_create(&httpd.thread, NULL, run, NULL) == 0;
}

bool httpd_start(struct buf *error)
{
    char name[128];
    int fd = listen_open(settings.listen, error);
    if (fd < 0)
        return false;
    secret_random(&httpd.id_seed, sizeof(httpd.id_seed));
    build_assets();
    listen_name(fd, settings.listen, name);
    MHD_set_panic_func(library_panics, NULL);
    httpd.daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL, handle, NULL,
        MHD_OPTION_EXTERNAL_LOGGER, library_says, NULL, MHD_OPTION_LISTEN_SOCKET, fd,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)settings.connections, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)TIMEOUT_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
        MHD_OPTION_URI_LOG_CALLBACK, begin, NULL, MHD_OPTION_NOTIFY_COMPLETED, complete, NULL,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_END);
    if (httpd.daemon == NULL) {
        buf_str_add(error, "the HTTP library does not start");
        close(fd);
        return false;
    }
    if (!start_thread()) {
        buf_str_add(error, "the I/O thread does not start");
        return false;
    }
    log_info("listening on %s", name);
    return true;
}

static void wait_until_sent(int64_t deadline_us)
{
    while (atomic_load(&httpd.in_flight) > 0 && monotonic_us() < deadline_us)
        usleep(5000);
}

void httpd_quiesce(int64_t deadline_us)
{
    atomic_store(&httpd.draining, true);
    atomic_store(&httpd.quiesce, true);
    wake();
    while (!atomic_load(&httpd.quiesced) && monotonic_us() < deadline_us)
        usleep(1000);
    listen_forget(settings.listen);
    wait_until_sent(deadline_us);
}

void httpd_stop(void)
{
    wait_until_sent(monotonic_us() + SENDING_SECONDS * 1000000);
    atomic_store(&httpd.stopping, true);
    wake();
    pthread_join(httpd.thread, NULL);
    MHD_stop_daemon(httpd.daemon);
    close(httpd.wake_fd);
    for (size_t i = 0; i < assets_count; i++)
        MHD_destroy_response(httpd.assets[i]);
    free(httpd.assets);
    while (httpd.unused != NULL) {
        struct http_exchange *x = httpd.unused;
        httpd.unused = x->next;
        response_kept_free(x->kept);
        arena_free(&x->request.arena);
        free(x);
    }
}
