/* http.h: calls to providers, several at a time; the only door to libcurl.
 *
 * Each call has a connection of its own (a reused one could make libcurl send a request twice
 * unasked), 10 s to connect and 30 s in all, follows no redirect, obeys no proxy and reads at most
 * 64 KiB of answer. A `struct http` belongs to one thread; http_wake alone is for others. */
#ifndef WM_SMS_HTTP_H
#define WM_SMS_HTTP_H

#include "common/buf.h"

enum { HTTP_URL_MAX = 8192, HTTP_ANSWER_MAX = 65536, HTTP_TIMEOUT_S = 30 };

struct http_request {
    bool post;      /* with `body`, which is JSON; else GET */
    struct buf url; /* of HTTP_URL_MAX */
    struct buf body;
    const char *bearer; /* for Authorization; NULL: none. Copied by http_start */
};

enum http_result {
    HTTP_ANSWERED, /* status and body are whole */
    HTTP_NOT_SENT, /* not one byte of the request left: it surely did nothing */
    HTTP_CUT       /* it was sent, or may have been, and no whole answer came */
};

struct http_answer {
    void *owner;
    enum http_result result;
    int status;        /* also of an answer that was cut in its body; 0 when none came */
    int retry_after;   /* seconds; 0 when not said */
    struct buf body;   /* freed by the taker */
    const char *error; /* a constant of libcurl's; "" when answered */
};

struct http;

/* Room for `max` calls at once. */
struct http *http_new(unsigned max);
/* Abandons the calls that run. */
void http_free(struct http *h);
unsigned http_free_slots(const struct http *h);
/* Starts a call; `owner` comes back with its answer. There must be a free slot. */
void http_start(struct http *h, const struct http_request *request, void *owner);
/* Moves calls on. True when `timeout_ms` passed or http_wake was called: time to look for work;
 * false when something moved: a call may have ended. */
bool http_wait(struct http *h, int timeout_ms);
/* One ended call; false when there is none. */
bool http_take(struct http *h, struct http_answer *out);
void http_wake(struct http *h);

void http_request_free(struct http_request *request);
/* Appends `value` percent-encoded (RFC 3986 unreserved characters stay). */
void http_encode(struct buf *url, const char *value);
/* A base that may be called: https, or http to this machine itself; no user, query or fragment. */
bool http_base_allowed(const char *url);

#endif
