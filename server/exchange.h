/* exchange.h: httpd's side of a request: the connection it came on, and what was read so far.
 * For httpd.c, request.c, response.c, serve.c and lanes.c only; handlers see struct request. */
#ifndef WM_EXCHANGE_H
#define WM_EXCHANGE_H

#include "server/cache.h"
#include "server/routes.h"

struct MHD_Connection;
struct MHD_Response;
struct kept_redirect;

struct http_exchange {
    struct request request;
    struct MHD_Connection *connection;
    struct http_exchange *next; /* in the list of unused ones, or in a lane */
    const char *target;         /* as the client sent it, in the arena */
    int64_t began_us;           /* CLOCK_MONOTONIC */
    int refusal;                /* status to answer instead of serving; 0: none */
    bool head_read;
    bool is_head;               /* HEAD, served as GET */
    bool is_preflight;          /* OPTIONS of a path that other sites may read */
    bool suspended;             /* the connection is; only httpd.c touches it */
    bool counted;               /* among those that a clean stop waits for */
    const char *type;           /* Content-Type header, or "" */
    struct kept_redirect *kept; /* what was sent last by this struct, for another to use */
    char *body;                 /* malloc'd as it comes */
    size_t body_len, body_cap, body_max, body_ignored;
    bool big;            /* holds one of the few places for bodies with a file */
    uint64_t generation; /* of content, before a cached page's first query; 0: do not keep */
    int64_t until_ms;    /* the next opening or closing of a round, on CLOCK_MONOTONIC */
};

int64_t monotonic_us(void);

/* Whether the answer is one of the cache, which knows paths and no queries. */
static inline bool may_be_kept(const struct request *r)
{
    return r->route->cached && (r->route->fields == NULL || r->query[0] == '\0');
}

/* What the cache calls the answer by: its path; behind it the order in which the route's lists
 * stand for this reader, where it has such lists; and the language when it is not English, but for
 * open data, whose bytes are the same in every language. */
static inline const char *cache_key(struct request *r)
{
    const char *key = r->route->cached == CACHED_BY_ORDER
                          ? arena_fmt(&r->arena, "%s#%d", r->path, request_order(r))
                          : r->path;
    return r->language == LANGUAGE_EN || r->route->who == WHO_ANY_SITE
               ? key
               : arena_fmt(&r->arena, "%s\n%s", key, language_tag(r->language));
}

/* --- request.c ---------------------------------------------------------------------------- */
/* Reads method, target and headers; sets `refusal` when something is wrong. Returns false when the
 * answer must be given at once and the connection closed, since where the next request begins
 * cannot be trusted (or its body is too big). */
bool request_read_head(struct http_exchange *x, const char *method);
/* Keeps a piece of the body; beyond the limit only the refusal (413) is kept. False: so much was
 * sent in spite of it that the connection should be cut. */
bool request_read_body(struct http_exchange *x, const char *bytes, size_t len);
/* Frees the body. */
void request_forget_body(struct http_exchange *x);
/* The whole was received: reads form or query by the route's rules. */
void request_read_end(struct http_exchange *x);

/* --- response.c --------------------------------------------------------------------------- */
/* What the request's handler set, as the library wants it; takes the body. Any thread. */
struct MHD_Response *response_build(struct request *r);
/* The same for a redirect with a body, which stays *kept until response_kept_free or a redirect of
 * another kind; NULL when it is none. What was kept must have been sent. */
struct MHD_Response *response_redirect_kept(struct request *r, struct kept_redirect **kept);
void response_kept_free(struct kept_redirect *kept);
/* A page for the cache: its bytes, a 304 for who has them, and their entity tag. */
struct sendable;
struct sendable *response_build_shared(struct request *r, char etag[40]);
void response_shared_free(void *sendable);
/* The response to queue and its status, by what the client has. */
struct MHD_Response *response_shared(const struct sendable *s, bool has_it, int *status);
/* A file that never changes its bytes: kept by browsers for a year. `data` must outlive it. */
struct MHD_Response *response_build_static(const char *type, const void *data, size_t len);

/* --- serve.c ------------------------------------------------------------------------------ */
/* In a worker: guards, then the handler. HANDED_OVER: the request is somebody else's now. */
enum handled serve(struct http_exchange *x, struct db *db);

/* --- httpd.c ------------------------------------------------------------------------------ */
/* Sends what r->response holds (500 when nothing) and forgets the request. Any thread. */
void httpd_answer(struct request *r);
/* In a worker: answers with a page that was made for others while the request waited, and forgets
 * it. False: there is none. */
bool httpd_answer_kept(struct http_exchange *x);

#endif
